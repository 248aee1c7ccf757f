import type { JsonValue } from "../json_text.ts";
import {
  anyDuration,
  type Draft,
  datePair,
  newDuration,
  oneDate,
  oneNumber,
  oneScalar,
  oneText,
  orParameter,
  orReference,
  partOfText,
  patternOf,
  type Written,
} from "./values_of_rules.ts";

/** Random valid `{op, value, ignoreCase}` for each kind of observed value (section 2.4). */
export type ValueKind = "any" | "number" | "text" | "boolean" | "array" | "date" | "dateRelative";

function numberPair(draft: Draft): JsonValue {
  const bounds = [oneNumber(draft.setting), oneNumber(draft.setting)];
  return bounds.sort((left, right) => left - right);
}

function scalars(draft: Draft, least = 1): JsonValue[] {
  const { random } = draft.setting;
  return Array.from({ length: random.integer(least, 4) }, () => oneScalar(draft.setting));
}

function withCase(draft: Draft, test: Written): Written {
  const { random } = draft.setting;
  return random.chance(0.45) ? { ...test, ignoreCase: random.chance(0.9) } : test;
}

export function anyTest(draft: Draft): Written {
  const { random } = draft.setting;
  const op = random.pick(["eq", "ne", "in", "not_in", "is_set", "is_not_set"]);
  if (op === "is_set" || op === "is_not_set") return { op };
  if (op === "in" || op === "not_in") {
    const value = orReference(draft, "choices", ["words", "tags"], scalars(draft));
    return withCase(draft, { op, value });
  }
  const kind = random.integer(0, 4);
  let value: unknown;
  if (kind < 3) value = orReference(draft, "word", ["homeCity", "plan"], oneText(draft.setting));
  else if (kind === 3) value = orReference(draft, "limit", ["limit"], oneNumber(draft.setting));
  else value = orReference(draft, "flag", ["vip"], random.chance(0.5));
  return withCase(draft, { op, value });
}

export function numberTest(draft: Draft): Written {
  const { random } = draft.setting;
  const op = random.pick([
    "gt",
    "gte",
    "gte",
    "lt",
    "lte",
    "lte",
    "between",
    "not_between",
    "eq",
    "ne",
  ]);
  if (op === "between" || op === "not_between") {
    return { op, value: orReference(draft, "range", ["range", "tags"], numberPair(draft)) };
  }
  return { op, value: orReference(draft, "limit", ["limit", "age"], oneNumber(draft.setting)) };
}

function textTest(draft: Draft): Written {
  const { random } = draft.setting;
  const op = random.pick([
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "like",
    "not_like",
    "eq",
    "ne",
  ]);
  const like = op === "like" || op === "not_like";
  const { setting } = draft;
  const exact = op === "eq" || op === "ne";
  const part = exact ? oneText(setting) : partOfText(setting, op);
  const literal = like ? patternOf(setting) : part;
  const name = like ? "pattern" : "word";
  return withCase(draft, { op, value: orReference(draft, name, ["homeCity", "plan"], literal) });
}

function arrayTest(draft: Draft): Written {
  const { random } = draft.setting;
  const op = random.pick([
    "includes_any",
    "includes_all",
    "includes_none",
    "contains",
    "not_contains",
  ]);
  if (op === "contains" || op === "not_contains") {
    const word = oneText(draft.setting);
    return withCase(draft, { op, value: orReference(draft, "word", ["homeCity"], word) });
  }
  return { op, value: orReference(draft, "choices", ["words", "tags"], scalars(draft)) };
}

function dateTest(draft: Draft): Written {
  const { setting } = draft;
  const { random } = setting;
  const op = random.pick(["date_before", "date_after", "date_between"]);
  if (op === "date_between") {
    return { op, value: orReference(draft, "period", ["period"], datePair(setting)) };
  }
  return { op, value: orReference(draft, "date", ["renewal", "birthday"], oneDate(setting)) };
}

/** Those that move with the instant, for attributes only. */
function relativeDateTest(draft: Draft): Written {
  const { random, extreme } = draft.setting;
  const ops = [
    "date_in_last",
    "date_more_than_ago",
    "date_in_next",
    "date_more_than_ahead",
    "date_anniversary_in_next",
  ];
  const op = random.pick(extreme ? ops.slice(0, 4) : ops);
  if (op !== "date_anniversary_in_next") return { op, value: anyDuration(draft) };
  const days = newDuration(draft.setting, [[1, "days"]]).amount;
  return { op, value: { days: orParameter(draft, "daysCount", days) } };
}

export function testFor(draft: Draft, kind: ValueKind): Written {
  switch (kind) {
    case "any":
      return anyTest(draft);
    case "number":
      return numberTest(draft);
    case "text":
      return textTest(draft);
    case "boolean":
      return {
        op: draft.setting.random.pick(["eq", "ne"]),
        value: orReference(draft, "flag", ["vip"], draft.setting.random.chance(0.5)),
      };
    case "array":
      return arrayTest(draft);
    case "date":
      return dateTest(draft);
    case "dateRelative":
      return relativeDateTest(draft);
  }
}
