/** So many bytes are looked at; the names and values of a base show in far fewer. */
const mostBytesRead = 12 * 1024 * 1024;

/**
 * Lets bytes of NDJSON through and shows some of the lines on their way: all of a small source, whole pieces at even
 * distances of a large one.
 */
export class LineSampler {
  readonly #show: (lines: string) => void;
  readonly #share: number;
  readonly #decoder = new TextDecoder();
  #pieces = 0;
  #rest = "";

  constructor(totalBytes: number, show: (lines: string) => void) {
    this.#share = Math.min(1, mostBytesRead / Math.max(totalBytes, 1));
    this.#show = show;
  }

  get isSample(): boolean {
    return this.#share < 1;
  }

  through(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const transform = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) => {
        this.#look(piece);
        controller.enqueue(piece);
      },
      flush: () => this.#show(this.#rest),
    });
    return source.pipeThrough(transform);
  }

  #look(piece: Uint8Array): void {
    const before = Math.floor(this.#pieces * this.#share);
    this.#pieces += 1;
    if (this.isSample) {
      if (this.#pieces > 1 && Math.floor(this.#pieces * this.#share) === before) return;
      // Its first and last line may be cut.
      const text = new TextDecoder().decode(piece);
      this.#show(text.slice(text.indexOf("\n") + 1, text.lastIndexOf("\n")));
      return;
    }
    const text = this.#rest + this.#decoder.decode(piece, { stream: true });
    const end = text.lastIndexOf("\n") + 1;
    this.#show(text.slice(0, end));
    this.#rest = text.slice(end);
  }
}
