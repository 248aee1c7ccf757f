import type { CalendarUnit, Duration, DurationUnit } from "../calendar.ts";
import { shiftInstant } from "../calendar.ts";
import type { JsonValue } from "../json_text.ts";
import { clampInstant, dayLength, localTimeAt } from "../time_zones.ts";
import { boundaryInstant, type Setting } from "./setting.ts";
import * as vocabulary from "./vocabulary.ts";

/** One definition in the making: what it has declared so far, and whom it may refer to. */
export interface Draft {
  setting: Setting;
  declared: Map<string, JsonValue>;
  otherSegments: string[];
}

export type Written = { [key: string]: unknown };

/** Now and then a declared parameter in place of a literal; one name has one type everywhere. */
export function orParameter(draft: Draft, name: string, literal: JsonValue): unknown {
  const { random, parameters } = draft.setting;
  if (!random.chance(0.08)) return literal;
  let value = draft.declared.get(name);
  if (value === undefined) {
    // Often the same constant as in the other segments, at times one of its own.
    value = random.chance(0.7) ? (parameters.get(name) ?? literal) : literal;
    draft.declared.set(name, value);
    parameters.set(name, value);
  }
  return { parameter: name };
}

/** A literal, a parameter, or an attribute of the contact. */
export function orReference(
  draft: Draft,
  name: string,
  attributes: readonly string[],
  literal: JsonValue,
): unknown {
  const { random } = draft.setting;
  if (random.chance(0.08)) return { attribute: random.pick(attributes) };
  return orParameter(draft, name, literal);
}

const amounts: Record<DurationUnit, readonly number[]> = {
  seconds: [0, 1, 30, 3600],
  minutes: [1, 30, 90, 1440],
  hours: [1, 2, 3, 24, 25],
  days: [0, 1, 1, 2, 7, 7, 30, 90],
  weeks: [1, 1, 2, 4],
  months: [0, 1, 1, 1, 2, 3, 6, 12, 13],
  years: [1, 1, 2],
};
const hugeAmounts = [1e5, 1e9, 9e12, 9007199254740991] as const;
const unitWeights: readonly (readonly [number, DurationUnit])[] = [
  [1, "seconds"],
  [2, "minutes"],
  [4, "hours"],
  [8, "days"],
  [2, "weeks"],
  [6, "months"],
  [2, "years"],
];

export function newDuration(setting: Setting, among = unitWeights): Duration {
  const { random } = setting;
  const unit = random.weighted(among);
  const huge = random.chance(0.01);
  const duration = { unit, amount: random.pick(huge ? hugeAmounts : amounts[unit]) };
  if (!huge) setting.durations.push(duration);
  return duration;
}

export function writeDuration(draft: Draft, duration: Duration): Written {
  // A name for each unit, since a number of months means something else than one of seconds.
  const amount = orParameter(draft, `${duration.unit}Count`, duration.amount);
  return { [duration.unit]: amount };
}

export function anyDuration(draft: Draft): Written {
  return writeDuration(draft, newDuration(draft.setting));
}

/** A pair of which the first is longer at every instant. */
export function longerAndShorter(draft: Draft): [Written, Written] {
  const { random, durations } = draft.setting;
  const [longer, shorter] = random.pick([
    [
      { unit: "days", amount: 30 },
      { unit: "days", amount: 7 },
    ],
    [
      { unit: "hours", amount: 48 },
      { unit: "days", amount: 1 },
    ],
    [
      { unit: "months", amount: 2 },
      { unit: "months", amount: 1 },
    ],
    [
      { unit: "months", amount: 1 },
      { unit: "days", amount: 7 },
    ],
    [
      { unit: "years", amount: 1 },
      { unit: "months", amount: 6 },
    ],
    [
      { unit: "days", amount: 400 },
      { unit: "years", amount: 1 },
    ],
    [
      { unit: "minutes", amount: 90 },
      { unit: "seconds", amount: 0 },
    ],
  ] as [Duration, Duration][]);
  durations.push(longer, shorter);
  return [{ [longer.unit]: longer.amount }, { [shorter.unit]: shorter.amount }];
}

