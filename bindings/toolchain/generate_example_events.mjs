import { writeFileSync } from "node:fs";
import { inRoot } from "./project.mjs";

// Writes docs/examples/events.ndjson: half a year of an invented shop, the same on every run.

const target = inRoot("docs", "examples", "events.ndjson");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const end = Date.UTC(2026, 10, 23);

let state = 20261123;

/** Mulberry32: small, seeded, and the same everywhere. */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/**
 * A whole number from the first to the last.
 * @param {number} first
 * @param {number} last
 */
function between(first, last) {
  return first + Math.floor(random() * (last - first + 1));
}

/**
 * @template Item
 * @param {readonly Item[]} items
 */
function pick(items) {
  return /** @type {Item} */ (items[between(0, items.length - 1)]);
}

const products = [
  { sku: "SH-101", name: "Trail Runner", category: "Shoes", price: 119.9 },
  { sku: "SH-102", name: "City Sneaker", category: "Shoes", price: 79.5 },
  { sku: "SH-103", name: "House Slipper", category: "Shoes", price: 24.9 },
  { sku: "JA-201", name: "Rain Jacket", category: "Jackets", price: 149 },
  { sku: "JA-202", name: "Down Vest", category: "Jackets", price: 189 },
  { sku: "SO-301", name: "Wool Socks", category: "Socks", price: 12.5 },
  { sku: "SO-302", name: "Sports Socks", category: "Socks", price: 9.9 },
  { sku: "BA-401", name: "Daypack", category: "Bags", price: 64 },
  { sku: "BA-402", name: "Travel Bag", category: "Bags", price: 99 },
  { sku: "AC-501", name: "Water Bottle", category: "Accessories", price: 18 },
  { sku: "AC-502", name: "Headlamp", category: "Accessories", price: 39.9 },
  { sku: "AC-503", name: "Cap", category: "Accessories", price: 22 },
];
const cheap = products.filter(({ price }) => price < 30);
const dear = products.filter(({ price }) => price > 90);

const places = [
  { country: "DE", city: "Berlin", timezone: "Europe/Berlin" },
  { country: "DE", city: "Munich", timezone: "Europe/Berlin" },
  { country: "FR", city: "Lyon", timezone: "Europe/Paris" },
  { country: "GB", city: "Leeds", timezone: "Europe/London" },
  { country: "US", city: "Austin", timezone: "America/Chicago" },
  { country: "JP", city: "Osaka", timezone: "Asia/Tokyo" },
];

/**
 * How a kind of customer behaves: orders as days before the end.
 * @type {Array<{ names: string[], orders: () => number[], basket: readonly (typeof products)[number][], pieces: [number, number], visits: [number, number], lastVisit: number }>}
 */
const kinds = [
  {
    names: ["amara", "bruno", "chiara", "dmitri", "elif"],
    orders: () => [between(2, 20), between(30, 60), between(70, 110), between(120, 160)],
    basket: dear,
    pieces: [1, 2],
    visits: [6, 10],
    lastVisit: 2,
  },
  {
    names: ["farah", "gustav", "hana", "ivan", "jette", "kofi"],
    orders: () => [3, 20, 38, 55, 80, 110, 140].map((days) => days + between(0, 9)),
    basket: cheap,
    pieces: [1, 2],
    visits: [14, 22],
    lastVisit: 1,
  },
  {
    names: ["lena", "mateo", "nadia", "oskar", "priya"],
    orders: () => [between(5, 60)],
    basket: dear,
    pieces: [1, 2],
    visits: [3, 6],
    lastVisit: 4,
  },
  {
    names: ["quentin", "rosa", "sven", "tomoko", "ulla", "viktor"],
    orders: () => [between(3, 40), between(45, 85), between(90, 150)],
    basket: products.filter(({ price }) => price > 20 && price < 100),
    pieces: [1, 2],
    visits: [4, 7],
    lastVisit: 3,
  },
  {
    names: ["wanda", "xavier", "yusuf", "zoe", "anton", "bela"],
    orders: () => [between(10, 80)],
    basket: cheap,
    pieces: [1, 2],
    visits: [2, 4],
    lastVisit: 8,
  },
  {
    names: ["carla", "dan", "esra", "felix", "greta", "hugo", "ines"],
    orders: () => [],
    basket: products,
    pieces: [1, 3],
    visits: [4, 9],
    lastVisit: 0,
  },
  {
    names: ["jonas", "kaya", "liam", "mira", "noah"],
    orders: () => [100, 115, 130, 150, 170].map((days) => days + between(0, 9)),
    basket: dear,
    pieces: [1, 1],
    visits: [0, 1],
    lastVisit: 60,
  },
  {
    names: ["olga", "paul", "rita", "simon", "tara", "uwe", "vera", "will"],
    orders: () => (random() < 0.3 ? [between(120, 180)] : []),
    basket: cheap,
    pieces: [1, 1],
    visits: [0, 1],
    lastVisit: 30,
  },
];

/** @type {Array<{ time: number, message: Record<string, unknown> }>} */
const log = [];

/**
 * @param {number} time
 * @param {Record<string, unknown>} message
 */
function write(time, message) {
  if (time < end) log.push({ time, message });
}

/**
 * @param {string} userId
 * @param {number} time
 * @param {string} event
 * @param {Record<string, unknown>} properties
 */
function track(userId, time, event, properties) {
  write(time, { type: "track", userId, event, properties });
}

/**
 * A time of day in the middle of the day or the evening.
 * @param {number} daysBefore
 */
