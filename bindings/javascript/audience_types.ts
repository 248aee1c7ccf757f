import type { SegmentsInput } from "./define.ts";
import type { Metric, ParameterOverrides, SegmentDefinition } from "./definition_types.ts";
import type { LineNotice } from "./problem_types.ts";
import type { WasmSource } from "./wasm_source.ts";

export interface AudienceOptions {
  segments: SegmentsInput;
  /** Values that replace those of the definitions' parameters. */
  parameters?: ParameterOverrides;
  /** Where `audience.wasm` comes from, for hosts that must hand it in; by default it is part of this module. */
  wasm?: WasmSource;
}

/** Messages as NDJSON: text, UTF-8 bytes, a Blob or File, or a stream of bytes. */
export type MessageSource = string | Uint8Array | Blob | ReadableStream<Uint8Array>;

export interface LoadProgress {
  /** Bytes read (of a text: UTF-16 units). */
  bytes: number;
  /** All there are; undefined for a stream, whose end nobody knows. */
  totalBytes: number | undefined;
  lines: number;
  refused: number;
}

export interface LoadOptions {
  /** Told about ten times a second, and at the end. */
  onProgress?: (progress: LoadProgress) => void;
  /** Told every line that is refused, as it comes. */
  onRefused?: (refused: readonly LineNotice[]) => void;
  /** Told every line of which not all properties were kept. */
  onWarning?: (warnings: readonly LineNotice[]) => void;
  /** Ends the load: nothing of it is taken, and it rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface LoadResult {
  lines: number;
  /** How many lines were refused. */
  refusedCount: number;
  /** The first 1,000 of them; `onRefused` is told all. */
  refused: LineNotice[];
}

export interface AtOptions {
  /** Epoch milliseconds (default: now). */
  at?: number;
}

export interface PageOptions extends AtOptions {
  /** At most so many ids (default 100; Infinity for all). */
  limit?: number;
  /** Only ids after this one in code point order: the last of the page before. */
  after?: string;
}

export interface Overlap {
  first: number;
  second: number;
  /** Contacts that are in both. */
  both: number;
  /** Contacts that are in one or both. */
  either: number;
}

export interface ImpactSide {
  count: number;
  /** Ids in code point order, a page of them. */
  members: string[];
}

export interface Impact {
  /** Members of the segment in force with the same id; 0 when there is none. */
  before: number;
  after: number;
  entering: ImpactSide;
  leaving: ImpactSide;
}

/** What is measured of each contact: as `metric` in a compare condition. */
export type MetricDefinition = Metric;

export interface MetricOptions extends AtOptions {
  /** The zone of calendars and dates in the metric (default UTC): an IANA name, or "contact". */
  timezone?: string;
  /** Only contacts in this segment, by its id, or by a definition as for `count` (default: all). */
  within?: string | SegmentDefinition;
}

export interface DistributionOptions extends MetricOptions {
  /** How many buckets of one width from the smallest value to the largest (default 20), or their ascending bounds. */
  buckets?: number | readonly number[];
}

export interface Distribution {
  /** Contacts that have a value. */
  contacts: number;
  /** Contacts for which the metric is missing or no number. */
  missing: number;
  /** Undefined, like those below, when no contact has a value. */
  minimum?: number;
  maximum?: number;
  /** Correctly rounded. */
  mean?: number;
  /** Each holds values from `from` on and below `to`; the last one those equal to `to` as well. */
  buckets: { from: number; to: number; count: number }[];
}

export interface AudienceStatistics {
  contacts: number;
  /** Distinct events of all contacts. */
  events: number;
  /** Messages accepted. */
  messages: number;
  /** Bytes of the columns, ids and dictionaries. */
  bytes: number;
  /** Bytes of the WebAssembly memory, which never shrinks. */
  memoryBytes: number;
}
