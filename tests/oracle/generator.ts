import { newHistory } from "./generator/messages.ts";
import type { Random } from "./generator/random.ts";
import { condition } from "./generator/rules.ts";
import { boundaryInstant, newSetting, type Setting } from "./generator/setting.ts";
import {
  type Draft,
  datePair,
  oneDate,
  oneNumber,
  oneScalar,
  oneText,
  patternOf,
  type Written,
} from "./generator/values_of_rules.ts";
import { zones } from "./generator/vocabulary.ts";
import type { JsonValue } from "./json_text.ts";
import type { Line } from "./messages.ts";
import { clampInstant, dayLength } from "./time_zones.ts";

/** One random case: everything that both sides are given, and nothing else. */
export interface Case {
  seed: number;
  definitions: Written[];
  parameters?: Record<string, JsonValue>;
  lines: Line[];
  /** The instants at which everybody's membership is asked for. */
  instants: number[];
  until?: number;
  source: string;
  epoch: string;
}

const segmentIds = [
  "a",
  "B",
  "a.b",
  "a-b",
  "a_b",
  "A1",
  "z",
  "10",
  "9",
  "high-rollers",
  "Z",
] as const;

function newDefinition(setting: Setting, id: string, otherSegments: string[]): Written {
  const { random } = setting;
  const draft: Draft = { setting, declared: new Map(), otherSegments };
  const when = condition(draft);
  const definition: Written = { version: 1, id };
  if (random.chance(0.2)) definition["name"] = "A name";
  if (random.chance(0.1)) definition["description"] = "\u{1f600} and \ud800";
  if (random.chance(0.1)) {
    definition["meta"] = { "\uff5a": 1, "\u{1f600}": [1e21, 1e-7, -0.5], meta: { meta: null } };
  }
  if (random.chance(0.75)) {
    definition["timezone"] = random.weighted([
      [6, setting.zone],
      [setting.extreme ? 0 : 1, "contact"],
      [setting.extreme ? 0 : 1, random.pick(zones)],
    ]);
  }
  if (random.chance(0.05)) draft.declared.set("\uff5a", 1).set("\u{1f600}", "\u0007");
  if (random.chance(0.02)) draft.declared.set("meta", true);
  if (draft.declared.size > 0) definition["parameters"] = Object.fromEntries(draft.declared);
  definition["when"] = when;
  return definition;
}

function typeOf(value: JsonValue): string {
  return Array.isArray(value) ? "array" : typeof value;
}

/** Another constant of the same type. Those that stand for amounts and dates must stay possible. */
function overrideOf(setting: Setting, name: string, value: JsonValue): JsonValue | undefined {
  const { random } = setting;
  if (/Count$/.test(name)) return random.pick([0, 1, 2, 7]);
  const numbers = (): JsonValue => [oneNumber(setting), oneNumber(setting)];
  const makers: Record<string, () => JsonValue> = {
    units: () => random.pick([1, 2, 3]),
    share: () => random.pick([0, 33, 100]),
    start: () => oneDate(setting),
    end: () => oneDate(setting),
    limit: () => oneNumber(setting),
    word: () => oneText(setting),
    pattern: () => patternOf(setting),
    flag: () => random.chance(0.5),
    // A reversed pair or a text that is no date just does not hold in a `value`.
    range: numbers,
    choices: () => random.pick([[], [oneScalar(setting)], [oneText(setting), oneText(setting)]]),
    date: () => (random.chance(0.2) && typeof value === "string" ? "soon" : oneDate(setting)),
    period: () => (random.chance(0.3) ? datePair(setting).reverse() : datePair(setting)),
  };
  const made = makers[name]?.();
  return made !== undefined && typeOf(made) === typeOf(value) ? made : undefined;
}

function newOverrides(setting: Setting, definitions: Written[]): Record<string, JsonValue> {
  const overrides: Record<string, JsonValue> = {};
  const declarations = definitions.flatMap((definition) =>
    Object.entries((definition["parameters"] ?? {}) as Record<string, JsonValue>),
  );
  for (const [name, value] of declarations) {
    if (!setting.random.chance(0.3)) continue;
    // An override applies to every segment that declares the name, and must fit them all.
    const types = declarations
      .filter(([other]) => other === name)
      .map(([, given]) => typeOf(given));
    if (new Set(types).size > 1) continue;
    const override = overrideOf(setting, name, value);
    if (override !== undefined) overrides[name] = override;
  }
  return overrides;
}

function newDefinitions(setting: Setting): Written[] {
  const { random } = setting;
  const count = random.weighted([
    [3, 1],
    [4, random.integer(2, 4)],
    [2, random.integer(5, 8)],
  ]);
  const ids = random.shuffled(segmentIds).slice(0, count);
  const definitions = ids.map((id, index) => newDefinition(setting, id, ids.slice(0, index)));
  return random.shuffled(definitions);
}

function newUntil(setting: Setting, random: Random): number {
  const { anchor } = setting;
  return random.weighted<() => number>([
    [3, () => anchor],
    [2, () => boundaryInstant(setting)],
    [4, () => clampInstant(anchor + random.integer(0, 90) * dayLength)],
    [2, () => clampInstant(anchor + random.integer(90, 800) * dayLength)],
  ])();
}

export function newCase(seed: number): Case {
  const setting = newSetting(seed);
  const { random } = setting;
  const definitions = newDefinitions(setting);
  const overrides = newOverrides(setting, definitions);
  const { lines } = newHistory(setting);
  const instants = [setting.anchor, boundaryInstant(setting)];
  if (random.chance(0.3)) instants.push(boundaryInstant(setting));
  const result: Case = { seed, definitions, lines, instants, source: "replay", epoch: "0" };
  if (Object.keys(overrides).length > 0) result.parameters = overrides;
  if (random.chance(0.7)) result.until = newUntil(setting, random);
  if (random.chance(0.1)) result.source = "edge";
  if (random.chance(0.1)) result.epoch = "01JD";
  return result;
}
