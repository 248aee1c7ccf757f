import { Random } from "../../workload/random.ts";
import { kind } from "./kinds.ts";

/** What the shop sells and who buys there: the texts of the base, which its columns name by number. */

export interface Product {
  readonly sku: string;
  readonly category: string;
  /** Of the currency, so that prices can be summed up exactly. */
  readonly cents: number;
}

interface Range {
  readonly category: string;
  readonly low: number;
  readonly high: number;
}

const ranges: readonly Range[] = [
  { category: "shoes", low: 29, high: 189 },
  { category: "shirts", low: 12, high: 59 },
  { category: "jackets", low: 59, high: 249 },
  { category: "bags", low: 25, high: 199 },
  { category: "jewellery", low: 9, high: 149 },
  { category: "sport", low: 7, high: 119 },
  { category: "home", low: 4, high: 89 },
  { category: "gifts", low: 3, high: 39 },
];

/** Prices as shops write them; some end at .00, so that limits of rules are met exactly. */
const endings = [99, 99, 99, 95, 95, 49, 0, 0];

function productsOf(howMany: number, seed: number): Product[] {
  const random = new Random(seed);
  return Array.from({ length: howMany }, (_, index) => {
    const { category, low, high } = random.pick(ranges);
    const cents = random.integer(low, high) * 100 + random.pick(endings);
    return { sku: `SKU-${1000 + index}`, category, cents };
  });
}

export const products = productsOf(400, 7);
export const categories = ranges.map(({ category }) => category);
export const categoryOfProduct = Uint8Array.from(products, ({ category }) =>
  categories.indexOf(category),
);
export const centsOfProduct = Uint32Array.from(products, ({ cents }) => cents);

export const paths = ["/", "/new", "/sale", "/shoes", "/bags", "/account", "/help", "/cart"];
export const campaigns = ["newsletter", "sale", "win-back", "birthday"];

export interface Weighted {
  readonly text: string;
  readonly weight: number;
}

/** As bases are: an old import spelled some in its own way. */
export const countries: readonly Weighted[] = [
  { text: "US", weight: 300 },
  { text: "GB", weight: 120 },
  { text: "DE", weight: 120 },
  { text: "FR", weight: 80 },
  { text: "CA", weight: 60 },
  { text: "NL", weight: 50 },
  { text: "ES", weight: 50 },
  { text: "IT", weight: 50 },
  { text: "SE", weight: 40 },
  { text: "PL", weight: 40 },
  { text: "AT", weight: 30 },
  { text: "JP", weight: 25 },
  { text: "AUS", weight: 20 },
  { text: "BR", weight: 10 },
  { text: "us", weight: 5 },
];

export const cities: readonly Weighted[] = [
  { text: "Berlin", weight: 10 },
  { text: "Austin", weight: 20 },
  { text: "London", weight: 20 },
  { text: "Paris", weight: 10 },
  { text: "Toronto", weight: 10 },
  { text: "Utrecht", weight: 10 },
];

export const timezones = ["America/Chicago", "Europe/Berlin", "Europe/London", "Asia/Tokyo"];

/** Stands for "none" in the columns of contacts. */
export const nothing = 255;

/** The number of units that an order is about. */
const quantities = [1, 1, 1, 2, 2, 3];

/** Decided by the instant, which saves a column. */
export function quantityAt(time: number): number {
  return quantities[time % quantities.length] as number;
}

export function hasCoupon(time: number): boolean {
  return time % 5 === 0;
}

const scalarsOfKind = [1, 3, 3, 2, 1, 1];
const scalarsOfLine = 4;

/** How many values an event has, those in an order's products included. */
export function propertiesAt(number: number, time: number): number {
  const scalars = scalarsOfKind[number] as number;
  if (number !== kind.ordered) return scalars;
  return scalars + scalarsOfLine + (hasCoupon(time) ? 1 : 0);
}
