import type { ApplyResult } from "./delta_types.ts";
import type { Problem } from "./problem_types.ts";

/** What went wrong, as a name that a program can compare. */
export type SegmentErrorCode =
  /** The definitions or parameters were refused; `problems` says why. The set in force before stays. */
  | "definitions_refused"
  /** No segment of that id is defined. */
  | "unknown_segment"
  /** The range of a timeline holds more changes than it tells. */
  | "timeline_too_long"
  /** An argument is of a wrong type or out of its range. */
  | "invalid_argument"
  /** The engine was started with the lean core (`contact.wasm`), which tells no reasons and no past; `core.wasm` does. */
  | "explain_unavailable"
  /** The bytes are no snapshot, or not as they were written: cut off, changed or made up. */
  | "snapshot_damaged"
  /** The snapshot is of a version that this engine does not know. */
  | "snapshot_version"
  /** The snapshot is of another contact: no id is of both. */
  | "other_contact"
  /** The bytes are no file of an audience, or not as they were written. */
  | "audience_damaged"
  /** The file of an audience is of a version that this package does not know. */
  | "audience_version"
  /** The WebAssembly core could not be fetched, compiled or started. Trying again is possible. */
  | "core_unavailable"
  /** There is no memory for this. Nothing has changed and the engine remains usable. */
  | "out_of_memory"
  /** The contact or engine was disposed before. */
  | "disposed"
  /** The core stopped unexpectedly. The engine answers nothing more; create a new one. */
  | "engine_failed";

interface SegmentErrorDetails {
  cause?: unknown;
  problems?: readonly Problem[];
  parameterProblems?: readonly Problem[];
  applied?: ApplyResult;
}

/**
 * The only error that this package throws.
 *
 * @example
 * try {
 *   engine.define(edited);
 * } catch (error) {
 *   if (error instanceof SegmentError && error.code === "definitions_refused") show(error.problems);
 *   else throw error;
 * }
 */
export class SegmentError extends Error {
  override readonly name = "SegmentError";
  readonly code: SegmentErrorCode;
  /** JSON Pointer to the first problem's place, where there is one. */
  readonly path: string | undefined;
  /** Every problem of the refused definitions, warnings included. Empty for the other codes. */
  readonly problems: readonly Problem[];
  /** Problems of the parameter overrides; their paths are inside the object of overrides. */
  readonly parameterProblems: readonly Problem[];
  /**
   * When memory ran out in the middle of a long list: what the messages before had brought about.
   * Those are applied, and their deltas are told nowhere else.
   */
  readonly applied: ApplyResult | undefined;

  constructor(code: SegmentErrorCode, message: string, details: SegmentErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.problems = details.problems ?? [];
    this.parameterProblems = details.parameterProblems ?? [];
    this.applied = details.applied;
    this.path = (this.problems[0] ?? this.parameterProblems[0])?.path;
  }
}

export function unknownSegment(id: string): SegmentError {
  return new SegmentError("unknown_segment", `No segment "${id}" is defined.`);
}
