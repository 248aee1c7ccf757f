import type { Engine, Message } from "../../../bindings/javascript/entries/index.ts";
import { Samples } from "../timing.ts";
import type { Trade } from "../workload/trade.ts";
import { type Habit, linesOf, type TimedMessage } from "../workload/visitor.ts";
import { filledContact } from "./filled_contact.ts";

export const messagesPerContact = 100;

export interface Crowd {
  readonly engine: Engine;
  readonly trade: Trade;
  readonly habit: Habit;
  readonly contacts: number;
}

export interface MessageCost {
  readonly single: Samples;
  readonly deltas: number;
}

/** Contacts that only make the code warm. Their seeds are no others' seeds. */
const firstWarmSeed = 900_000;

function* freshContacts({ engine, trade, habit, contacts }: Crowd, firstSeed: number) {
  const warm = Math.max(10, Math.round(contacts / 10));
  for (let index = -warm; index < contacts; index += 1) {
    const seed = index < 0 ? firstWarmSeed - index : firstSeed + index;
    const filled = filledContact(engine, trade, seed, habit, messagesPerContact);
    yield { ...filled, isWarm: index >= 0 };
    filled.contact.dispose();
  }
}

function withContext(message: Message): Message {
  return {
    ...message,
    context: {
      library: { name: "analytics.js", version: "2.11.1" },
      page: {
        path: "/",
        referrer: "",
        search: "?utm_source=news",
        title: "Shop",
        url: "https://shop.example/",
      },
      userAgent:
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36",
      locale: "en-GB",
      timezone: "Europe/London",
      campaign: { name: "autumn", source: "news", medium: "email" },
    },
    integrations: { All: true },
    originalTimestamp: message.timestamp,
    sentAt: message.timestamp,
  };
}

/** Each message timed on its own: one object in, its deltas out, the clock moved to its time. */
export function singleMessages(crowd: Crowd, hasContext = false): MessageCost {
  const single = new Samples();
  let deltas = 0;
  for (const { contact, fresh, isWarm } of freshContacts(crowd, 1)) {
    const messages = hasContext
      ? fresh.map((timed) => ({ ...timed, message: withContext(timed.message) }))
      : fresh;
    for (const { message, time } of messages) {
      const options = { now: time };
      const from = performance.now();
      const result = contact.apply(message, options);
      const to = performance.now();
      if (!isWarm) continue;
      single.add(from, to);
      deltas += result.deltas.length;
    }
  }
  return { single, deltas };
}

/** The same without a clock around each message: the mean of a hundred, for each hundred. */
export function messagesInARow(crowd: Crowd): Samples {
  const samples = new Samples();
  for (const { contact, fresh, isWarm } of freshContacts(crowd, 200_000)) {
    const from = performance.now();
    for (const { message, time } of fresh) contact.apply(message, { now: time });
    const to = performance.now();
    if (isWarm) samples.add(from, to, fresh.length);
  }
  return samples;
}

/** A hundred lines at once, the clock at the last; a message's part of each batch. */
export function lineBatches(
  crowd: Crowd,
  prepare: (lines: string) => string | Uint8Array,
): Samples {
  const samples = new Samples();
  for (const { contact, fresh, isWarm } of freshContacts(crowd, 400_000)) {
    const lines = prepare(linesOf(fresh));
    const now = lastTime(fresh);
    const from = performance.now();
    contact.apply(lines, { now });
    const to = performance.now();
    if (isWarm) samples.add(from, to, fresh.length);
  }
  return samples;
}

function lastTime(messages: readonly TimedMessage[]): number {
  return messages.at(-1)?.time ?? 0;
}
