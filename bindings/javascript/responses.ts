import type { Core } from "./core.ts";
import type { ApplyResult } from "./delta_types.ts";
import type { LineNotice } from "./problem_types.ts";
import { SegmentError } from "./segment_error.ts";

/** What the core's last call, `apply` or its like, brought about. */
export function outcomeOf(core: Core): ApplyResult {
  const deltas = core.deltas();
  const notices = core.response();
  if (notices === undefined) return { deltas, refused: [] };
  const { refused, warnings } = JSON.parse(notices) as Record<"refused" | "warnings", LineNotice[]>;
  return warnings.length > 0 ? { deltas, refused, warnings } : { deltas, refused };
}

/** What the pieces of one list bring about; each counts its lines from 1. */
export class CollectedOutcomes {
  readonly result: ApplyResult = { deltas: [], refused: [] };
  /** Lines of the pieces before. */
  lines = 0;

  add({ deltas, refused, warnings }: ApplyResult): void {
    for (const delta of deltas) this.result.deltas.push(delta);
    this.#addNotices(refused, this.result.refused);
    if (warnings !== undefined) {
      this.result.warnings ??= [];
      this.#addNotices(warnings, this.result.warnings);
    }
  }

  /** Deltas of the pieces before are told nowhere else, so an error in the middle carries them. */
  withWhatIsApplied(error: unknown): unknown {
    if (!(error instanceof SegmentError) || this.lines === 0) return error;
    const message = `After line ${this.lines} (the lines before are applied): ${error.message}`;
    return new SegmentError(error.code, message, { cause: error, applied: this.result });
  }

  #addNotices(notices: readonly LineNotice[], all: LineNotice[]): void {
    for (const notice of notices) all.push({ ...notice, line: notice.line + this.lines });
  }
}
