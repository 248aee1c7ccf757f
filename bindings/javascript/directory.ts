import { type DefineResult, defineSegments, type SegmentsInput } from "./define.ts";
import type { ParameterOverrides } from "./definition_types.ts";
import type { ApplyResult, Delta } from "./delta_types.ts";
import { outcomeOf } from "./responses.ts";
import { unknownSegment } from "./segment_error.ts";
import type { StudioCore } from "./studio_core.ts";

export interface DirectoryOptions {
  segments: SegmentsInput;
  parameters?: ParameterOverrides;
  /** Deltas are wanted, so every message moves the clock. */
  live: boolean;
  /** What deltas say. */
  source: string;
  epoch: string;
}

export interface DirectoryStatistics {
  contacts: number;
  messages: number;
  lines: number;
  /** Epoch milliseconds; null before the first message. */
  clock: number | null;
}

/** The contacts of a message file. A core has at most one directory; opening another empties it. */
export class Directory {
  readonly #core: StudioCore;
  /** What the core had to say about the definitions. */
  readonly defined: DefineResult;
  readonly #segmentIndex: ReadonlyMap<string, number>;

  constructor(core: StudioCore, options: DirectoryOptions) {
    this.#core = core;
    core.setOrigin(options.source, options.epoch);
    const defined = defineSegments(core, options.segments, options.parameters);
    this.defined = defined;
    this.#segmentIndex = new Map(defined.segments.map(({ id }, index) => [id, index]));
    core.openDirectory(options.live);
  }

  /** Live: messages after this instant are left out from now on, and the clock ends there. */
  limitUntil(until: number): void {
    this.#core.limitUntil(until);
  }

  /** Takes whole lines of NDJSON; the last may lack its end. Line numbers go on from call to call. */
  ingest(lines: Uint8Array | string): ApplyResult {
    const length =
      typeof lines === "string" ? this.#core.writeText(lines) : this.#core.writeBytes(lines);
    this.#core.ingest(length);
    return outcomeOf(this.#core);
  }

  /** Live: moves the clock to the limit, if there is one; answers the deltas that were held back. */
  finish(): Delta[] {
    this.#core.finish();
    return this.#core.deltas();
  }

  /** Not live: who is in what at an instant, as JSON text: `{"<id>":{"count":N,"members":[ids]}}`. */
  evaluate(at: number, withMembers: boolean): string {
    return this.#core.evaluate(at, withMembers) ?? "{}";
  }

  /** Place of a segment in the core's list. Throws when no such segment is defined. */
  segmentIndex(id: string): number {
    const index = this.#segmentIndex.get(id);
    if (index === undefined) throw unknownSegment(id);
    return index;
  }

  /** Not live: why a contact, by any of its ids, is in a segment at an instant, as JSON; undefined: there is none. */
  explain(contact: string, segmentIndex: number, at: number): string | undefined {
    return this.#core.explainInDirectory(contact, segmentIndex, at);
  }

  statistics(): DirectoryStatistics {
    return JSON.parse(this.#core.directoryStatistics() ?? "{}") as DirectoryStatistics;
  }

  close(): void {
    this.#core.closeDirectory();
  }
}
