import createAudienceModule from "#audience-module";
import { checkedBytes, checkedInstant } from "./arguments.ts";
import {
  AudienceCore,
  draftSet,
  everybody,
  type Page,
  type Place,
  setInForce,
} from "./audience_core.ts";
import { AudienceLoading } from "./audience_loading.ts";
import type {
  AtOptions,
  AudienceOptions,
  AudienceStatistics,
  Distribution,
  DistributionOptions,
  Impact,
  LoadOptions,
  LoadResult,
  MessageSource,
  MetricDefinition,
  MetricOptions,
  Overlap,
  PageOptions,
} from "./audience_types.ts";
import type { Messages } from "./contact.ts";
import { instantiateCore } from "./core_instance.ts";
import {
  type DefineResult,
  defineSegments,
  jsonText,
  refusal,
  type SegmentSummary,
  type SegmentsInput,
} from "./define.ts";
import type { ParameterOverrides, SegmentDefinition } from "./definition_types.ts";
import { disposeSymbol } from "./dispose_symbol.ts";
import { messageLines } from "./message_lines.ts";
import type { LineNotice, Problem } from "./problem_types.ts";
import { SegmentError, unknownSegment } from "./segment_error.ts";
import type { CompiledModules } from "./wasm_source.ts";

const defaultPageLength = 100;
const defaultBuckets = 20;
const mostBuckets = 10_000;

/** What an entry's `createAudience` does with the core that it brings. */
export async function startAudience(
  modules: CompiledModules,
  options: AudienceOptions,
): Promise<Audience> {
  const module = await modules.of(options.wasm);
  return new Audience(
    new AudienceCore(await instantiateCore(createAudienceModule, module)),
    options,
  );
}

/** Many contacts in columns, and who of them is in what. Made by `createAudience`. */
export class Audience {
  #core: AudienceCore | undefined;
  #parameters: ParameterOverrides | undefined;
  #segments: readonly SegmentSummary[] = [];
  #places: ReadonlyMap<string, number> = new Map();
  #draft: { text: string; segment: number } | undefined;
  #loading: AudienceLoading | undefined;

  /** @internal */
  constructor(core: AudienceCore, options: AudienceOptions) {
    this.#core = core;
    core.setHashKey(crypto.getRandomValues(new Uint32Array(4)));
    this.define(options.segments, options);
  }

