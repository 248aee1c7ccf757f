import type { Duration, Operator } from "./definition_types.ts";
import type { AuthoringLanguage } from "./description_types.ts";

export interface ExplainOptions {
  /** The instant, in epoch milliseconds (default: the contact's clock). It may be past or future. */
  at?: number;
  /** The language of the sentences (default: `en`). */
  language?: AuthoringLanguage;
}

/** Why a contact is in a segment at an instant, or is not. All instants are epoch milliseconds. */
export interface Explanation {
  /** The segment's id and name. */
  segment: string;
  name: string;
  /** The contact's id, after aliases. */
  contact: string;
  at: number;
  /** Whether the contact is in the segment at that instant. */
  holds: boolean;
  /** The first instant after `at` at which that changes if no message comes; null: not up to `lookedUntil`. */
  changesAt: number | null;
  /** Up to when changes were looked for: 400 days ahead, less only where very much happens before. */
  lookedUntil: number;
  /** False before the contact's first message: it is in no segment then, whatever its conditions say. */
  exists: boolean;
  /**
   * When the answer rests on a part of the history: the instant after which it is complete (of a contact's events the
   * newest 10,000 are kept). Null when nothing that the segment reads is missing.
   */
  partialHistorySince: number | null;
  /** What else a person should know, as sentences. */
  notes: string[];
  /** The segment's rule. */
  condition: ExplainedCondition;
}

/** One condition of the rule as written; `kind` is that of the definition. */
export type ExplainedCondition =
  | ExplainedGroup
  | ExplainedEvent
  | ExplainedSequence
  | ExplainedAttribute
  | ExplainedChannel
  | ExplainedList
  | ExplainedSegment
  | ExplainedCompare
  | ExplainedSample;

interface ExplainedNode {
  /** JSON Pointer to the condition inside its segment's definition, such as `/when/of/0`. */
  path: string;
  /** Whether the condition holds. */
  holds: boolean;
  /** Whether the rule needs it to hold: false below `none` and `not_in`. */
  needed: boolean;
  /** The condition in words. Of a group only how it combines the conditions in `of`. */
  sentence: string;
  /** What was found, in words. */
  finding: string;
  /**
   * What it takes, in words. Null when the condition is as it is needed, and below `none` and `not_in` also when
   * something that contains it is.
   */
  missing: string | null;
  /** The first instant after `at` at which `holds` changes if no message comes; null: not up to `lookedUntil`. */
  changesAt: number | null;
  /** Present when it rests on a part of the history: events that may be gone lie in its window. */
  partialHistory?: true;
}

/** A value as it is shown: of a long text the beginning, of a list the first five entries, `{}` for any object. */
export type ShownValue =
  | string
  | number
  | boolean
  | null
  | readonly ShownValue[]
  | { readonly [name: string]: ShownValue };

/** What a condition compares with. */
export interface Wanted {
  op: Operator;
  /** The value in force, of a parameter or attribute too; null for an attribute that is not known. */
  value?: ShownValue | Duration;
  /** The contact's attribute that the value comes from. */
  attribute?: string;
  ignoreCase?: true;
}

/** The events that a condition looks at: later than `after` (null: all) and not later than `until`. */
export interface ShownWindow {
  after: number | null;
  until: number;
}

/** An event that decided. */
export interface DecidingEvent {
  /** When it happened. */
  at: number;
  event: string;
  /** In a sequence: which step, the first is 0. */
  step?: number;
  /**
   * The properties that the condition names, by dotted path; null: the event has none. Of an array whose entries are
   * filtered, the first five that match, each with what the filter names of it.
   */
  properties?: Readonly<Record<string, ShownValue>>;
}

/** The newest five events that decided, and how many there are. */
interface Decided {
  /** Newest first. */
  events: DecidingEvent[];
  eventCount: number;
}

export interface ExplainedGroup extends ExplainedNode {
  kind: "all" | "any" | "none";
  /** The conditions of the group, in their order. */
  of: ExplainedCondition[];
}

export interface ExplainedEvent extends ExplainedNode, Decided {
  kind: "event";
  /** What was measured; null: there is nothing to measure. */
  observed: ShownValue;
  wanted: Wanted;
  window: ShownWindow;
}

export interface ExplainedSequence extends ExplainedNode, Decided {
  kind: "sequence";
  observed: {
    /**
     * `complete`: it holds by these events. `waiting`: all events are there, but not yet is it certain that nothing
     * else follows. `undone`: then came an event that must not. `incomplete`: some steps have not happened.
     */
    state: "complete" | "waiting" | "undone" | "incomplete";
    /** Steps that are there, absent ones not counted. */
    steps: number;
  };
  wanted: { steps: number };
  window: ShownWindow;
}

export interface ExplainedAttribute extends ExplainedNode {
  kind: "attribute";
  /** Dotted path. */
  attribute: string;
  /** The attribute's value; null: not known. */
  observed: ShownValue;
  wanted: Wanted;
}

export interface ExplainedChannel extends ExplainedNode {
  kind: "channel";
  channel: string;
  observed: "reachable" | "unreachable";
  wanted: "reachable" | "unreachable";
}

export interface ExplainedList extends ExplainedNode {
  kind: "list";
  list: string;
  observed: "in" | "not_in";
  wanted: "in" | "not_in";
}

/** Membership of another segment. */
export interface ExplainedSegment extends ExplainedNode {
  kind: "segment";
  /** That segment's id and name. */
  segment: string;
  name: string;
  observed: "in" | "not_in";
  wanted: "in" | "not_in";
  /**
   * That segment's rule, with paths inside its definition. Each is shown at the first place that names it; null at the
   * others, and where the tree would be too large (more than 1,000 conditions of other segments, or 40 levels).
   */
  condition: ExplainedCondition | null;
}

export interface ExplainedCompare extends ExplainedNode {
  kind: "compare";
  /** The two sides; null: no number. */
  observed: { left: number | null; right: number | null };
  wanted: { op: "eq" | "ne" | "gt" | "gte" | "lt" | "lte" };
  /** What the two sides measure, in the order of the text. */
  measures: ExplainedMeasure[];
}

/** A value measured for a comparison. */
export interface ExplainedMeasure extends Decided {
  /** What is measured, in words. */
  sentence: string;
  observed: ShownValue;
  window: ShownWindow;
}

export interface ExplainedSample extends ExplainedNode {
  kind: "sample";
  salt: string;
  /** Where the contact lies, from 0 to 100. */
  observed: { point: number };
  /** It is in the sample when its point is less than this. */
  wanted: { percent: number };
}
