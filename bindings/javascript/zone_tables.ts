import { zonePlacesByArea } from "./zone_names_generated.ts";

/**
 * Tables of time zones, taken from the runtime's own Intl: the core carries no zone data.
 *
 * A table says [offset before the first transition, instant, offset from then on, …] in milliseconds. It covers the
 * years 1800 to 2200. Before, the zone's first offset holds (local mean time, mostly); after, its last.
 */
const hour = 3_600_000;
const day = 24 * hour;

/**
 * How often the offset is looked at. An offset that is given up again between two looks would be missed, so the steps
 * are shorter than the shortest such period of their time; the shortest of all is four days, in Freetown in 1939.
 */
const samplings: ReadonlyArray<{ until: number; step: number }> = [
  { until: Date.UTC(1880, 0, 1), step: 365 * day },
  { until: Date.UTC(1930, 0, 1), step: 28 * day },
  { until: Date.UTC(1938, 0, 1), step: 18 * day },
  { until: Date.UTC(1946, 0, 1), step: 3.75 * day },
  { until: Date.UTC(1999, 0, 1), step: 18 * day },
  // From here on: Ramadan, which lets summer time end for weeks and come back for one.
  { until: Date.UTC(2090, 0, 1), step: 6.5 * day },
  { until: Date.UTC(2200, 0, 1), step: 60 * day },
];
const beginning = Date.UTC(1800, 0, 1);

const tables = new Map<string, Float64Array>();
let knownNames: Set<string> | undefined;

/** The zone's table; null when there is no zone of exactly this name. Never throws: it is called from the core. */
export function zoneTable(name: string): Float64Array | null {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const format = formatOf(name);
  if (format === null) return null;
  // Links share the table of the zone that they mean.
  const meant = format.resolvedOptions().timeZone;
  const table = tables.get(meant) ?? tableOf(format);
  tables.set(meant, table);
  tables.set(name, table);
  return table;
}

function formatOf(name: string): Intl.DateTimeFormat | null {
  if (!isKnownName(name)) return null;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    return null;
  }
}

/** Intl takes names in any case and turns some into others, so it cannot tell which were written exactly. */
function isKnownName(name: string): boolean {
  if (knownNames === undefined) {
    // What the runtime lists has zones that are younger than our list.
    knownNames = new Set(Intl.supportedValuesOf?.("timeZone"));
    for (const [area, places] of Object.entries(zonePlacesByArea)) {
      const prefix = area === "" ? "" : `${area}/`;
      for (const place of places.split(" ")) knownNames.add(prefix + place);
    }
  }
  return knownNames.has(name);
}

function tableOf(format: Intl.DateTimeFormat): Float64Array {
  let instant = beginning;
  let offset = offsetAt(format, instant);
  const table = [offset];
  for (const { until, step } of samplings) {
    while (instant < until) {
      const next = Math.min(instant + step, until);
      const nextOffset = offsetAt(format, next);
      while (offset !== nextOffset) {
        instant =
          changeAYearOn(format, table, instant, offset, next) ??
          firstChange(format, instant, offset, next);
        offset = offsetAt(format, instant);
        table.push(instant, offset);
      }
      instant = next;
    }
  }
  return Float64Array.from(table);
}

/**
 * The first change after `before`, when it is a whole number of weeks after the one of the year before: most rules say
 * something like "the last Sunday in March", and this is five times as fast as searching.
 */
function changeAYearOn(
  format: Intl.DateTimeFormat,
  table: readonly number[],
  before: number,
  offset: number,
  after: number,
): number | undefined {
  // Two changes back, as there are two a year.
  const yearBefore = table.at(-4);
  if (yearBefore === undefined) return undefined;
  for (const weeks of [52, 53]) {
    const guess = yearBefore + weeks * 7 * day;
    if (guess <= before || guess > after) continue;
    if (offsetAt(format, guess - 1000) === offset && offsetAt(format, guess) !== offset)
      return guess;
  }
  return undefined;
}

/** The first instant after `before` at which `offset` holds no more; at `after` it does not. */
function firstChange(
  format: Intl.DateTimeFormat,
  before: number,
  offset: number,
  after: number,
): number {
  let low = before;
  let high = after;
  for (const unit of [hour, 1000]) {
    while (high - low > unit) {
      const middle = Math.floor((low + high) / 2 / unit) * unit;
      if (middle <= low) break;
      if (offsetAt(format, middle) === offset) low = middle;
      else high = middle;
    }
    // Nearly all zones change on the full hour.
    if (offsetAt(format, high - 1000) === offset) return high;
  }
  return high;
}

/** Reads the end of a text such as `7/23/1811, GMT+00:53:28`. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const text = format.format(instant);
  const sign = text.lastIndexOf("GMT") + 3;
  if (sign === text.length) return 0;
  const minutes = digits(text, sign + 1) * 60 + digits(text, sign + 4);
  const seconds = minutes * 60 + (text.length > sign + 6 ? digits(text, sign + 7) : 0);
  return (text.charCodeAt(sign) === 45 ? -1000 : 1000) * seconds;
}

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}
