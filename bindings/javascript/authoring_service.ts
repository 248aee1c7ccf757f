import { definitionText, jsonText, refusal, type SegmentsInput } from "./define.ts";
import type { DescribeOptions, Description } from "./description_types.ts";
import { disposeSymbol } from "./dispose_symbol.ts";
import type { Problem } from "./problem_types.ts";
import { SegmentError } from "./segment_error.ts";
import type { AuthoringTask, StudioCore } from "./studio_core.ts";

/** Helps to write rules. Made by `createAuthoring`; every call is finished when it returns. */
export class Authoring {
  #core: StudioCore | undefined;

  /** @internal */
  constructor(core: StudioCore) {
    this.#core = core;
  }

  /**
   * Says each definition as one sentence, and as a tree of short phrases. Segments that a definition names need not be
   * given.
   *
   * @throws SegmentError `definitions_refused`, with all problems.
   */
  describe(segments: SegmentsInput, options: DescribeOptions = {}): Description[] {
    return this.#ask("describe", definitionText(segments), options);
  }

  /** Frees the core. Nothing more can be asked of it then. */
  dispose(): void {
    this.#core = undefined;
  }

  [disposeSymbol](): void {
    this.dispose();
  }

  #ask<Answer>(task: AuthoringTask, subject: string | Uint8Array, options: object): Answer {
    if (this.#core === undefined) {
      throw new SegmentError("disposed", "This authoring was disposed.");
    }
    const { isRefused, response } = this.#core.author(task, subject, jsonText(options, "options"));
    const answer = JSON.parse(response) as Answer & { problems?: Problem[] };
    if (isRefused) throw refusal(answer?.problems ?? []);
    return answer;
  }
}
