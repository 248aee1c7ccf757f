/**
 * Offsets and local times, derived from the wall clocks that Intl formats and from nothing else.
 * A zone's history is cut into chunks; within one, daily samples and bisection find each transition.
 */
export const earliestInstant = -8.64e15;
export const latestInstant = 8.64e15;
export const dayLength = 86_400_000;
const chunkLength = 8 * dayLength;

/** From `start` up to but not including `end` the zone's offset is `offset` (all in ms). */
export interface Piece {
  start: number;
  end: number;
  offset: number;
}

export function clampInstant(instant: number): number {
  return Math.min(latestInstant, Math.max(earliestInstant, instant));
}

interface Zone {
  format: Intl.DateTimeFormat;
  chunks: Map<number, Piece[]>;
}
const zones = new Map<string, Zone>();

function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    zone = { format, chunks: new Map() };
    zones.set(name, zone);
  }
  return zone;
}

function formattedOffset(zone: Zone, instant: number): number {
  const field: Record<string, string> = {};
  for (const part of zone.format.formatToParts(instant)) field[part.type] = part.value;
  const yearOfEra = Number(field["year"]);
  const year = field["era"] === "AD" ? yearOfEra : 1 - yearOfEra;
  const local = new Date(0);
  // A local time may lie beyond the range of Date by an offset; 400 years are a whole calendar cycle.
  const cycle = 400 * 365.2425 * dayLength;
  const cycles = instant > 0 ? -1 : 1;
  local.setUTCFullYear(year + 400 * cycles, Number(field["month"]) - 1, Number(field["day"]));
  local.setUTCHours(Number(field["hour"]), Number(field["minute"]), Number(field["second"]));
  return local.getTime() - cycles * cycle - Math.floor(instant / 1000) * 1000;
}

function piecesOfChunk(zone: Zone, index: number): Piece[] {
  const known = zone.chunks.get(index);
  if (known !== undefined) return known;
  const chunkStart = Math.max(earliestInstant, index * chunkLength);
  const chunkEnd = Math.min(latestInstant + 1, (index + 1) * chunkLength);
  const pieces: Piece[] = [];
  let start = chunkStart;
  let offset = formattedOffset(zone, chunkStart);
  let sample = chunkStart;
  while (sample < chunkEnd) {
    const next = Math.min(sample + dayLength, chunkEnd, latestInstant);
    let changed = sample;
    while (formattedOffset(zone, next) !== offset) {
      let unchanged = changed;
      changed = next;
      while (changed - unchanged > 1) {
        const middle = Math.floor((unchanged + changed) / 2);
        if (formattedOffset(zone, middle) === offset) unchanged = middle;
        else changed = middle;
      }
      if (changed >= chunkEnd) break;
      pieces.push({ start, end: changed, offset });
      start = changed;
      offset = formattedOffset(zone, changed);
    }
    if (next === sample) break;
    sample = next;
  }
  pieces.push({ start, end: chunkEnd, offset });
  zone.chunks.set(index, pieces);
  return pieces;
}

/** The pieces that cover [from, to], in order. */
export function piecesBetween(name: string, from: number, to: number): Piece[] {
  if (name === "UTC") return [{ start: earliestInstant, end: latestInstant + 1, offset: 0 }];
  const zone = zoneNamed(name);
  const first = Math.floor(clampInstant(from) / chunkLength);
  const last = Math.floor(clampInstant(to) / chunkLength);
  const pieces: Piece[] = [];
  for (let index = first; index <= last; index += 1) {
    for (const piece of piecesOfChunk(zone, index)) {
      const before = pieces.at(-1);
      if (before !== undefined && before.offset === piece.offset) {
        pieces[pieces.length - 1] = { ...before, end: piece.end };
      } else {
        pieces.push(piece);
      }
    }
  }
  return pieces;
}

export function offsetAt(name: string, instant: number): number {
  if (name === "UTC") return 0;
  for (const piece of piecesOfChunk(zoneNamed(name), Math.floor(instant / chunkLength))) {
    if (instant < piece.end) return piece.offset;
  }
  throw new Error(`no offset of ${name} at ${instant}`);
}

/** The local time at an instant, written as the milliseconds that UTC would have at that wall clock. */
export function localTimeAt(name: string, instant: number): number {
  return instant + offsetAt(name, instant);
}

/** Section 2.5: the smallest instant whose local time is not earlier; clamped to the range of time. */
export function instantOfLocalTime(name: string, local: number): number {
  for (const piece of piecesBetween(name, local - 2 * dayLength, local + 2 * dayLength)) {
    const candidate = Math.max(piece.start, local - piece.offset);
    if (candidate < piece.end) return clampInstant(candidate);
  }
  return clampInstant(local);
}

/** Every instant with that local time: two in an overlap; in a gap, the instant of the transition. */
export function instantsAtLocalTime(name: string, local: number): number[] {
  const instants: number[] = [];
  for (const piece of piecesBetween(name, local - 2 * dayLength, local + 2 * dayLength)) {
    const candidate = local - piece.offset;
    if (candidate >= piece.start && candidate < piece.end) instants.push(candidate);
  }
  return instants.length > 0 ? instants : [instantOfLocalTime(name, local)];
}

export interface Transition {
  instant: number;
  offsetBefore: number;
  offsetAfter: number;
}

export function transitionsBetween(name: string, from: number, to: number): Transition[] {
  const pieces = piecesBetween(name, from, to);
  const transitions: Transition[] = [];
  for (let index = 1; index < pieces.length; index += 1) {
    const before = pieces[index - 1] as Piece;
    const after = pieces[index] as Piece;
    if (after.start >= from && after.start <= to) {
      transitions.push({
        instant: after.start,
        offsetBefore: before.offset,
        offsetAfter: after.offset,
      });
    }
  }
  return transitions;
}

/** Links that Intl accepts but does not list; zone names are matched by exact case ("Edges"). */
const unlistedNames = ["UTC", "Etc/UTC", "GMT", "Asia/Kolkata", "US/Eastern", "Europe/Kyiv"];
let knownNames: Set<string> | undefined;

export function isZoneName(name: string): boolean {
  knownNames ??= new Set([...Intl.supportedValuesOf("timeZone"), ...unlistedNames]);
  return knownNames.has(name);
}
