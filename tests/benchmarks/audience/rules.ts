import type {
  Condition,
  SegmentDefinition,
} from "../../../bindings/javascript/definition_types.ts";

/**
 * The rules that are counted. Each has one number, so that changing it can be measured too. Limits of money lie between
 * all amounts that sums and averages of cents can give: how sums round differs between programs, and must not decide.
 */

export const ruleIds = [
  "repeat-orders",
  "revenue-without-visit",
  "cart-abandonment",
  "cheap-views",
  "page-views",
  "average-shoes",
  "three-steps",
] as const;
export type RuleId = (typeof ruleIds)[number];

export interface AudienceRule {
  readonly id: RuleId;
  readonly question: string;
  /** What a count may take with a million contacts and 20 million events, nanoseconds. */
  readonly target: number;
  readonly number: number;
  /** Another number that someone may try next. */
  readonly edited: number;
  readonly when: (number: number) => Condition;
}

const millisecond = 1e6;

export const rules: readonly AudienceRule[] = [
  {
    id: "repeat-orders",
    question: 'orders ≥ 2 in 30 days and country contains "US"',
    target: 4 * millisecond,
    number: 2,
    edited: 3,
    when: (orders) => ({
      kind: "all",
      of: [
        {
          kind: "event",
          event: "Order Completed",
          op: "gte",
          value: orders,
          window: { last: { days: 30 } },
        },
        { kind: "attribute", attribute: "country", op: "contains", value: "US" },
      ],
    }),
  },
  {
    id: "revenue-without-visit",
    question: "revenue > 300 in 90 days, e-mail reachable, no product view in 7 days",
    target: 5 * millisecond,
    number: 300.005,
    edited: 250.005,
    when: (revenue) => ({
      kind: "all",
      of: [
        {
          kind: "event",
          event: "Order Completed",
          measure: { fn: "sum", property: "total" },
          op: "gt",
          value: revenue,
          window: { last: { days: 90 } },
        },
        { kind: "channel", channel: "email", op: "reachable" },
        {
          kind: "none",
          of: [{ kind: "event", event: "Product Viewed", window: { last: { days: 7 } } }],
        },
      ],
    }),
  },
  {
    id: "cart-abandonment",
    question: "added in the last day, no order since",
    target: 3 * millisecond,
    number: 1,
    edited: 2,
    when: (days) => ({
      kind: "event",
      event: "Product Added",
      window: { last: { days }, since: { event: "Order Completed" } },
    }),
  },
  {
    id: "cheap-views",
    question: "product views under 50 at least twice in 14 days",
    target: 5 * millisecond,
    number: 50,
    edited: 45,
    when: (price) => ({
      kind: "event",
      event: "Product Viewed",
      where: { kind: "property", property: "price", op: "lt", value: price },
      op: "gte",
      value: 2,
      window: { last: { days: 14 } },
    }),
  },
  {
    id: "page-views",
    question: "page views ≥ 5 in 90 days",
    target: 3 * millisecond,
    number: 5,
    edited: 6,
    when: (views) => ({
      kind: "event",
      event: "page",
      op: "gte",
      value: views,
      window: { last: { days: 90 } },
    }),
  },
  {
    id: "average-shoes",
    question: "average order of category shoes > 100, all time",
    target: 5 * millisecond,
    number: 100.00137,
    edited: 110.00137,
    when: (average) => ({
      kind: "event",
      event: "Order Completed",
      where: { kind: "property", property: "category", op: "eq", value: "shoes" },
      measure: { fn: "avg", property: "total" },
      op: "gt",
      value: average,
    }),
  },
  {
    id: "three-steps",
    question: "viewed, added, ordered within a day (12 hours a step), in 30 days",
    target: 15 * millisecond,
    number: 12,
    edited: 6,
    when: (hours) => ({
      kind: "sequence",
      window: { last: { days: 30 } },
      steps: [
        { event: "Product Viewed" },
        { event: "Product Added", within: { hours } },
        { event: "Order Completed", within: { hours } },
      ],
    }),
  },
];

export function definitionOf(rule: AudienceRule, number = rule.number): SegmentDefinition {
  return { version: 1, id: rule.id, when: rule.when(number) };
}
