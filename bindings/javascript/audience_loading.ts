import type { AudienceCore } from "./audience_core.ts";
import type { LoadOptions, LoadProgress, LoadResult, MessageSource } from "./audience_types.ts";
import { LineCutter, textChunks } from "./line_chunks.ts";
import type { LineNotice } from "./problem_types.ts";
import { SegmentError } from "./segment_error.ts";

const mostRefusedKept = 1000;
/** How long the page waits at most, in milliseconds. */
const longestTurn = 100;

/** One load of messages into an audience, with turns for the page in between. */
export class AudienceLoading {
  readonly #core: AudienceCore;
  readonly #options: LoadOptions;
  readonly #result: LoadResult = { lines: 0, refusedCount: 0, refused: [] };
  #bytes = 0;
  #totalBytes: number | undefined;
  #turnEnd = 0;
  #isAbandoned = false;

  constructor(core: AudienceCore, options: LoadOptions) {
    this.#core = core;
    this.#options = options;
  }

  /** The audience goes away in the middle. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  async run(source: MessageSource): Promise<LoadResult> {
    this.#options.signal?.throwIfAborted();
    this.#core.beginLoad();
    this.#turnEnd = performance.now() + longestTurn;
    let isCommitted = false;
    try {
      if (typeof source === "string") await this.#loadText(source);
      else if (source instanceof Uint8Array) await this.#loadBytes(source);
      else await this.#loadStream(this.#streamOf(source));
      this.#checkEnd();
      this.#core.commitLoad();
      isCommitted = true;
    } finally {
      if (!isCommitted) this.#core.dropLoad();
    }
    this.#tellProgress();
    return this.#result;
  }

  #streamOf(source: unknown): ReadableStream<Uint8Array> {
    if (typeof Blob === "function" && source instanceof Blob) {
      this.#totalBytes = source.size;
      return source.stream() as ReadableStream<Uint8Array>;
    }
    if (typeof ReadableStream === "function" && source instanceof ReadableStream) return source;
    throw new SegmentError(
      "invalid_argument",
      "`source` must be NDJSON as a text, a Uint8Array, a Blob or a ReadableStream of bytes.",
    );
  }

  async #loadText(text: string): Promise<void> {
    this.#totalBytes = text.length;
    for (const chunk of textChunks(text)) {
      this.#take(this.#core.writeText(chunk));
      this.#bytes += chunk.length;
      await this.#turn();
    }
  }

  async #loadBytes(bytes: Uint8Array): Promise<void> {
    this.#totalBytes = bytes.length;
    const cutter = new LineCutter();
    for (const chunk of cutter.push(bytes)) {
      this.#take(this.#core.writeBytes(chunk));
      this.#bytes += chunk.length;
      await this.#turn();
    }
    for (const chunk of cutter.end()) this.#take(this.#core.writeBytes(chunk));
    this.#bytes = bytes.length;
  }

  async #loadStream(stream: ReadableStream<Uint8Array>): Promise<void> {
    const reader = stream.getReader();
    const cutter = new LineCutter();
    let isAtEnd = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (!(value instanceof Uint8Array)) {
          throw new SegmentError("invalid_argument", "The stream must give bytes (Uint8Array).");
        }
        this.#bytes += value.length;
        for (const chunk of cutter.push(value)) {
          this.#take(this.#core.writeBytes(chunk));
          await this.#turn();
        }
      }
      for (const chunk of cutter.end()) this.#take(this.#core.writeBytes(chunk));
      isAtEnd = true;
    } finally {
      // Also when the signal ends it: nobody reads on.
      if (!isAtEnd) await reader.cancel().catch(() => undefined);
      reader.releaseLock();
    }
  }

  #take(length: number): void {
    const response = this.#core.ingest(length);
    if (response === undefined) return;
    const { refused, warnings } = JSON.parse(response) as Record<
      "refused" | "warnings",
      LineNotice[]
    >;
    if (refused.length > 0) this.#options.onRefused?.(refused);
    if (warnings.length > 0) this.#options.onWarning?.(warnings);
    this.#result.refusedCount += refused.length;
    const room = mostRefusedKept - this.#result.refused.length;
    this.#result.refused.push(...refused.slice(0, room));
  }

  /** Gives the page a turn when this one was long enough. */
  async #turn(): Promise<void> {
    if (performance.now() >= this.#turnEnd) {
      this.#tellProgress();
      await new Promise((resolve) => setTimeout(resolve));
      this.#turnEnd = performance.now() + longestTurn;
    }
    this.#checkEnd();
  }

  #checkEnd(): void {
    if (this.#isAbandoned) throw new SegmentError("disposed", "The audience was disposed.");
    this.#options.signal?.throwIfAborted();
  }

  #tellProgress(): void {
    const { lines } = JSON.parse(this.#core.statistics()) as { lines: number };
    this.#result.lines = lines;
    const progress: LoadProgress = {
      bytes: this.#bytes,
      totalBytes: this.#totalBytes,
      lines,
      refused: this.#result.refusedCount,
    };
    this.#options.onProgress?.(progress);
  }
}
