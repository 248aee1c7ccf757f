import { SegmentError } from "../javascript/segment_error.ts";

/** A row that a database cannot hold; nothing is left out silently, so the load ends. */
export function unholdableRow(database: string, contact: string, why: string): SegmentError {
  return new SegmentError(
    "invalid_argument",
    `${database} cannot hold the contact ${JSON.stringify(contact)}: ${why}. Nothing was loaded.`,
  );
}
