import { SegmentError } from "./segment_error.ts";

/** Names what was tried, why it failed, and what helps. */
export function coreUnavailable(what: string, remedy: string, cause?: unknown): SegmentError {
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new SegmentError(
    "core_unavailable",
    `The segment core is not available: ${what}${reason}. ${remedy}.`,
    { cause },
  );
}