function moment(daysBefore) {
  return end - daysBefore * day + between(8, 22) * hour + between(0, 59) * minute;
}

/**
 * @param {number} total
 */
function money(total) {
  return Math.round(total * 100) / 100;
}

/**
 * From the home page to the order, or as far as `stops` says.
 * @param {string} userId
 * @param {number} start
 * @param {(typeof products)} seen
 * @param {"looking" | "cart" | "checkout" | "order"} stops
 */
function visit(userId, start, seen, stops) {
  let time = start;
  /** @param {number} minutes */
  const later = (minutes) => {
    time += minutes * minute;
    return time;
  };
  write(time, { type: "page", userId, name: "Home", properties: { path: "/" } });
  for (const product of seen) track(userId, later(between(1, 4)), "Product Viewed", product);
  if (stops === "looking") return;
  const bought = seen.map((product) => ({ ...product, quantity: random() < 0.25 ? 2 : 1 }));
  for (const product of bought) track(userId, later(1), "Product Added", product);
  if (stops === "cart") return;
  const total = money(bought.reduce((sum, { price, quantity }) => sum + price * quantity, 0));
  const order = { order_id: `O-${userId}-${Math.floor(start / day)}`, total, currency: "EUR" };
  track(userId, later(2), "Checkout Started", { ...order, products: bought });
  if (stops === "checkout") return;
  const coupon = random() < 0.25 ? { coupon: "AUTUMN10" } : {};
  track(userId, later(3), "Order Completed", { ...order, ...coupon, products: bought });
  if (random() < 0.06) track(userId, time + 6 * day, "Order Refunded", order);
}

/**
 * @param {string} userId
 * @param {number} daysBefore
 * @param {boolean} isKeen
 */
function campaign(userId, daysBefore, isKeen) {
  const time = moment(daysBefore);
  const properties = { campaign: `news-${daysBefore}` };
  track(userId, time, "Email Delivered", properties);
  if (random() > (isKeen ? 0.9 : 0.3)) return;
  track(userId, time + between(5, 300) * minute, "Email Opened", properties);
  if (random() > (isKeen ? 0.6 : 0.2)) return;
  track(userId, time + between(301, 400) * minute, "Email Clicked", properties);
}

let number = 0;
for (const [index, { names, orders, basket, pieces, visits, lastVisit }] of kinds.entries()) {
  for (const name of names) {
    number += 1;
    const place = pick(places);
    const since = end - between(185, 330) * day;
    const createdAt = new Date(index === 7 ? end - between(20, 90) * day : since).toISOString();
    const { country, city, timezone } = place;
    const birthday = `${between(1960, 2004)}-${String(between(1, 12)).padStart(2, "0")}-${String(between(1, 28)).padStart(2, "0")}`;
    const traits = { createdAt, birthday, timezone, address: { country, city } };
    const known = Date.parse(createdAt) + minute;
    write(known, { type: "identify", userId: name, traits });
    write(known + minute, {
      ...{ type: "channel", userId: name, channel: "email", reachable: random() < 0.8 },
    });
    if (index < 2 && random() < 0.5) {
      write(end - between(10, 100) * day, {
        ...{ type: "list", userId: name, list: "vip-2026", action: "add" },
      });
    }
    for (const days of orders()) {
      const seen = Array.from({ length: between(...pieces) }, () => pick(basket));
      visit(name, moment(days), seen, "order");
    }
    for (let count = between(...visits); count > 0; count -= 1) {
      const seen = Array.from({ length: between(1, 3) }, () => pick(products));
      const stops = pick(
        /** @type {const} */ (["looking", "looking", "looking", "cart", "checkout"]),
      );
      visit(name, moment(lastVisit + between(1, 40)), seen, stops);
    }
    for (const days of [75, 47, 19, 5]) campaign(name, days, index < 3);
    // Some were here before they said who they are.
    if (number % 8 === 0) {
      const anonymousId = `anonymous-${number}`;
      const first = known - 2 * day;
      const { sku, price } = pick(products);
      const properties = { sku, price };
      write(first, { type: "track", anonymousId, event: "Product Viewed", properties });
      write(known, { type: "alias", previousId: anonymousId, userId: name });
    }
  }
}

// Three more, for stories that chance does not tell.
const sneaker = products[1] ?? pick(products);
const jacket = products[3] ?? pick(products);
for (const [name, days] of /** @type {const} */ ([
  ["yara", 250],
  ["zoran", 40],
  ["abel", 10],
])) {
  number += 1;
  const createdAt = new Date(end - days * day).toISOString();
  write(end - days * day, { type: "identify", userId: name, traits: { createdAt } });
}
visit("yara", moment(240), [sneaker], "order");
visit("yara", moment(12), [jacket], "order");
visit("zoran", end - 6 * hour, [jacket, sneaker], "checkout");
track("abel", end - 3 * hour, "Product Viewed", jacket);

log.sort((left, right) => left.time - right.time);
const lines = log.map(({ time, message }, index) => {
  const { type, ...rest } = message;
  const messageId = `m${String(index + 1).padStart(4, "0")}`;
  return JSON.stringify({ type, messageId, timestamp: new Date(time).toISOString(), ...rest });
});
// As in life: one message comes twice, and one comes late.
lines.splice(400, 0, lines[395] ?? "");
lines.push(...lines.splice(900, 1));
writeFileSync(target, `${lines.join("\n")}\n`);
console.log(`${lines.length} messages of ${number} contacts in ${target}`);
