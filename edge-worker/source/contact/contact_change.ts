import type { Delta, LineNotice } from "@fosterflow/segments/core";

/** What a change brought about. */
export interface Change {
  readonly deltas: readonly Delta[];
  readonly refused: readonly LineNotice[];
}

/** What is done to a contact in one transaction. */
export interface Work extends Change {
  /** The messages, for the sample. */
  readonly lines?: readonly string[];
  /** False: nothing of it is stored. */
  readonly isKept?: boolean;
}
