import type {
  Condition,
  SegmentDefinition,
} from "../../../bindings/javascript/definition_types.ts";
import {
  abandoned,
  amount,
  attribute,
  type ConditionMaker,
  calendar,
  count,
  filteredCount,
  itemCount,
  journey,
  reach,
  sinceLast,
  trend,
  variety,
} from "./conditions.ts";
import { Random } from "./random.ts";
import { shop } from "./shop.ts";
import { streaming } from "./streaming.ts";
import type { Trade } from "./trade.ts";

interface Share {
  readonly weight: number;
  readonly make: ConditionMaker;
}

/** What kind of rules a company has, how many conditions each, and about which events. */
export interface Mix {
  readonly name: string;
  readonly trade: Trade;
  readonly seed: number;
  readonly shares: readonly Share[];
  /** Of the segments: a group of two to four conditions. */
  readonly groups: number;
  /** Of the segments: refers to another one. */
  readonly nested: number;
}

export const shopMix: Mix = {
  name: "shop",
  trade: shop,
  seed: 20_261_123,
  shares: [
    { weight: 18, make: count },
    { weight: 18, make: filteredCount },
    { weight: 8, make: itemCount },
    { weight: 14, make: amount },
    { weight: 8, make: variety },
    { weight: 8, make: calendar },
    { weight: 6, make: sinceLast },
    { weight: 7, make: abandoned },
    { weight: 5, make: journey },
    { weight: 4, make: trend },
    { weight: 6, make: attribute },
    { weight: 5, make: reach },
  ],
  groups: 0.4,
  nested: 0.1,
};

/** Another business, another seed, other proportions: fast here means not fitted to the first mix. */
export const streamingMix: Mix = {
  name: "streaming",
  trade: streaming,
  seed: 71,
  shares: [
    { weight: 8, make: count },
    { weight: 10, make: filteredCount },
    { weight: 2, make: itemCount },
    { weight: 20, make: amount },
    { weight: 18, make: variety },
    { weight: 14, make: calendar },
    { weight: 8, make: sinceLast },
    { weight: 12, make: abandoned },
    { weight: 12, make: journey },
    { weight: 8, make: trend },
    { weight: 3, make: attribute },
    { weight: 2, make: reach },
  ],
  groups: 0.6,
  nested: 0.2,
};

export function segmentsOf(mix: Mix, howMany: number): SegmentDefinition[] {
  const random = new Random(mix.seed);
  const segments: SegmentDefinition[] = [];
  for (let index = 0; index < howMany; index += 1) {
    segments.push({
      version: 1,
      id: `${mix.name}-${index.toString().padStart(3, "0")}`,
      timezone: random.pick(["UTC", "UTC", "Europe/Berlin", "contact"]),
      when: rule(random, mix, segments),
    });
  }
  return segments;
}

function rule(random: Random, mix: Mix, before: readonly SegmentDefinition[]): Condition {
  const single = () => random.weighted(mix.shares).make(random, mix.trade);
  if (random.chance(mix.nested) && before.length > 0) {
    const segment = random.pick(before).id;
    const op = random.pick(["in", "not_in"] as const);
    return { kind: "all", of: [{ kind: "segment", segment, op }, single()] };
  }
  if (!random.chance(mix.groups)) return single();
  const of = Array.from({ length: random.integer(2, 4) }, single);
  if (random.chance(0.25)) {
    return { kind: "all", of: [...of, { kind: "none", of: [single(), single()] }] };
  }
  return { kind: random.pick(["all", "all", "any"] as const), of };
}

/**
 * Segments about what never comes in the workload: other events, other attributes. Half of them would be asked about
 * an event, half about what is known of the contact.
 */
export function untouchedSegments(howMany: number): SegmentDefinition[] {
  const random = new Random(4711);
  return Array.from({ length: howMany }, (_, index): SegmentDefinition => {
    const last = { days: random.integer(1, 180) };
    const where = {
      kind: "property",
      property: "area",
      op: "gte",
      value: random.integer(1, 50),
    } as const;
    const when: Condition =
      index % 2 === 0
        ? {
            kind: "event",
            event: `Facility ${index % 400} Visited`,
            where,
            op: "gte",
            value: random.integer(1, 5),
            window: { last },
          }
        : { kind: "attribute", attribute: `facility.${index % 400}`, op: "eq", value: index };
    return { version: 1, id: `untouched-${index.toString().padStart(4, "0")}`, when };
  });
}
