import { createReadStream, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ProgressBar } from "./progress_bar.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage_error.ts";

const readLength = 1_048_576;

/** A file's name for people; `-` is standard input. */
export function inputName(path: string): string {
  return path === "-" ? "standard input" : path;
}

/** The bytes of a file or of standard input; those of a .gz file unpacked. */
export async function* readInput(path: string, terminal: Terminal): AsyncGenerator<Uint8Array> {
  const isStandardInput = path === "-";
  const total = isStandardInput ? undefined : sizeOf(path);
  const progress = new ProgressBar(terminal, `Reading ${inputName(path)}`, total);
  const source: Readable = isStandardInput
    ? process.stdin
    : createReadStream(path, { highWaterMark: readLength });
  try {
    yield* path.endsWith(".gz") ? unpacked(source, progress) : counted(source, progress);
  } finally {
    progress.finish();
  }
}

async function* counted(source: Readable, progress: ProgressBar): AsyncGenerator<Uint8Array> {
  for await (const bytes of source as AsyncIterable<Uint8Array>) {
    progress.advance(bytes.length);
    yield bytes;
  }
}

async function* unpacked(source: Readable, progress: ProgressBar): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: readLength });
  source.on("data", (bytes: Uint8Array) => progress.advance(bytes.length));
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  yield* gunzip as AsyncIterable<Uint8Array>;
}

function sizeOf(path: string): number {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw new UsageError(`There is no file ${path}.`);
  if (status.isDirectory()) throw new UsageError(`${path} is a folder; a file is needed here.`);
  return status.size;
}
