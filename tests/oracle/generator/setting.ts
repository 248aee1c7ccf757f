import {
  type CalendarUnit,
  type Duration,
  dayOfDate,
  localDayAt,
  shiftInstant,
  startOfUnit,
  unitOfDay,
} from "../calendar.ts";
import type { JsonValue } from "../json_text.ts";
import {
  clampInstant,
  dayLength,
  earliestInstant,
  instantOfLocalTime,
  latestInstant,
  transitionsBetween,
} from "../time_zones.ts";
import { Random } from "./random.ts";
import {
  eventNames,
  numbers,
  smallNumbers,
  textFamilies,
  zones,
  zonesOfThePast,
} from "./vocabulary.ts";

/** What one case is about: a place, a moment, and the spans that its rules talk of. */
export interface Setting {
  random: Random;
  zone: string;
  /** The moment around which times lie. */
  anchor: number;
  /** Times at the very ends of the range; then nothing that recurs every year may be asked. */
  extreme: boolean;
  /** A contact with as many events as are kept. */
  bulky: boolean;
  durations: Duration[];
  calendars: { unit: CalendarUnit; count: number }[];
  /** Instants that a rule names: ends of from/to, dates. */
  named: number[];
  /** The times of messages so far. */
  times: number[];
  /** The few texts, numbers and event names that both rules and data of this case draw from. */
  texts: readonly string[];
  numbers: readonly number[];
  eventNames: readonly string[];
  /** The values of the parameters that definitions declare. */
  parameters: Map<string, JsonValue>;
}

const lengthOfYear = 365.25 * dayLength;

function anchorIn(random: Random, zone: string): number {
  const year = random.integer(2023, 2028);
  const somewhere = dayOfDate(year, 1, 1) * dayLength + random.integer(0, 364) * dayLength;
  const kind = random.integer(0, 5);
  if (kind === 0) {
    const transitions = transitionsBetween(zone, somewhere, somewhere + lengthOfYear);
    if (transitions.length > 0) {
      const hour = random.pick([0, 0, 0, -1, 1, 24, 3, -3, 48, 24 * 7, 24 * 30]) * 3_600_000;
      return random.pick(transitions).instant + hour + random.integer(-1, 1);
    }
  }
  if (kind === 1 || kind === 2) {
    const [month, day] = random.pick([
      [1, 31],
      [2, 28],
      [2, 29],
      [3, 1],
      [3, 28],
      [3, 29],
      [3, 31],
      [4, 30],
      [5, 31],
      [10, 31],
      [12, 31],
      [1, 1],
    ] as const);
    const timeOfDay = random.pick([0, 0, 1, dayLength - 1, 7_200_000, 9_000_000, 82_800_000]);
    const local = dayOfDate(year, month, day) * dayLength + timeOfDay;
    return instantOfLocalTime(zone, local);
  }
  if (kind === 3) return instantOfLocalTime(zone, somewhere) + random.integer(-1, 1);
  return somewhere + random.integer(0, 1439) * 60_000 + random.pick([0, 0, 1, 999]);
}

export function newSetting(seed: number): Setting {
  const random = new Random(seed);
  const extreme = random.chance(0.01);
  const bulky = !extreme && random.chance(0.0012);
  const past = !extreme && random.chance(0.04);
  const zone = extreme ? "UTC" : random.pick(past ? zonesOfThePast : zones);
  let anchor = anchorIn(random, zone);
  if (extreme) {
    anchor = random.pick([
      earliestInstant,
      latestInstant,
      dayOfDate(0, 1, 1) * dayLength,
      dayOfDate(9999, 12, 31) * dayLength,
      -1,
      0,
    ]);
  } else if (past) {
    // Midnight gaps and overlaps: Apia skipped 2011-12-30, São Paulo and St. John's moved at night.
    const from = dayOfDate(2005, 1, 1) * dayLength;
    const transitions = transitionsBetween(zone, from, from + 7 * lengthOfYear);
    anchor = random.pick(transitions).instant + random.integer(-30, 30) * 3_600_000;
  }
  const families = random.some<readonly string[]>(textFamilies, 2, 3);
  return {
    random,
    zone,
    texts: families.flatMap((family) => random.some(family, 2, 4)),
    numbers: [...random.some(numbers, 1, 4), ...random.some(smallNumbers, 3, 3)],
    eventNames: random.some(eventNames, 1, 3),
    anchor,
    extreme,
    bulky,
    durations: [],
    calendars: [],
    named: [],
    times: [],
    parameters: new Map(),
  };
}