/** A date as a value may be written: with offset, local, a day, or epoch milliseconds. */
export function dateLiteral(setting: Setting, instant: number): JsonValue {
  const { random, zone } = setting;
  const local = localTimeAt(zone, instant);
  const localIso = new Date(clampInstant(local)).toISOString();
  switch (random.integer(0, 5)) {
    case 0:
      return instant;
    case 1:
      return new Date(instant).toISOString();
    case 2:
      return localIso.slice(0, -1);
    case 3:
      return localIso.slice(0, localIso.indexOf("T") + 6);
    default:
      return localIso.slice(0, localIso.indexOf("T"));
  }
}

/** Two dates in order, whatever zone they are read in, and the instants that they are about. */
export function datePair(setting: Setting): [JsonValue, JsonValue] {
  const { random, zone } = setting;
  const from = boundaryInstant(setting);
  const exact = (instant: number): JsonValue =>
    random.chance(0.5) ? instant : new Date(instant).toISOString();
  if (random.chance(0.5)) {
    const to = clampInstant(from + random.pick([0, 1, dayLength, 30 * dayLength]));
    setting.named.push(from, to);
    return [exact(from), exact(to)];
  }
  const to = shiftInstant(zone, from, { unit: "days", amount: random.integer(3, 40) }, 1);
  setting.named.push(from, to);
  if (setting.extreme) return [exact(from), exact(to)];
  return [dateLiteral(setting, from), dateLiteral(setting, to)];
}

export function oneDate(setting: Setting): JsonValue {
  const instant = boundaryInstant(setting);
  setting.named.push(instant);
  // Near the ends of time a local text may be no date, which would make the rule invalid.
  return setting.extreme ? new Date(instant).toISOString() : dateLiteral(setting, instant);
}

export function oneNumber(setting: Setting): number {
  const { random } = setting;
  return random.pick(random.chance(0.95) ? setting.numbers : vocabulary.numbers);
}

export function oneText(setting: Setting): string {
  const { random } = setting;
  if (random.chance(0.95)) return random.pick(setting.texts);
  return random.pick<string>(random.pick<readonly string[]>(vocabulary.textFamilies));
}

function swappedCase(setting: Setting, text: string): string {
  const kind = setting.random.integer(0, 3);
  if (kind === 0) return text.toUpperCase();
  return kind === 1 ? text.toLowerCase() : text;
}

/** A beginning, an end or a middle of a text of this case. */
export function partOfText(setting: Setting, op: string): string {
  const { random } = setting;
  const characters = [...oneText(setting)];
  const from = op === "starts_with" ? 0 : random.integer(0, characters.length);
  const to = op === "ends_with" ? characters.length : random.integer(from, characters.length);
  return swappedCase(setting, characters.slice(from, to).join(""));
}

/** A text of this case with holes. */
export function patternOf(setting: Setting): string {
  const { random } = setting;
  if (random.chance(0.15)) return random.pick(vocabulary.oddPatterns);
  const characters = [...swappedCase(setting, oneText(setting))];
  const literal = characters.map((character) =>
    "*?\\".includes(character) && random.chance(0.8) ? `\\${character}` : character,
  );
  const position = random.integer(0, literal.length);
  const hole = random.pick(["*", "*", "?", ""]);
  literal.splice(position, hole === "?" ? 1 : random.integer(0, 2), hole);
  if (random.chance(0.2)) literal.push("*");
  return literal.join("");
}

export function oneScalar(setting: Setting): string | number | boolean {
  const { random } = setting;
  const kind = random.integer(0, 9);
  if (kind < 5) return oneText(setting);
  return kind < 9 ? oneNumber(setting) : random.chance(0.5);
}

export function calendarOf(draft: Draft): Written {
  const { random, calendars, extreme } = draft.setting;
  const units: CalendarUnit[] = ["day", "week", "month", "quarter", "year"];
  const unit = random.pick(units);
  const count = random.pick([1, 1, 2, 3, 7, extreme ? 1e6 : 12]);
  calendars.push({ unit, count });
  const calendar: Written = { unit };
  if (count !== 1 || random.chance(0.5)) calendar["count"] = orParameter(draft, "units", count);
  if (random.chance(0.6)) calendar["current"] = random.chance(0.7);
  return calendar;
}
