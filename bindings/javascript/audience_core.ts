import { CoreMemory, type MemoryModule, outOfMemory, statusRefused } from "./core_memory.ts";
import { SegmentError, type SegmentErrorCode } from "./segment_error.ts";

/** What bindings/wasm/embind_audience.cpp exports. See bindings/wasm/audience_bridge.h. */
export interface AudienceModule extends MemoryModule {
  setHashKey(first: number, second: number, third: number, fourth: number): void;
  beginLoad(): number;
  ingest(length: number): number;
  commitLoad(): number;
  dropLoad(): number;
  append(length: number, now: number): number;
  draft(length: number): number;
  metric(metricLength: number, zoneLength: number): number;
  count(set: number, segment: number, at: number): number;
  counts(at: number): number;
  members(
    set: number,
    segment: number,
    at: number,
    limit: number,
    hasAfter: number,
    afterLength: number,
  ): number;
  overlap(first: number, second: number, at: number): number;
  impact(at: number, limit: number, hasAfter: number, afterLength: number): number;
  distribution(
    at: number,
    buckets: number,
    bounds: number,
    withinSet: number,
    withinSegment: number,
  ): number;
  quantile(q: number, at: number, withinSet: number, withinSegment: number): number;
  beginSave(): number;
  pieceAddress(piece: number): number;
  pieceLength(piece: number): number;
  endSave(): void;
  open(length: number): number;
  clear(): number;
  statistics(): number;
  forgetAnswers(): void;
  textCount(): number;
}

/** Which set of segments a call is about. */
export const setInForce = 0;
export const draftSet = 1;

/** A page of ids: at most `limit`, after `after` in code point order. */
export interface Page {
  limit: number;
  after: string | undefined;
}

/** The place of a segment in its set. */
export type Place = readonly [set: number, segment: number];
/** In the place of a segment: all contacts. */
export const everybody: Place = [setInForce, -1];

const mostIds = 0xffff_ffff;

/** An instance of the audience module. */
export class AudienceCore extends CoreMemory<AudienceModule> {
  setHashKey(words: Uint32Array): void {
    const [first = 0, second = 0, third = 0, fourth = 0] = words;
    this.module.setHashKey(first, second, third, fourth);
  }

  beginLoad(): void {
    this.call(() => this.module.beginLoad());
  }

  /** What there is to tell of the lines that were written, as JSON. */
  ingest(length: number): string | undefined {
    this.#load(() => this.module.ingest(length));
    return this.response();
  }

  commitLoad(): void {
    this.#load(() => this.module.commitLoad());
  }

  dropLoad(): void {
    this.call(() => this.module.dropLoad());
  }

  append(length: number, now: number): string | undefined {
    this.call(() => this.module.append(length, now));
    return this.response();
  }

  /** Makes the definition that was written the draft; false when it is refused. */
  draft(length: number): boolean {
    return this.call(() => this.module.draft(length)) !== statusRefused;
  }

  metric(metricLength: number, zoneLength: number): boolean {
    return this.call(() => this.module.metric(metricLength, zoneLength)) !== statusRefused;
  }

  count(set: number, segment: number, at: number): number {
    const count = this.number(() => this.module.count(set, segment, at));
    if (count < 0) throw outOfMemory();
    return count;
  }

  counts(at: number): string {
    this.call(() => this.module.counts(at));
    return this.response() ?? "[]";
  }

  members(set: number, segment: number, at: number, page: Page): string {
    const [limit, hasAfter, length] = this.#page(page);
    this.call(() => this.module.members(set, segment, at, limit, hasAfter, length));
    return this.response() ?? "[]";
  }

  overlap(first: number, second: number, at: number): string {
    this.call(() => this.module.overlap(first, second, at));
    return this.response() ?? "{}";
  }

  impact(at: number, page: Page): string {
    const [limit, hasAfter, length] = this.#page(page);
    this.call(() => this.module.impact(at, limit, hasAfter, length));
    return this.response() ?? "{}";
  }

  distribution(at: number, buckets: number, bounds: readonly number[], within: Place): string {
    this.writeBytes(new Uint8Array(Float64Array.from(bounds).buffer));
    this.call(() => this.module.distribution(at, buckets, bounds.length, ...within));
    return this.response() ?? "{}";
  }

  quantile(q: number, at: number, within: Place): number {
    return this.number(() => this.module.quantile(q, at, ...within));
  }

  /** A file of all contacts. */
  save(): Uint8Array<ArrayBuffer> {
    const count = this.number(() => this.module.beginSave());
    if (count < 0) throw outOfMemory();
    const lengths = Array.from({ length: count }, (_, piece) => this.module.pieceLength(piece));
    try {
      const file = new Uint8Array(lengths.reduce((sum, length) => sum + (length >>> 0), 0));
      let place = 0;
      for (const [piece, length] of lengths.entries()) {
        const address = this.module.pieceAddress(piece) >>> 0;
        file.set(this.module.HEAPU8.subarray(address, address + (length >>> 0)), place);
        place += length >>> 0;
      }
      return file;
    } finally {
      this.module.endSave();
    }
  }

  /** Takes the contacts of a file in the place of those that are there. */
  open(file: Uint8Array): void {
    const length = this.writeBytes(file);
    let status: number;
    try {
      status = this.call(() => this.module.open(length));
    } finally {
      this.forgetInput();
    }
    if (status !== statusRefused) return;
    const { code } = JSON.parse(this.response() ?? "{}") as { code: SegmentErrorCode };
    const reason =
      code === "audience_version"
        ? "it is of another version of this package"
        : "it is damaged, or no file of an audience";
    throw new SegmentError(code, `The audience was not opened: ${reason}. Nothing has changed.`);
  }

  clear(): void {
    this.call(() => this.module.clear());
  }

  statistics(): string {
    this.call(() => this.module.statistics());
    return this.response() ?? "{}";
  }

  /** Forgets what was computed, to measure anew. */
  forgetAnswers(): void {
    this.module.forgetAnswers();
  }

  /** How many distinct texts the core holds: a leak counter for tests. */
  textCount(): number {
    return this.module.textCount();
  }

  #load(call: () => number): void {
    try {
      this.call(call);
    } catch (error) {
      if (!(error instanceof SegmentError) || error.code !== "out_of_memory") throw error;
      const { needed } = JSON.parse(this.response() ?? "{}") as { needed?: number };
      throw loadTooLarge(this.memoryLength, needed);
    }
  }

  #page({ limit, after }: Page): [number, number, number] {
    const length = this.writeText(after ?? "");
    return [Math.min(limit, mostIds), after === undefined ? 0 : 1, length];
  }
}

function loadTooLarge(taken: number, needed: number | undefined): SegmentError {
  const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
  const need =
    needed === undefined ? "" : ` Putting them in order needs ${megabytes(needed)} MB more.`;
  return new SegmentError(
    "out_of_memory",
    `There is no memory for these messages beside the ${megabytes(taken)} MB that are taken; an audience has at most ` +
      `4 GB, and the host may give less.${need} None of this load was taken; what was loaded before is as it was. ` +
      "Load fewer messages or properties, or split the contacts over several audiences.",
  );
}
