import { zonePlacesByArea } from "./zone_names_generated.ts";

/**
 * Offsets of time zones, taken from the runtime's own Intl: the core carries no zone data.
 *
 * Intl is slow (12 ms for the first question of a process in Node.js, then 2 ms for a thousand), so it is asked only
 * about the time that someone wants to know. The years 1800 to 2200 are looked at. Before, the offset at their
 * beginning holds (local mean time, mostly); after, the one at their end.
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

/** So many steps are looked at together, always the same ones, so that answers do not depend on what was asked first. */
const stepsTogether = 32;

/** Names younger than tzdata 2021a: a runtime that can run the core may not know them. All know the others. */
const youngNames = ["America/Ciudad_Juarez", "America/Coyhaique", "Europe/Kyiv", "Pacific/Kanton"];

/** `offset` holds from `from` until `until`; the next may be the same. All in milliseconds. */
export type ZoneStretch = readonly [from: number, offset: number, until: number];

const formats = new Map<string, Intl.DateTimeFormat>();
const stretches = new Map<string, readonly ZoneStretch[]>();

/**
 * Tells whether there is a zone of exactly this name, for nearly all without asking Intl, which takes names in any
 * case and turns some into others. Never throws: it is called from the core.
 */
export function isZone(name: string): boolean {
  try {
    for (const [area, places] of Object.entries(zonePlacesByArea)) {
      const prefix = area && `${area}/`;
      if (name.startsWith(prefix) && places.split(" ").includes(name.slice(prefix.length))) {
        if (youngNames.includes(name)) formatOf(name);
        return typeof Intl === "object";
      }
    }
    // What the runtime lists has zones that are younger than our list.
    return Intl.supportedValuesOf("timeZone").includes(name);
  } catch {
    return false;
  }
}

/** A stretch of the zone that the instant is in; null when the runtime cannot tell. Never throws, like `isZone`. */
export function zoneStretch(name: string, instant: number): ZoneStretch | null {
  try {
    return stretchesAround(name, instant).find(([, , until]) => instant < until) ?? null;
  } catch {
    return null;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // One takes 45 kB, and contacts may come from everywhere.
    if (formats.size === 32) formats.clear();
    format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    formats.set(timeZone, format);
  }
  return format;
}

function stretchesAround(name: string, instant: number): readonly ZoneStretch[] {
  const format = formatOf(name);
  let from = beginning;
  if (instant < from) return [[-Infinity, offsetAt(format, from), from]];
  for (const { until, step } of samplings) {
    if (instant < until) {
      const length = stepsTogether * step;
      const start = from + Math.floor((instant - from) / length) * length;
      const key = `${start} ${name}`;
      const known = stretches.get(key);
      if (known !== undefined) return known;
      const found = stretchesOf(format, start, Math.min(start + length, until), step);
      stretches.set(key, found);
      return found;
    }
    from = until;
  }
  return [[from, offsetAt(format, from), Infinity]];
}

function stretchesOf(
  format: Intl.DateTimeFormat,
  from: number,
  until: number,
  step: number,
): readonly ZoneStretch[] {
  const found: ZoneStretch[] = [];
  let start = from;
  let offset = offsetAt(format, start);
  for (let instant = from; instant < until; instant += step) {
    const next = Math.min(instant + step, until);
    const nextOffset = offsetAt(format, next);
    while (offset !== nextOffset) {
      const change = firstChange(format, Math.max(start, instant), offset, next);
      found.push([start, offset, change]);
      start = change;
      offset = offsetAt(format, start);
    }
  }
  // A change at the very end begins what comes after.
  if (start < until) found.push([start, offset, until]);
  return found;
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
