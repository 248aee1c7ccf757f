import { closeSync, openSync, readSync } from "node:fs";

const readSize = 1 << 20;

/** A file's bytes, read by the thread that uses them, as the databases do it. */
export function* chunksOfFile(path: string): Generator<Uint8Array<ArrayBuffer>> {
  const file = openSync(path, "r");
  try {
    for (;;) {
      const chunk = new Uint8Array(readSize);
      const length = readSync(file, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** Chunks as a stream that knows how long making them took. */
export class TimedSource {
  readonly stream: ReadableStream<Uint8Array>;
  bytes = 0;
  milliseconds = 0;

  constructor(chunks: Iterator<Uint8Array>) {
    this.stream = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          const from = performance.now();
          const next = chunks.next();
          this.milliseconds += performance.now() - from;
          if (next.done === true) {
            controller.close();
          } else {
            this.bytes += next.value.length;
            controller.enqueue(next.value);
          }
        },
      },
      { highWaterMark: 0 },
    );
  }
}
