import { anyTest, numberTest, testFor, type ValueKind } from "./tests_of_rules.ts";
import {
  anyDuration,
  calendarOf,
  type Draft,
  datePair,
  longerAndShorter,
  oneDate,
  oneNumber,
  orParameter,
  type Written,
} from "./values_of_rules.ts";
import * as vocabulary from "./vocabulary.ts";

/** Random valid conditions of section 2, every kind of them. */
const pathsOf: Record<ValueKind, readonly string[]> = {
  any: [
    ...vocabulary.objectPaths,
    ...vocabulary.textPaths,
    ...vocabulary.numberPaths,
    ...vocabulary.booleanPaths,
  ],
  number: vocabulary.numberPaths,
  text: vocabulary.textPaths,
  boolean: vocabulary.booleanPaths,
  array: vocabulary.arrayPaths,
  date: vocabulary.datePaths,
  dateRelative: [],
};

const traitsOf: Record<ValueKind, readonly string[]> = {
  any: [...vocabulary.objectTraits, ...vocabulary.textTraits, ...vocabulary.numberTraits],
  number: vocabulary.numberTraits,
  text: vocabulary.textTraits,
  boolean: vocabulary.booleanTraits,
  array: vocabulary.arrayTraits,
  date: vocabulary.dateTraits,
  dateRelative: vocabulary.dateTraits,
};

const groupKinds = ["all", "any", "none"] as const;

function propertyLeaf(draft: Draft): Written {
  const { random } = draft.setting;
  const kinds: ValueKind[] = [
    "any",
    "number",
    "number",
    "text",
    "text",
    "boolean",
    "array",
    "date",
  ];
  const kind = random.pick(kinds);
  // Now and then a path that usually holds another type.
  const paths = random.chance(0.9) ? pathsOf[kind] : pathsOf.any;
  return { kind: "property", property: random.pick(paths), ...testFor(draft, kind) };
}

export function filter(draft: Draft, depth = 0): Written {
  const { random } = draft.setting;
  const kind = random.weighted([
    [8, "property"],
    [depth < 3 ? 3 : 0, "group"],
    [depth < 2 ? 2 : 0, "item"],
    [1.5, "clock"],
  ]);
  if (kind === "group") {
    const length = random.integer(1, 3);
    const of = Array.from({ length }, () => filter(draft, depth + 1));
    return { kind: random.pick(groupKinds), of };
  }
  if (kind === "item") {
    return { kind: "item", items: "products", where: filter(draft, depth + 1) };
  }
  if (kind === "clock") {
    const unit = random.pick(["hour", "weekday", "day_of_month", "month"]);
    const test = random.chance(0.8) ? numberTest(draft) : anyTest(draft);
    if (random.chance(0.5)) {
      const bounds = { hour: [6, 17], weekday: [2, 5], day_of_month: [5, 28], month: [3, 9] };
      const value = random.pick(bounds[unit as keyof typeof bounds]);
      return { kind: "clock", unit, op: random.pick(["gte", "lt", "eq", "ne"]), value };
    }
    if (test["ignoreCase"] !== undefined) delete test["ignoreCase"];
    return { kind: "clock", unit, ...test };
  }
  return propertyLeaf(draft);
}

function eventMatch(draft: Draft, filterChance = 0.35): Written {
  const { random, eventNames } = draft.setting;
  const among = random.chance(0.95) ? eventNames : vocabulary.eventNames;
  const event = random.chance(0.8) ? random.pick(among) : random.some(among, 1, 3);
  return random.chance(filterChance) ? { event, where: filter(draft) } : { event };
}

export function window(draft: Draft): Written {
  const { setting } = draft;
  const { random } = setting;
  const form = random.weighted([
    [6, "last"],
    [2, "between"],
    [2, "before"],
    [1.5, "from-to"],
    [4, "calendar"],
    [1.5, "since"],
  ]);
  const result: Written = {};
  if (form === "last" || form === "before") result[form] = anyDuration(draft);
  if (form === "between") result["between"] = longerAndShorter(draft);
  if (form === "calendar") result["calendar"] = calendarOf(draft);
  if (form === "from-to") {
    const ends = random.integer(0, 2);
    if (ends === 2) {
      const [from, to] = datePair(setting);
      result["from"] = orParameter(draft, "start", from);
      result["to"] = orParameter(draft, "end", to);
    } else {
      result[ends === 0 ? "from" : "to"] = orParameter(
        draft,
        ends === 0 ? "start" : "end",
        oneDate(setting),
      );
    }
  }
  if (form === "since" || random.chance(0.12)) result["since"] = eventMatch(draft);
  return result;
}

interface DraftMeasure {
  measure: Written;
  /** The kind of test that suits what comes out. */
  kind: ValueKind;
}

function newMeasure(draft: Draft): DraftMeasure {
  const { random } = draft.setting;
  const fn = random.pick([
    "count",
    "count",
    "sum",
    "sum",
    "avg",
    "min",
    "max",
    "distinct",
    "first",
    "first",
    "last",
    "last",
    "active",
  ]);
  if (fn === "count") return { measure: { fn }, kind: "number" };
  if (fn === "active") {
    const unit = random.pick(["hour", "day", "week", "month"]);
    return { measure: { fn, unit }, kind: "number" };
  }
  const numeric = ["sum", "avg", "min", "max"].includes(fn);
  const numbers = numeric || random.chance(0.4);
  const paths = numbers ? vocabulary.numberPaths : vocabulary.textPaths;
  const property = random.pick<string>(random.chance(0.85) ? paths : pathsOf.any);
  const anyKind: ValueKind[] = ["any", "array", "date", "boolean"];
  const fitting = numbers ? "number" : "text";
  const kind = random.chance(0.8) ? fitting : random.pick(anyKind);
  return { measure: { fn, property }, kind: fn === "first" || fn === "last" ? kind : "number" };
}