function nudge(random: Random, instant: number): number {
  return clampInstant(instant + random.pick([0, 0, 0, 0, 1, -1, 1, -1, 1000, -1000]));
}

/** A time that lies at a boundary which some rule draws as seen from the anchor, or just beside. */
export function boundaryInstant(setting: Setting): number {
  const { random, zone, anchor } = setting;
  switch (random.integer(0, 11)) {
    case 0:
      return nudge(random, anchor);
    case 1:
    case 2:
    case 3: {
      if (setting.durations.length === 0) break;
      const direction = random.chance(0.8) ? -1 : 1;
      return nudge(random, shiftInstant(zone, anchor, random.pick(setting.durations), direction));
    }
    case 4: {
      if (setting.calendars.length === 0) break;
      const { unit, count } = random.pick(setting.calendars);
      const running = unitOfDay(unit, localDayAt(zone, anchor));
      const back = random.integer(-1, Math.min(count, 400) + 1);
      return nudge(random, startOfUnit(zone, unit, running - back));
    }
    case 5: {
      if (setting.named.length === 0) break;
      return nudge(random, random.pick(setting.named));
    }
    case 6: {
      if (setting.extreme) break;
      const near = transitionsBetween(zone, anchor - 60 * dayLength, anchor + 30 * dayLength);
      if (near.length === 0) break;
      const minutes = random.pick([0, 0, 0, 15, 30, 60, 90, -15, -30, -60, -90]) * 60_000;
      return nudge(random, random.pick(near).instant + minutes);
    }
    case 7:
    case 8: {
      if (setting.times.length === 0) break;
      const time = random.pick(setting.times);
      if (random.chance(0.4) || setting.durations.length === 0) return nudge(random, time);
      const direction = random.chance(0.7) ? 1 : -1;
      return nudge(random, shiftInstant(zone, time, random.pick(setting.durations), direction));
    }
    case 9:
      return clampInstant(anchor + random.integer(-400, 60) * dayLength);
  }
  const hours = random.integer(0, 24 * 40);
  return clampInstant(anchor - hours * 3_600_000 - random.pick([0, 0, 1, 1_800_000]));
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** A text for an instant, in one of the ways that a message's timestamp may be written. */
export function timestampText(random: Random, instant: number): string | number {
  const iso = new Date(instant).toISOString();
  switch (random.integer(0, 7)) {
    case 0:
      return instant;
    case 1: {
      const minutes = random.pick([0, 60, -300, 330, 840, -720, 1, -1439, 1439]);
      const shifted = instant + minutes * 60_000;
      if (Math.abs(shifted) > latestInstant) return iso;
      const hours = Math.floor(Math.abs(minutes) / 60);
      const rest = Math.abs(minutes) % 60;
      const sign = minutes < 0 ? "-" : "+";
      const form = random.integer(0, 2);
      let offset = `${sign}${twoDigits(hours)}:${twoDigits(rest)}`;
      if (form === 1) offset = offset.replace(":", "");
      if (form === 2 && rest === 0) offset = offset.slice(0, 3);
      return new Date(shifted).toISOString().slice(0, -1) + offset;
    }
    case 2:
      // Digits beyond three are cut off, never rounded.
      return `${iso.slice(0, -1)}${random.pick(["9", "999999", "0"])}Z`;
    case 3:
      return iso.replace(/(?<=:\d\d)(:00)?\.000Z$/, "Z");
    default:
      return iso;
  }
}
