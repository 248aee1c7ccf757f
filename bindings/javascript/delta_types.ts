import type { LineNotice } from "./problem_types.ts";

/** One change of membership. Replaying all deltas in order gives the current membership. */
export interface Delta {
  /** `source:epoch:contact:sequence`, unique. */
  id: string;
  /** Who found the change out, as given to `createEngine`. */
  source: string;
  /** The life of the storage behind the source; a new one opens with the full membership. */
  epoch: string;
  contact: string;
  /** 1, 2, 3, … without a gap per source, epoch and contact. It orders deltas; clocks do not. */
  sequence: number;
  /** The segment's id. */
  segment: string;
  /** First 16 hex digits of the SHA-256 of the definition that decided, parameters in force included. */
  definition: string;
  change: "entered" | "exited";
  /** The exact instant of the change: ISO 8601, UTC, milliseconds. */
  at: string;
  /** When it was found out: ISO 8601, UTC, milliseconds. */
  decidedAt: string;
  cause: DeltaCause;
  /** The message that brought it about, if that has an id (causes `message` and `merge`). */
  messageId?: string;
}

/**
 * Why a membership changed: a message; time moved on; a rule or parameter was edited; contacts were
 * joined; or a new rule was filled for the first time.
 */
export type DeltaCause = "message" | "time" | "definition" | "merge" | "first";

/** What applying messages brought about. */
export interface ApplyResult {
  /** The changes, in order; those of the clock come before those of the messages. */
  deltas: Delta[];
  /** The messages that were refused. They changed nothing; the others are applied. */
  refused: LineNotice[];
  /** Notices about messages that were applied all the same; absent when there are none. */
  warnings?: LineNotice[];
}

/** A range of time, in epoch milliseconds; both ends are in it. */
export interface TimelineRange {
  from: number;
  to: number;
}

/** A contact's entering or leaving of a segment. */
export interface TimelineChange {
  change: "entered" | "exited";
  /** The exact instant, in epoch milliseconds. */
  at: number;
}

/** What `contact.merge` did. */
export interface MergeResult {
  /** The changes of membership, of cause `merge`; before them, those that were not told yet. */
  deltas: Delta[];
}

/** A segment that a contact is in. */
export interface Membership {
  /** The segment's id. */
  segment: string;
  /** Since when, in epoch milliseconds. */
  since: number;
}