function metric(draft: Draft): Written {
  const { random } = draft.setting;
  const result = eventMatch(draft, 0.25);
  if (random.chance(0.8)) result["measure"] = newMeasure(draft).measure;
  if (random.chance(0.75)) result["window"] = window(draft);
  return result;
}

function eventCondition(draft: Draft): Written {
  const { random } = draft.setting;
  const result: Written = { kind: "event", ...eventMatch(draft) };
  if (random.chance(0.85)) result["window"] = window(draft);
  if (random.chance(0.35)) return result;
  const { measure, kind } = newMeasure(draft);
  if (measure["fn"] !== "count" || random.chance(0.5)) result["measure"] = measure;
  const { fn } = measure;
  if (fn === "first" || fn === "last") return { ...result, ...testFor(draft, kind) };
  const test = random.chance(0.9) ? numberTest(draft) : anyTest(draft);
  return { ...result, ...test };
}

function sequence(draft: Draft): Written {
  const { random } = draft.setting;
  const steps: Written[] = [eventMatch(draft, 0.2)];
  const length = random.pick([2, 2, 3, 3, 4, 5, 10]);
  const kinds = Array.from({ length: length - 1 }, () => random.chance(0.35));
  const lastPositive = kinds.lastIndexOf(false);
  kinds.forEach((absent, index) => {
    const step = eventMatch(draft, 0.2);
    if (absent) {
      step["absent"] = true;
      if (index > lastPositive && random.chance(0.6)) step["within"] = anyDuration(draft);
    } else if (random.chance(0.45)) {
      step["within"] = anyDuration(draft);
    }
    steps.push(step);
  });
  const result: Written = { kind: "sequence", steps };
  return random.chance(0.5) ? { ...result, window: window(draft) } : result;
}

function expression(draft: Draft, depth = 0): unknown {
  const { random } = draft.setting;
  const kind = random.weighted([
    [2, "number"],
    [1, "attribute"],
    [5, "metric"],
    [depth < 3 ? 2 : 0, "arithmetic"],
  ]);
  if (kind === "number") {
    return orParameter(draft, "limit", oneNumber(draft.setting));
  }
  if (kind === "attribute") return { attribute: random.pick(["limit", "age", "plan", "nothing"]) };
  if (kind === "metric") return { metric: metric(draft) };
  const operation = random.pick(["add", "sub", "mul", "div", "div"]);
  return { [operation]: [expression(draft, depth + 1), expression(draft, depth + 1)] };
}

function attributeCondition(draft: Draft): Written {
  const { random } = draft.setting;
  const kinds: ValueKind[] = [
    "any",
    "number",
    "text",
    "text",
    "boolean",
    "array",
    "date",
    "dateRelative",
    "dateRelative",
    "dateRelative",
  ];
  const kind = random.pick(kinds);
  const attributes = random.chance(0.92) || kind === "dateRelative" ? traitsOf[kind] : traitsOf.any;
  return { kind: "attribute", attribute: random.pick(attributes), ...testFor(draft, kind) };
}

export function condition(draft: Draft, depth = 0): Written {
  const { random } = draft.setting;
  const nested = draft.otherSegments.length > 0;
  const kind = random.weighted([
    [depth < 3 ? 5 : 0, "group"],
    [9, "event"],
    [draft.setting.bulky ? 0 : 3, "sequence"],
    [4, "attribute"],
    [1, "channel"],
    [1, "list"],
    [nested ? 2 : 0, "segment"],
    [3, "compare"],
    [0.7, "sample"],
  ]);
  const result = ((): Written => {
    switch (kind) {
      case "group": {
        const length = random.integer(1, 3);
        const of = Array.from({ length }, () => condition(draft, depth + 1));
        return { kind: random.pick(groupKinds), of };
      }
      case "event":
        return eventCondition(draft);
      case "sequence":
        return sequence(draft);
      case "attribute":
        return attributeCondition(draft);
      case "channel": {
        const op = random.pick(["reachable", "unreachable"]);
        return { kind, channel: random.pick(vocabulary.channels), op };
      }
      case "list":
        return { kind, list: random.pick(vocabulary.lists), op: random.pick(["in", "not_in"]) };
      case "segment": {
        const segment = random.pick(draft.otherSegments);
        return { kind, segment, op: random.pick(["in", "in", "not_in"]) };
      }
      case "compare": {
        const op = random.pick(["eq", "ne", "gt", "gte", "lt", "lte"]);
        return { kind, left: expression(draft), op, right: expression(draft) };
      }
      default: {
        const percent = orParameter(draft, "share", random.pick([0, 12.5, 50, 90, 100]));
        return { kind: "sample", percent, salt: random.pick(["holdout-q4", "s", "\u{1f600}"]) };
      }
    }
  })();
  if (random.chance(0.03)) result["meta"] = { note: "\u{1f600}", kind: "any", nested: [null, 1.5] };
  return result;
}
