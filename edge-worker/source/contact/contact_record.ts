import type { Stream } from "@fosterflow/segments/delivery";
import { sourceOf } from "../engine/rules.ts";

/** What a contact object knows of itself, beside the contact. */
export interface ContactRecord {
  readonly workspace: string;
  /** The id that this object is named by. */
  readonly contact: string;
  /** The life of this object's storage (a UUID of version 7), as its deltas say. */
  readonly epoch: string;
  /** The version of the rules that the snapshot was last decided by. */
  readonly version: number;
  readonly standing: Standing;
  /** Whether this contact's messages are kept for the sample. */
  readonly isSampled: boolean;
  /** Endpoints whose parked streams the index knows, each with what it was told. */
  readonly reportedParked: Readonly<Record<string, string>>;
}

export type Standing =
  /** The contact is here. */
  | { readonly kind: "here" }
  /** An alias is joining it with another; until that is done nobody knows where messages go. */
  | { readonly kind: "leaving"; readonly to: string }
  /** The contact of this id is there. */
  | { readonly kind: "moved"; readonly to: string };

/** Whose deltas a contact's are. */
export function streamOf({ workspace, epoch, contact }: ContactRecord): Stream {
  return { source: sourceOf(workspace), epoch, contact };
}
