import { Directory } from "../javascript/directory.ts";
import type { StudioCore } from "../javascript/studio_core.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Reads an instant as a message's timestamp is read, or `now`. The core reads timestamps, so it is given a message
 * that has this one, and asked for the clock afterwards.
 */
export function instantOption(core: StudioCore, text: string, option: string): number {
  if (text === "now") return Date.now();
  const timestamp = /^-?\d+$/.test(text) ? text : JSON.stringify(text);
  const directory = new Directory(core, {
    segments: [],
    live: true,
    source: "command-line",
    epoch: "0",
  });
  const { refused } = directory.ingest(`{"type":"page","userId":"clock","timestamp":${timestamp}}`);
  const { clock } = directory.statistics();
  directory.close();
  if (refused.length > 0 || clock === null) {
    throw new UsageError(
      `${option} ${text}: write an instant with time and offset, such as 2026-11-23T10:00:00Z, ` +
        "or epoch milliseconds, or now.",
    );
  }
  return clock;
}