  /**
   * Puts a set of segments in the place of the one in force, as a whole or not at all. The contacts stay; what the new
   * set has in common with what was asked before is not computed again.
   *
   * @throws SegmentError `definitions_refused`, with all problems; the old set stays in force.
   */
  define(segments: SegmentsInput, options: { parameters?: ParameterOverrides } = {}): DefineResult {
    const parameters = options.parameters ?? this.#parameters;
    const {
      problems,
      changed,
      segments: summaries,
    } = defineSegments(this.#opened(), segments, parameters);
    this.#parameters = parameters;
    this.#segments = Object.freeze(summaries);
    this.#places = new Map(summaries.map(({ id }, index) => [id, index]));
    this.#draft = undefined;
    return { problems, changed };
  }

  /** The segments in force, by id. */
  segments(): readonly SegmentSummary[] {
    this.#opened();
    return this.#segments;
  }

  /**
   * Takes messages in, all or none: in any order, also to contacts that are there already. Lines that are refused are
   * told, and the others count. A message without timestamp has the largest one accepted before it in this load.
   * Some microseconds a message; `onProgress` runs in between.
   *
   * @throws SegmentError `out_of_memory`, with what is needed; or the signal's reason. Nothing was taken then.
   */
  async load(source: MessageSource, options: LoadOptions = {}): Promise<LoadResult> {
    if (this.#loading !== undefined) {
      throw new SegmentError("invalid_argument", "Another load of this audience is under way.");
    }
    const loading = new AudienceLoading(this.#opened(), options);
    this.#loading = loading;
    try {
      return await loading.run(source);
    } finally {
      this.#loading = undefined;
    }
  }

  /**
   * Takes messages in that come after loading: one, several, or NDJSON. They count at once. Costs as much as the
   * contacts that they reach have events, whatever the others have.
   */
  append(
    messages: Messages,
    options: { now?: number } = {},
  ): { refused: LineNotice[]; warnings?: LineNotice[] } {
    const core = this.#answering();
    const now = checkedInstant(options.now ?? Date.now(), "now");
    const result: { refused: LineNotice[]; warnings?: LineNotice[] } = { refused: [] };
    for (const { lines, linesBefore } of messageLines(messages, result.refused)) {
      const length = typeof lines === "string" ? core.writeText(lines) : core.writeBytes(lines);
      const response = core.append(length, now);
      if (response === undefined) continue;
      const told = JSON.parse(response) as Record<"refused" | "warnings", LineNotice[]>;
      const inAll = (notice: LineNotice) => ({ ...notice, line: notice.line + linesBefore });
      result.refused.push(...told.refused.map(inAll));
      if (told.warnings.length > 0) {
        result.warnings = [...(result.warnings ?? []), ...told.warnings.map(inAll)];
      }
    }
    result.refused.sort((left, right) => left.line - right.line);
    return result;
  }

  /**
   * How many contacts are in a segment, by its id, or would be by a definition that is still being edited (which sees
   * the others in force, in the place of the one with its id).
   *
   * @throws SegmentError `unknown_segment`; `definitions_refused`, with the problems of the definition.
   */
  count(segment: string | SegmentDefinition, options: AtOptions = {}): number {
    const core = this.#answering();
    const [set, index] = this.#place(segment);
    return core.count(set, index, instantOf(options));
  }

  /** How many contacts each segment in force has, by id. What segments have in common is computed once. */
  counts(options: AtOptions = {}): Record<string, number> {
    const counts = JSON.parse(this.#answering().counts(instantOf(options))) as number[];
    return Object.fromEntries(this.#segments.map(({ id }, index) => [id, counts[index] ?? 0]));
  }

  /** A page of the ids of a segment's contacts, in code point order. The first one after loading sorts all ids. */
  members(segment: string | SegmentDefinition, options: PageOptions = {}): string[] {
    const core = this.#answering();
    const [set, index] = this.#place(segment);
    return JSON.parse(core.members(set, index, instantOf(options), pageOf(options))) as string[];
  }

  /** How many contacts two segments in force have, and have in common. */
  overlap(first: string, second: string, options: AtOptions = {}): Overlap {
    const core = this.#answering();
    const text = core.overlap(this.#index(first), this.#index(second), instantOf(options));
    const overlap = JSON.parse(text) as Omit<Overlap, "either">;
    return { ...overlap, either: overlap.first + overlap.second - overlap.both };
  }

  /**
   * Who would enter and leave if a definition were saved in the place of the segment with its id.
   *
   * @throws SegmentError `definitions_refused`, with its problems.
   */
  impact(definition: SegmentDefinition, options: PageOptions = {}): Impact {
    const core = this.#answering();
    this.#place(definition);
    return JSON.parse(core.impact(instantOf(options), pageOf(options))) as Impact;
  }

  /**
   * How the values of a metric are spread over the contacts: to choose what "frequent" or "high value" means. Contacts
   * for which it is missing are left out; without an event, counts and sums are 0 and not missing.
   *
   * @throws SegmentError `definitions_refused`, with the problems of the metric, or of `within`; `unknown_segment`.
   */
  distribution(metric: MetricDefinition, options: DistributionOptions = {}): Distribution {
    const core = this.#answering();
    const [buckets, bounds] = bucketsOf(options.buckets ?? defaultBuckets);
    this.#measure(metric, options);
    const within = this.#within(options);
    const text = core.distribution(instantOf(options), buckets, bounds, within);
    return { buckets: [], ...(JSON.parse(text) as Partial<Distribution>) } as Distribution;
  }

  /**
   * The smallest value of a metric that at least the share `q` (0 to 1) of the contacts is at or below, by nearest rank
   * (the smallest value of all for 0); undefined when no contact has a value. 0.9: nine in ten have this much or less.
   *
   * @throws SegmentError `definitions_refused`, with the problems of the metric, or of `within`; `unknown_segment`.
   */
  quantile(metric: MetricDefinition, q: number, options: MetricOptions = {}): number | undefined {
    const core = this.#answering();
    if (!(q >= 0 && q <= 1)) {
      throw new SegmentError("invalid_argument", "`q` must be a number from 0 to 1.");
    }
    this.#measure(metric, options);
    const value = core.quantile(q, instantOf(options), this.#within(options));
    return Number.isNaN(value) ? undefined : value;
  }

  /**
   * All contacts as one file, to be opened again in a fraction of the time that loading took: here or elsewhere, with
   * these or other segments. docs/audience.md describes it to the byte.
   */
  save(): Uint8Array<ArrayBuffer> {
    return this.#answering().save();
  }

  /**
   * Takes the contacts of a file in the place of those that are there.
   *
   * @throws SegmentError `audience_damaged`, `audience_version`, `out_of_memory`. Nothing has changed then.
   */
  open(file: Uint8Array): void {
    this.#answering().open(checkedBytes(file, "file"));
  }

  /** Forgets all contacts; the segments stay. The memory is used again, not given back. */
  clear(): void {
    this.#answering().clear();
  }

  statistics(): AudienceStatistics {
    const core = this.#opened();
    const { contacts, events, messages, bytes } = JSON.parse(
      core.statistics(),
    ) as AudienceStatistics;
    return { contacts, events, messages, bytes, memoryBytes: core.memoryLength };
  }

  /** Forgets what was computed, so that the next answers are measured as if they were the first. */
  forgetAnswers(): void {
    this.#opened().forgetAnswers();
  }

  /** Frees the audience with all its memory. Nothing more can be asked of it then. */
  dispose(): void {
    this.#loading?.abandon();
    this.#core = undefined;
  }

  [disposeSymbol](): void {
    this.dispose();
  }

  #opened(): AudienceCore {
    if (this.#core === undefined) throw new SegmentError("disposed", "The audience was disposed.");
    return this.#core;
  }

  /** The core, when no load is under way, whose messages would count in part. */
  #answering(): AudienceCore {
    const core = this.#opened();
    if (this.#loading === undefined) return core;
    throw new SegmentError("invalid_argument", "A load is under way: await it first.");
  }

  #index(id: string): number {
    const index = this.#places.get(id);
    if (index === undefined) throw unknownSegment(id);
    return index;
  }

  /** The set and place of a segment, or of a definition, which becomes the draft. */
  #place(segment: string | SegmentDefinition): Place {
    if (typeof segment === "string") return [setInForce, this.#index(segment)];
    const text = jsonText(segment, "definition");
    if (this.#draft?.text !== text) {
      const core = this.#opened();
      this.#draft = undefined;
      const isTaken = core.draft(core.writeText(text));
      const { problems, segment: place = 0 } = JSON.parse(core.response() ?? "{}") as {
        problems: Problem[];
        segment?: number;
      };
      if (!isTaken) throw refusal(problems);
      this.#draft = { text, segment: place };
    }
    return [draftSet, this.#draft.segment];
  }

  #within({ within }: MetricOptions): Place {
    return within === undefined ? everybody : this.#place(within);
  }

  #measure(metric: MetricDefinition, options: MetricOptions): void {
    const core = this.#opened();
    const lengths = core.writeTexts(jsonText(metric, "metric"), options.timezone ?? "");
    if (core.metric(...lengths)) return;
    const { problems } = JSON.parse(core.response() ?? "{}") as { problems: Problem[] };
    throw refusal(problems);
  }
}

function instantOf({ at = Date.now() }: AtOptions): number {
  return checkedInstant(at, "at");
}

function pageOf({ limit = defaultPageLength, after }: PageOptions): Page {
  if (!(limit >= 0)) {
    throw new SegmentError("invalid_argument", "`limit` must be a number that is not negative.");
  }
  return { limit: Math.floor(limit), after };
}

/** How many buckets, or their bounds. */
function bucketsOf(buckets: number | readonly number[]): [number, readonly number[]] {
  if (typeof buckets === "number") {
    if (Number.isInteger(buckets) && buckets >= 1 && buckets <= mostBuckets) return [buckets, []];
  } else {
    const isAscending = buckets.every(
      (bound, index) =>
        Number.isFinite(bound) && (index === 0 || bound > (buckets[index - 1] as number)),
    );
    if (isAscending && buckets.length >= 2 && buckets.length <= mostBuckets + 1)
      return [0, buckets];
  }
  throw new SegmentError(
    "invalid_argument",
    `\`buckets\` must be a whole number from 1 to ${mostBuckets}, or at least two finite numbers that ascend.`,
  );
}
