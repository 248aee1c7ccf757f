import type { SegmentDefinition } from "../../../bindings/javascript/definition_types.ts";
import { Random } from "../workload/random.ts";
import type { EventKind, Trade } from "../workload/trade.ts";

/** A rule that all peers can say: one measure over the events of one name, filtered, in a window. */
export interface SharedRule {
  readonly id: string;
  readonly event: string;
  readonly filters: readonly SharedFilter[];
  /** The property that is summed up; without one, events are counted. */
  readonly sum?: string;
  readonly op: "gte" | "lt";
  readonly value: number;
  /** Without: all time. */
  readonly lastDays?: number;
}

export type SharedFilter =
  | { readonly property: string; readonly op: "eq"; readonly value: string }
  | { readonly property: string; readonly op: "gte" | "lt"; readonly value: number };

export const millisecondsPerDay = 86_400_000;

export function windowStart({ lastDays }: SharedRule, now: number): number {
  return lastDays === undefined ? Number.NEGATIVE_INFINITY : now - lastDays * millisecondsPerDay;
}

export function sharedRules(trade: Trade, howMany: number, seed: number): SharedRule[] {
  const random = new Random(seed);
  return Array.from({ length: howMany }, (_, index) =>
    sharedRule(random, trade, `shared-${index}`),
  );
}

function sharedRule(random: Random, trade: Trade, id: string): SharedRule {
  const kind = random.pick(trade.events);
  const number = random.pick(kind.numbers);
  const isSum = random.chance(0.4);
  const times = random.pick([1, 2, 3, 5, 10, 20]);
  return {
    id,
    event: kind.name,
    filters: Array.from({ length: random.integer(0, 2) }, () => sharedFilter(random, kind)),
    ...(isSum ? { sum: number.property } : {}),
    op: random.pick(["gte", "gte", "lt"] as const),
    // Half a hundredth lies between all sums of amounts, so that rounding decides nothing.
    value: isSum ? Math.round((times * (number.low + number.high)) / 2) + 0.005 : times,
    ...(random.chance(0.8) ? { lastDays: random.pick([1, 3, 7, 14, 30, 60, 90]) } : {}),
  };
}

function sharedFilter(random: Random, { numbers, texts }: EventKind): SharedFilter {
  if (random.chance(0.5)) {
    const { property, values } = random.pick(texts);
    return { property, op: "eq", value: random.pick(values) };
  }
  const { property, low, high } = random.pick(numbers);
  return { property, op: random.pick(["gte", "lt"] as const), value: random.integer(low, high) };
}

export function segmentOf(rule: SharedRule): SegmentDefinition {
  const { id, event, filters, sum, op, value, lastDays } = rule;
  return {
    version: 1,
    id,
    when: {
      kind: "event",
      event,
      ...(filters.length > 0
        ? {
            where: { kind: "all", of: filters.map((filter) => ({ kind: "property", ...filter })) },
          }
        : {}),
      ...(sum === undefined ? {} : { measure: { fn: "sum", property: sum } }),
      op,
      value,
      ...(lastDays === undefined ? {} : { window: { last: { days: lastDays } } }),
    },
  };
}
