import { once } from "node:events";
import type { Writable } from "node:stream";

const bufferedLength = 65_536;

/** Text to a stream in few writes, no faster than it is read. */
class BufferedOutput {
  readonly #stream: Writable;
  #text = "";

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  async write(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= bufferedLength) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#text === "") return;
    const text = this.#text;
    this.#text = "";
    if (!this.#stream.write(text)) await once(this.#stream, "drain");
  }
}

/** Results go to standard output; everything about them to standard error. */
export class Terminal {
  readonly #output = new BufferedOutput(process.stdout);
  readonly #errors = new BufferedOutput(process.stderr);
  /** Whether somebody watches standard error. */
  readonly isWatched = process.stderr.isTTY === true;
  /** What a progress bar has drawn and must be gone before anything else is written. */
  #eraser: (() => void) | undefined;

  print(text: string): Promise<void> {
    return this.#output.write(text);
  }

  printLine(text: string): Promise<void> {
    return this.#output.write(`${text}\n`);
  }

  tellLine(text: string): Promise<void> {
    this.#eraser?.();
    return this.#errors.write(`${text}\n`);
  }

  /** Draws over the line below everything that was written. */
  drawProgress(text: string): void {
    process.stderr.write(`\r${text}\x1b[K`);
    this.#eraser = () => {
      process.stderr.write("\r\x1b[K");
      this.#eraser = undefined;
    };
  }

  eraseProgress(): void {
    this.#eraser?.();
  }

  async flush(): Promise<void> {
    await this.#output.flush();
    await this.#errors.flush();
  }
}
