import type { Random } from "./random.ts";
import type { EventKind, NumberField, TextField, Trade } from "./trade.ts";

const genres = ["Drama", "Comedy", "Crime", "Nature", "Children", "News", "Science Fiction"];
const devices = ["tv", "phone", "tablet", "browser"];
const screens = ["Home", "Search", "Detail", "Watchlist", "Account"];
const plans = ["basic", "standard", "premium"];

const position: NumberField = { property: "position", low: 0, high: 7200 };
const length: NumberField = { property: "total_length", low: 300, high: 7200 };
const amount: NumberField = { property: "amount", low: 5, high: 30 };
const genre: TextField = { property: "genre", values: genres };
const device: TextField = { property: "device", values: devices };
const plan: TextField = { property: "plan", values: plans };

function playback(random: Random) {
  return {
    session_id: random.hexadecimal(12),
    content_asset_id: `A${random.integer(1, 400)}`,
    genre: random.pick(genres),
    device: random.pick(devices),
    position: random.integer(position.low, position.high),
    total_length: random.integer(length.low, length.high),
  };
}

function video(name: string, weight: number): EventKind {
  return {
    type: "track",
    name,
    weight,
    properties: playback,
    numbers: [position, length],
    texts: [genre, device],
  };
}

function subscription(name: string, weight: number): EventKind {
  return {
    type: "track",
    name,
    weight,
    properties: (random) => ({
      plan: random.pick(plans),
      amount: random.amount(amount.low, amount.high),
      currency: "EUR",
      period: random.pick(["month", "year"]),
      add_ons: Array.from({ length: random.integer(0, 2) }, () => ({
        kind: random.pick(["sport", "4k", "offline"]),
        price: random.amount(1, 9),
      })),
    }),
    numbers: [amount],
    texts: [plan],
    items: {
      property: "add_ons",
      numbers: [{ property: "price", low: 1, high: 9 }],
      texts: [{ property: "kind", values: ["sport", "4k", "offline"] }],
    },
  };
}

/** A video service: fewer names, far more events of one kind, hardly any money. */
export const streaming: Trade = {
  name: "streaming",
  events: [
    video("Video Playback Started", 20),
    video("Video Content Playing", 45),
    video("Video Playback Paused", 12),
    video("Video Playback Completed", 8),
    {
      type: "screen",
      name: "screen",
      weight: 20,
      properties: (random) => ({
        section: random.pick(screens),
        device: random.pick(devices),
        version: `4.${random.integer(0, 9)}.0`,
        row: random.integer(1, 30),
        dark: random.chance(0.5),
      }),
      numbers: [{ property: "row", low: 1, high: 30 }],
      texts: [{ property: "section", values: screens }, device],
    },
    subscription("Trial Started", 1),
    subscription("Subscription Renewed", 2),
  ],
  funnel: [
    "Video Playback Started",
    "Video Content Playing",
    "Video Playback Completed",
    "Subscription Renewed",
  ],
  traits: (random) => ({
    household: random.integer(1, 5),
    age_group: random.pick(["18-29", "30-49", "50+"]),
    consent: { marketing: random.pick(["yes", "no"]) },
  }),
  timezones: ["Europe/London", "Australia/Sydney"],
  attributes: [
    { property: "age_group", values: ["18-29", "30-49", "50+"] },
    { property: "consent.marketing", values: ["yes", "no"] },
  ],
  channels: ["push", "email"],
  lists: ["preview", "kids"],
};
