/**
 * Cuts NDJSON into pieces of whole lines, so that the core's input buffer stays small.
 *
 * A line longer than a whole piece is longer than any message may be. Only its beginning is passed on: enough for the
 * core to see that, and to refuse it.
 */
const chunkLength = 262_144;
/** More than the largest message, 64 KiB, by enough for a line's end. */
const longestLine = 66_560;
const newline = 10;

/** One line, at most as much of it as can matter. */
export function boundedLine(text: string): string {
  return text.length > chunkLength ? text.slice(0, longestLine) : text;
}

export function* textChunks(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > chunkLength) {
    const lastNewline = text.lastIndexOf("\n", start + chunkLength - 1);
    if (lastNewline >= start) {
      yield text.slice(start, lastNewline + 1);
      start = lastNewline + 1;
    } else {
      yield text.slice(start, start + longestLine);
      const lineEnd = text.indexOf("\n", start + chunkLength);
      start = lineEnd < 0 ? text.length : lineEnd + 1;
    }
  }
  if (start < text.length) yield text.slice(start);
}

export function* byteChunks(bytes: Uint8Array): Generator<Uint8Array> {
  const cutter = new LineCutter();
  yield* cutter.push(bytes);
  yield* cutter.end();
}

/** Cuts a stream of bytes that arrives in pieces of any size. */
export class LineCutter {
  #rest: Uint8Array = new Uint8Array(0);
  /** Inside a line that is too long: all up to its end is dropped. */
  #skipping = false;

  *push(bytes: Uint8Array): Generator<Uint8Array> {
    let pending = bytes;
    if (this.#skipping) {
      const lineEnd = pending.indexOf(newline);
      if (lineEnd < 0) return;
      this.#skipping = false;
      pending = pending.subarray(lineEnd + 1);
    }
    if (this.#rest.length > 0) {
      pending = joined(this.#rest, pending);
      this.#rest = new Uint8Array(0);
    }
    let start = 0;
    while (pending.length - start > chunkLength) {
      const lastNewline = pending.lastIndexOf(newline, start + chunkLength - 1);
      if (lastNewline >= start) {
        yield pending.subarray(start, lastNewline + 1);
        start = lastNewline + 1;
        continue;
      }
      yield pending.subarray(start, start + longestLine);
      const lineEnd = pending.indexOf(newline, start + chunkLength);
      if (lineEnd < 0) {
        this.#skipping = true;
        return;
      }
      start = lineEnd + 1;
    }
    const lastNewline = pending.lastIndexOf(newline);
    if (lastNewline >= start) {
      yield pending.subarray(start, lastNewline + 1);
      start = lastNewline + 1;
    }
    // A copy, since the caller may use its buffer again; slice() of a Node.js Buffer is none.
    this.#rest = new Uint8Array(pending.subarray(start));
  }

  *end(): Generator<Uint8Array> {
    if (this.#rest.length > 0) yield this.#rest;
    this.#rest = new Uint8Array(0);
    this.#skipping = false;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

export function lineCount(chunk: string): number {
  let lines = 0;
  for (let at = chunk.indexOf("\n"); at >= 0; at = chunk.indexOf("\n", at + 1)) lines += 1;
  return chunk.endsWith("\n") ? lines : lines + 1;
}

export function byteLineCount(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) lines += 1;
  return chunk.at(-1) === newline ? lines : lines + 1;
}
