import { segmentsOf, shopMix } from "../../tests/benchmarks/workload/mix.ts";
import { shop } from "../../tests/benchmarks/workload/shop.ts";
import { Visitor } from "../../tests/benchmarks/workload/visitor.ts";

/** What the worker is fed: visitors of a shop, the same in every run. */

/** Events that each visitor has before anything is measured. */
const historyEvents = 20;
/** The newest of them was so long ago, in milliseconds. */
const sinceHistory = 3_600_000;
const longVisitors = 100_000;

export const definitionsOf = (count: number) => segmentsOf(shopMix, count);

export function newVisitors(count: number): Visitor[] {
  return Array.from(
    { length: count },
    (_, seed) => new Visitor(shop, seed, { events: historyEvents, days: 30 }),
  );
}

/** A batch for each visitor: the past. */
export function histories(visitors: readonly Visitor[]): string[] {
  return visitors.flatMap((visitor) => pastOf(visitor, historyEvents));
}

/** A visitor with so many events, and the batches that tell them. */
export function longHistory(index: number, events: number): { id: string; bodies: string[] } {
  const visitor = new Visitor(shop, longVisitors + index, { events, days: 90 });
  return { id: visitor.id, bodies: pastOf(visitor, events) };
}

/** Events of four properties each, with a UUID as `messageId`. */
export function plainHistory(contact: string, events: number): string[] {
  const begun = Date.now() - sinceHistory;
  const names = ["Product Viewed", "Product Added", "Order Completed"];
  const messages = Array.from({ length: events }, (_, index) => ({
    type: "track",
    userId: contact,
    event: names[index % names.length],
    messageId: crypto.randomUUID(),
    timestamp: begun - index * 60_000,
    properties: {
      sku: `SKU-${index % 100}`,
      price: (index % 250) + 0.5,
      category: "Shoes",
      quantity: index % 4,
    },
  }));
  return batches(messages, 250);
}

/** Messages of now, of all visitors in turn. */
export function stream(visitors: readonly Visitor[], count: number, batch: number): string[] {
  const messages = Array.from({ length: count }, (_, index) => {
    const visitor = visitors[(index * 7919) % visitors.length];
    if (visitor === undefined) throw new Error("no visitors");
    return { ...visitor.next().message, timestamp: undefined };
  });
  return batches(messages, batch);
}

function pastOf(visitor: Visitor, events: number): string[] {
  const history = visitor.history(events);
  const shift = Date.now() - sinceHistory - (history.at(-1)?.time ?? 0);
  const messages = history.map(({ message, time }) => ({ ...message, timestamp: time + shift }));
  return batches(messages, 250);
}

function batches(messages: readonly object[], length: number): string[] {
  const bodies: string[] = [];
  for (let from = 0; from < messages.length; from += length) {
    bodies.push(JSON.stringify({ batch: messages.slice(from, from + length) }));
  }
  return bodies;
}
