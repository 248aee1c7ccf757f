import { isZone } from "../javascript/zone_stretches.ts";
import { instantOfLocal } from "./local_time.ts";
import { MappingError } from "./mapping_error.ts";

/** How a column writes its times. */
export type TimeForm = "text" | "seconds" | "milliseconds";

/** Reads a cell as epoch milliseconds; undefined when it is no time. */
export type TimeReader = (cell: string) => number | undefined;

const date = /(?<year>\d{4})(?:-(?<month>\d\d)-(?<day>\d\d)|(?<monthAndDay>\d{4}))/;
const clock = /(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d+))?)?/;
const offset = /(?<offset>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)/;
const pattern = new RegExp(`^${date.source}(?:[T ]${clock.source})?(?: ?${offset.source})?$`);

export function timeReader(form: TimeForm, timezone: string): TimeReader {
  if (form === "seconds") return (cell) => numeric(cell, 1000);
  if (form === "milliseconds") return (cell) => numeric(cell, 1);
  if (!isZone(timezone)) {
    throw new MappingError(`--timezone ${timezone}: no such time zone, such as Europe/Berlin.`);
  }
  return (cell) => textTime(cell, timezone);
}

function numeric(cell: string, factor: number): number | undefined {
  if (!/^-?\d+(?:\.\d+)?$/.test(cell)) return undefined;
  const instant = Math.round(Number(cell) * factor);
  return Math.abs(instant) <= 8.64e15 ? instant : undefined;
}

function textTime(cell: string, timezone: string): number | undefined {
  const parts = pattern.exec(cell)?.groups;
  if (parts === undefined) return undefined;
  const number = (name: string) => Number(parts[name] ?? 0);
  const month = parts["month"] ?? parts["monthAndDay"]?.slice(0, 2);
  const day = parts["day"] ?? parts["monthAndDay"]?.slice(2);
  const midnight = Date.UTC(number("year"), Number(month) - 1, Number(day));
  const isReal =
    new Date(midnight).getUTCDate() === Number(day) &&
    new Date(midnight).getUTCMonth() === Number(month) - 1 &&
    number("hour") < 24 &&
    number("minute") < 60 &&
    number("second") < 60;
  if (!isReal) return undefined;
  const milliseconds = Number((parts["fraction"] ?? "").padEnd(3, "0").slice(0, 3));
  const local =
    midnight +
    ((number("hour") * 60 + number("minute")) * 60 + number("second")) * 1000 +
    milliseconds;
  const shift = parts["offset"];
  if (shift === undefined) return instantOfLocal(timezone, local);
  return local - offsetOf(shift);
}

function offsetOf(text: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === "-" ? -60_000 : 60_000) * minutes;
}
