import { evaluate } from "./evaluate.ts";
import type { Line } from "./messages.ts";

/** Short ways to write the small worlds of the hand-computed tests. */
export function at(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`no instant: ${text}`);
  return instant;
}

type Members = { [key: string]: unknown };

export function track(time: string | number, event = "X", properties: Members = {}): string {
  return JSON.stringify({ type: "track", userId: "u", event, timestamp: time, properties });
}

export function identify(time: string | number, traits: Members): string {
  return JSON.stringify({ type: "identify", userId: "u", timestamp: time, traits });
}

export function segment(when: Members, more: Members = {}): Members {
  return { version: 1, id: "s", when, ...more };
}

/** Whether anybody is in the one segment at an instant. */
export function isMember(
  definition: Members,
  lines: Line[],
  instant: string | number,
  parameters?: Members,
): boolean {
  const when = typeof instant === "number" ? instant : at(instant);
  const found = evaluate({ definitions: [definition], lines, at: when, parameters });
  return (found.segments["s"] ?? []).length > 0;
}

/** The instants of a list at which the segment has a member, as ISO text. */
export function heldAmong(definition: Members, lines: Line[], instants: string[]): string[] {
  return instants.filter((instant) => isMember(definition, lines, instant));
}
