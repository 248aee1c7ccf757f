import { readFileSync } from "node:fs";

/** Reads the compiled zone files of the operating system (RFC 9636), and tells offsets at any instant. */
export interface ZoneFile {
  firstOffset: number;
  /** Seconds; ascending by `at`. */
  transitions: { at: number; offset: number }[];
}

const headerLength = 44;

/** The file's transitions, and up to `lastYear` those of the rule at its end. Null for other files. */
export function readZoneFile(path: string, lastYear: number): ZoneFile | null {
  const bytes = readFileSync(path);
  if (bytes.toString("latin1", 0, 4) !== "TZif") return null;
  const first = counts(bytes, 0);
  const firstLength =
    first.times * 5 + first.types * 6 + first.characters + first.leaps * 8 + first.flags;
  const second = headerLength + firstLength;
  const { times, types, characters, leaps, flags } = counts(bytes, second);
  const timesAt = second + headerLength;
  const indexesAt = timesAt + times * 8;
  const typesAt = indexesAt + times;
  const footerAt = typesAt + types * 6 + characters + leaps * 12 + flags;
  const offsetOfType = (type: number) => bytes.readInt32BE(typesAt + type * 6);

  const transitions = Array.from({ length: times }, (_, index) => ({
    at: Number(bytes.readBigInt64BE(timesAt + index * 8)),
    offset: offsetOfType(bytes[indexesAt + index] ?? 0),
  }));
  const rule = bytes.toString("latin1", footerAt).trim();
  const last = transitions.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  for (const transition of ruleTransitions(rule, lastYear)) {
    if (transition.at > last) transitions.push(transition);
  }
  return withoutRepetitions({ firstOffset: offsetOfType(0), transitions });
}

function counts(bytes: Buffer, at: number) {
  const count = (index: number) => bytes.readUInt32BE(at + 20 + index * 4);
  return {
    flags: count(0) + count(1),
    leaps: count(2),
    times: count(3),
    types: count(4),
    characters: count(5),
  };
}

/** Transitions that change only the name of the time are none for us. */
function withoutRepetitions(zone: ZoneFile): ZoneFile {
  let offset = zone.firstOffset;
  const transitions = zone.transitions.filter((transition) => {
    const changes = transition.offset !== offset;
    offset = transition.offset;
    return changes;
  });
  return { firstOffset: zone.firstOffset, transitions };
}

/** A rule such as `CET-1CEST,M3.5.0,M10.5.0/3`: the western offset, and when each half of the year begins. */
function ruleTransitions(rule: string, lastYear: number): { at: number; offset: number }[] {
  const name = "(?:<[^>]+>|[A-Za-z]+)";
  const match = new RegExp(`^${name}(-?[\\d:]+)(?:${name}(-?[\\d:]+)?,([^,]+),([^,]+))?$`).exec(
    rule,
  );
  if (match === null) throw new Error(`cannot read the rule "${rule}"`);
  const standard = -clock(match[1] ?? "0");
  const [, , daylightText, start, end] = match;
  if (start === undefined || end === undefined) {
    return [{ at: Date.UTC(1800, 0, 1) / 1000, offset: standard }];
  }
  const daylight = daylightText === undefined ? standard + 3600 : -clock(daylightText);
  const transitions: { at: number; offset: number }[] = [];
  for (let year = 1970; year <= lastYear; year += 1) {
    transitions.push({ at: localSeconds(start, year) - standard, offset: daylight });
    transitions.push({ at: localSeconds(end, year) - daylight, offset: standard });
  }
  return transitions.sort((left, right) => left.at - right.at);
}

function clock(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[-+]/, "").split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}

/** `M3.5.0/2`: month, week (5: the last) and weekday (0: Sunday), at a local clock. */
function localSeconds(date: string, year: number): number {
  const match = /^M(\d+)\.(\d)\.(\d)(?:\/(.+))?$/.exec(date);
  if (match === null) throw new Error(`cannot read the date "${date}"`);
  const [month = 1, week = 1, weekday = 0] = match.slice(1, 4).map(Number);
  const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  let day = 1 + ((weekday - firstWeekday + 7) % 7) + (week - 1) * 7;
  while (day > daysInMonth) day -= 7;
  return Date.UTC(year, month - 1, day) / 1000 + clock(match[4] ?? "2");
}
