import type { AudienceCore } from "../javascript/audience_core.ts";
import { Directory } from "../javascript/directory.ts";
import type { StudioCore } from "../javascript/studio_core.ts";
import { UsageError } from "./usage_error.ts";

/** Has a core take one message; answers the clock that it leaves, or null when it is refused. */
export type ClockReader = (line: string) => number | null;

export function directoryClock(core: StudioCore): ClockReader {
  return (line) => {
    const directory = new Directory(core, {
      segments: [],
      live: true,
      source: "command-line",
      epoch: "0",
    });
    directory.ingest(line);
    const { clock } = directory.statistics();
    directory.close();
    return clock;
  };
}

export function audienceClock(core: AudienceCore): ClockReader {
  return (line) => {
    core.beginLoad();
    core.ingest(core.writeText(line));
    const { clock } = JSON.parse(core.statistics()) as { clock: number | null };
    core.dropLoad();
    return clock;
  };
}

/**
 * Reads an instant as a message's timestamp is read, or `now`. The core reads timestamps, so it is given a message
 * that has this one, and asked for the clock afterwards.
 */
export function instantOption(readClock: ClockReader, text: string, option: string): number {
  if (text === "now") return Date.now();
  const timestamp = /^-?\d+$/.test(text) ? text : JSON.stringify(text);
  const clock = readClock(`{"type":"page","userId":"clock","timestamp":${timestamp}}`);
  if (clock === null) {
    throw new UsageError(
      `${option} ${text}: write an instant with time and offset, such as 2026-11-23T10:00:00Z, ` +
        "or epoch milliseconds, or now.",
    );
  }
  return clock;
}
