import { zones } from "../oracle/generator/vocabulary.ts";
import type { Case } from "../oracle/generator.ts";
import type { SqlEngine } from "./engines/engine.ts";

const week = 7 * 24 * 60 * 60 * 1000;
/** The past is known to everyone, and where ClickHouse does not keep it a query brings it along. */
const from = Date.UTC(2024, 0, 1);
const until = Date.UTC(2040, 0, 1);

/**
 * The zones that a database's tables know otherwise than this host's: governments change their clocks, and the two
 * were not released on one day. A difference there is none of the query's.
 */
export async function otherZones(engine: SqlEngine): Promise<string[]> {
  const instants: number[] = [];
  for (let instant = from; instant < until; instant += week) instants.push(instant);
  const others: string[] = [];
  for (const zone of zones) {
    const offsets = await engine.offsets(zone, instants);
    const host = hostOffsets(zone);
    if (instants.some((instant, index) => offsets[index] !== host(instant))) others.push(zone);
  }
  if (others.length > zones.length / 2) {
    throw new Error(`The database knows ${others.join(", ")} otherwise: too many to compare with.`);
  }
  return others;
}

/** Whether one of the zones is named anywhere in a case. */
export function namesZone(one: Case, names: readonly string[]): boolean {
  const lines = one.lines.map((line) => Buffer.from(line).toString());
  const text = JSON.stringify([one.definitions, lines]).toLowerCase().replaceAll("\\", "");
  return names.some((name) => text.includes(name.toLowerCase()));
}

/** @returns the offset of a zone's local time from UTC at an instant, in milliseconds */
function hostOffsets(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-u-ca-iso8601", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  };
}
