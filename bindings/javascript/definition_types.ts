/**
 * A segment: who belongs to it, as a rule.
 *
 * @example
 * const cartAbandoners: SegmentDefinition = {
 *   version: 1,
 *   id: "cart-abandoners",
 *   when: {
 *     kind: "sequence",
 *     steps: [
 *       { event: "Product Added" },
 *       { absent: true, event: "Order Completed", within: { hours: 24 } },
 *     ],
 *   },
 * };
 */
export interface SegmentDefinition {
  version: 1;
  /** 1 to 128 of `A-Z a-z 0-9 . _ -`. */
  id: string;
  name?: string;
  description?: string;
  /** IANA name in exact case, default `UTC`; or `contact`: the contact's trait `timezone`, else UTC. */
  timezone?: string;
  /** Named constants, which the host can override without rewriting the rule. */
  parameters?: Readonly<Record<string, ParameterValue>>;
  when: Condition;
  /** Free for the host; kept, never read. */
  meta?: unknown;
}

export type Scalar = string | number | boolean;
export type ParameterValue = Scalar | readonly Scalar[];
/** Values that replace those of the parameters with these names, in every segment that declares them. */
export type ParameterOverrides = Readonly<Record<string, ParameterValue>>;

/** The value of one of the segment's parameters. */
export interface ParameterReference {
  parameter: string;
}
/** The value of one of the contact's own attributes, by dotted path. */
export interface AttributeReference {
  attribute: string;
}
type Reference = ParameterReference | AttributeReference;

interface Annotated {
  /** Free for the host; kept, never read. */
  meta?: unknown;
}

/** Something that holds for a contact at an instant, or does not. */
export type Condition =
  | ConditionGroup
  | EventCondition
  | SequenceCondition
  | AttributeCondition
  | ChannelCondition
  | ListCondition
  | SegmentCondition
  | CompareCondition
  | SampleCondition;

/** All, any or none of some conditions hold. */
export interface ConditionGroup extends Annotated {
  kind: "all" | "any" | "none";
  /** One or more. */
  of: readonly Condition[];
}

/** Events of one of some names that pass a filter. */
export interface EventSelector {
  event: string | readonly string[];
  where?: PropertyFilter;
}

/** Measures matching events in a window and compares the outcome. Default: at least one event, ever. */
export type EventCondition = Annotated &
  EventSelector & { kind: "event"; measure?: Measure; window?: Window } & (
    | EventComparison
    | { op?: never; value?: never; ignoreCase?: never }
    | { op?: never; value: number | Reference; ignoreCase?: never }
  );

/** Steps in strictly growing time order. */
export interface SequenceCondition extends Annotated {
  kind: "sequence";
  window?: Window;
  /** 2 to 10; the first is not absent. */
  steps: readonly SequenceStep[];
}

export type SequenceStep = Annotated & EventSelector & { absent?: boolean; within?: Duration };

/** What is known about the contact. */
export type AttributeCondition = Annotated & { kind: "attribute"; attribute: string } & Comparison;

export interface ChannelCondition extends Annotated {
  kind: "channel";
  channel: string;
  op: "reachable" | "unreachable";
}

export interface ListCondition extends Annotated {
  kind: "list";
  list: string;
  op: "in" | "not_in";
}

/** Membership of another segment of the same set. */
export interface SegmentCondition extends Annotated {
  kind: "segment";
  segment: string;
  op: "in" | "not_in";
}

/** Compares two computed numbers: trends, ratios, averages. */
export interface CompareCondition extends Annotated {
  kind: "compare";
  left: Expression;
  op: "eq" | "ne" | "gt" | "gte" | "lt" | "lte";
  right: Expression;
}

/** The same random share of contacts everywhere, chosen by a hash of their id. */
export interface SampleCondition extends Annotated {
  kind: "sample";
  /** 0 to 100. */
  percent: number | ParameterReference;
  salt: string;
}

export type Expression =
  | number
  | Reference
  | { metric: Metric }
  | { add: readonly [Expression, Expression] }
  | { sub: readonly [Expression, Expression] }
  | { mul: readonly [Expression, Expression] }
  | { div: readonly [Expression, Expression] };

export type Metric = EventSelector & { measure?: Measure; window?: Window };

