import { dayOfDate, daysInMonth } from "./calendar.ts";
import {
  clampInstant,
  dayLength,
  earliestInstant,
  instantOfLocalTime,
  latestInstant,
  offsetAt,
} from "./time_zones.ts";
import type { Observed } from "./values.ts";

const grammar =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

interface ReadDate {
  local: number;
  /** ms east of UTC; undefined when the text names none. */
  offset: number | undefined;
  hasTime: boolean;
}

function readOffset(text: string): number | undefined {
  if (text === "Z") return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** The grammar of the appendix, "Dates" and "Edges". */
function readDateText(text: string): ReadDate | undefined {
  const found = grammar.exec(text);
  if (found === null || found[1] === "-000000") return undefined;
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((digits) => Number(digits ?? "0")) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const milliseconds = Number((found[7] ?? "").padEnd(3, "0").slice(0, 3));
  const local =
    dayOfDate(year, month, day) * dayLength +
    ((hour * 60 + minute) * 60 + second) * 1000 +
    milliseconds;
  const zoneText = found[8];
  const offset = zoneText === undefined ? undefined : readOffset(zoneText);
  if (zoneText !== undefined && offset === undefined) return undefined;
  return { local, offset, hasTime: found[4] !== undefined };
}

function inRange(instant: number): number | undefined {
  // Adding 0 turns -0 into 0.
  return instant >= earliestInstant && instant <= latestInstant ? instant + 0 : undefined;
}

function instantOfNumber(value: number): number | undefined {
  return Number.isInteger(value) ? inRange(value) : undefined;
}

/** A message's timestamp needs time and offset, or is whole epoch milliseconds. */
export function instantOfTimestamp(value: Observed): number | undefined {
  if (typeof value === "number") return instantOfNumber(value);
  if (typeof value !== "string") return undefined;
  const date = readDateText(value);
  if (date === undefined || !date.hasTime || date.offset === undefined) return undefined;
  return inRange(date.local - date.offset);
}

/** A date in a value: a text or whole epoch milliseconds; local time where it names no offset. */
export function instantOfDate(value: Observed, zone: string): number | undefined {
  if (typeof value === "number") return instantOfNumber(value);
  if (typeof value !== "string") return undefined;
  const date = readDateText(value);
  if (date === undefined) return undefined;
  if (date.offset !== undefined) return inRange(date.local - date.offset);
  const instant = instantOfLocalTime(zone, date.local);
  const unclamped = date.local - offsetAt(zone, clampInstant(date.local));
  return inRange(unclamped) === undefined ? undefined : instant;
}
