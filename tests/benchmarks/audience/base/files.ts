import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Base } from "./base.ts";
import type { Delivery } from "./delivery.ts";
import { Messages } from "./messages.ts";

/** A base as files, for programs that read files. */
export interface BaseFiles {
  /** Peers put theirs there too. */
  readonly folder: string;
  /** NDJSON of the Segment Spec. */
  readonly messages: string;
  readonly messageBytes: number;
  /** The `messageId`s of the events that came twice, one a line. */
  readonly repeatedIds: string;
}

function writeChunks(path: string, chunks: Iterable<Uint8Array>): void {
  const file = openSync(path, "w");
  try {
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    }
  } finally {
    closeSync(file);
  }
}

/** A base of a million contacts takes some 4 GB. */
export function writeFiles(base: Base, delivery: Delivery, folder: string): BaseFiles {
  const messages = join(folder, "messages.ndjson");
  const repeatedIds = join(folder, "repeated_ids.csv");
  const writer = new Messages(base);
  writeChunks(messages, writer.chunks(delivery));
  writeChunks(repeatedIds, writer.idsOf(delivery.repeated));
  return { folder, messages, messageBytes: statSync(messages).size, repeatedIds };
}