/** What is measured over the matching events. `property` is a dotted path. */
export type Measure =
  | { fn: "count" }
  | { fn: "sum" | "avg" | "min" | "max" | "distinct" | "first" | "last"; property: string }
  /** How many different hours, days, weeks or months of the calendar have a match. */
  | { fn: "active"; unit: "hour" | "day" | "week" | "month" };

/** Says whether an event, or an element of one of its arrays, matches. */
export type PropertyFilter = PropertyFilterGroup | PropertyFilterLeaf | ItemFilter | ClockFilter;

export interface PropertyFilterGroup extends Annotated {
  kind: "all" | "any" | "none";
  of: readonly PropertyFilter[];
}

export type PropertyFilterLeaf = Annotated & {
  kind: "property";
  /** Dotted path; a dot in a key is written `\.`. */
  property: string;
} & EventComparison;

/** One and the same element of an array satisfies a filter. */
export interface ItemFilter extends Annotated {
  kind: "item";
  /** Path of the array, such as `products`. */
  items: string;
  where: PropertyFilter;
}

/** The event's local time in the segment's time zone. Weekday 1 is Monday. */
export type ClockFilter = Annotated & {
  kind: "clock";
  unit: "hour" | "weekday" | "day_of_month" | "month";
} & EventComparison;

/** Comparisons whose outcome does not change as time goes by. */
export type EventComparison =
  | { op: "eq" | "ne"; value: Scalar | Reference; ignoreCase?: boolean }
  | { op: "in" | "not_in"; value: readonly Scalar[] | Reference; ignoreCase?: boolean }
  | { op: "is_set" | "is_not_set" }
  | { op: "gt" | "gte" | "lt" | "lte"; value: number | Reference }
  /** Both bounds belong to the range. */
  | { op: "between" | "not_between"; value: readonly [number, number] | Reference }
  /** Of a text: a part of it. Of an array: one element. */
  | { op: "contains" | "not_contains"; value: Scalar | Reference; ignoreCase?: boolean }
  | { op: "starts_with" | "ends_with"; value: string | Reference; ignoreCase?: boolean }
  /** `*` any text, `?` one character, `\` before one of these: itself. */
  | { op: "like" | "not_like"; value: string | Reference; ignoreCase?: boolean }
  | { op: "includes_any" | "includes_all" | "includes_none"; value: readonly Scalar[] | Reference }
  /** ISO 8601 text or epoch milliseconds; the bound itself is outside. */
  | { op: "date_before" | "date_after"; value: DateValue | Reference }
  /** Both bounds belong to the range. */
  | { op: "date_between"; value: readonly [DateValue, DateValue] | Reference };

/** All comparisons; those relative to now are for attributes only. */
export type Comparison =
  | EventComparison
  | {
      op: "date_in_last" | "date_more_than_ago" | "date_in_next" | "date_more_than_ahead";
      value: Duration;
    }
  /** The month and day fall on today or one of the next days. */
  | { op: "date_anniversary_in_next"; value: { days: DurationNumber } };

export type Operator = Comparison["op"];

/** ISO 8601 text, or epoch milliseconds. */
export type DateValue = string | number;

/** A whole number, 0 or more. */
export type DurationNumber = number | ParameterReference;

/** Exactly one unit. Seconds to weeks are exact spans (a day is 24 hours); months and years are of the calendar. */
export type Duration =
  | { seconds: DurationNumber }
  | { minutes: DurationNumber }
  | { hours: DurationNumber }
  | { days: DurationNumber }
  | { weeks: DurationNumber }
  | { months: DurationNumber }
  | { years: DurationNumber };

/** Which events count, seen from now. Without a window: all up to now. */
export type Window =
  | (WindowRange & { since?: EventSelector })
  /** Later than the contact's latest such event; if there is none, all. */
  | { since: EventSelector };

export type WindowRange =
  | { last: Duration }
  /** `[{days: 30}, {days: 7}]`: from 30 to 7 days ago. */
  | { between: readonly [Duration, Duration] }
  /** Longer ago than this. */
  | { before: Duration }
  /** `from` belongs to the range, `to` does not. */
  | { from: DateValue | ParameterReference; to?: DateValue | ParameterReference }
  | { to: DateValue | ParameterReference }
  | {
      calendar: {
        unit: "day" | "week" | "month" | "quarter" | "year";
        /** Whole units, default 1. */
        count?: number | ParameterReference;
        /** Whether the running unit is one of them, default false. */
        current?: boolean;
      };
    };
