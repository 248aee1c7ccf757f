import type { Operator } from "@fosterflow/segments/audience";
import type { ValueType } from "../engine/vocabulary.ts";

/** What an operator is compared with: decides which control is shown. */
export type Operand =
  | "nothing"
  | "scalar"
  | "scalars"
  | "number"
  | "numbers"
  | "text"
  | "date"
  | "dates"
  | "duration"
  | "days";

export const operands: Readonly<Record<Operator, Operand>> = {
  eq: "scalar",
  ne: "scalar",
  in: "scalars",
  not_in: "scalars",
  is_set: "nothing",
  is_not_set: "nothing",
  gt: "number",
  gte: "number",
  lt: "number",
  lte: "number",
  between: "numbers",
  not_between: "numbers",
  contains: "scalar",
  not_contains: "scalar",
  starts_with: "text",
  ends_with: "text",
  like: "text",
  not_like: "text",
  includes_any: "scalars",
  includes_all: "scalars",
  includes_none: "scalars",
  date_before: "date",
  date_after: "date",
  date_between: "dates",
  date_in_last: "duration",
  date_more_than_ago: "duration",
  date_in_next: "duration",
  date_more_than_ahead: "duration",
  date_anniversary_in_next: "days",
};

/** Operators that may ignore upper and lower case. */
export const caseOperators: ReadonlySet<Operator> = new Set([
  ...(["eq", "ne", "in", "not_in", "contains", "not_contains"] as const),
  ...(["starts_with", "ends_with", "like", "not_like"] as const),
]);

export interface OperatorGroup {
  /** Names its title in the catalogue. */
  readonly id: "any" | "number" | "text" | "list" | "date" | "relative";
  readonly operators: readonly Operator[];
}

const any: OperatorGroup = {
  id: "any",
  operators: ["eq", "ne", "in", "not_in", "is_set", "is_not_set"],
};
const number: OperatorGroup = {
  id: "number",
  operators: ["gte", "gt", "lte", "lt", "between", "not_between"],
};
const text: OperatorGroup = {
  id: "text",
  operators: ["contains", "not_contains", "starts_with", "ends_with", "like", "not_like"],
};
const list: OperatorGroup = {
  id: "list",
  operators: ["includes_any", "includes_all", "includes_none"],
};
const date: OperatorGroup = {
  id: "date",
  operators: ["date_before", "date_after", "date_between"],
};
const relative: OperatorGroup = {
  id: "relative",
  operators: [
    ...(["date_in_last", "date_more_than_ago", "date_in_next", "date_more_than_ahead"] as const),
    "date_anniversary_in_next",
  ],
};

/** Of a number that is measured or read off a clock. */
export const measureOperators: readonly OperatorGroup[] = [number, any];
/** Of a property of an event: nothing relative to now. */
export const propertyOperators: readonly OperatorGroup[] = [any, number, text, list, date];
export const attributeOperators: readonly OperatorGroup[] = [
  any,
  number,
  text,
  list,
  date,
  relative,
];

/** What somebody who has just chosen a value of this type most likely wants. */
export function likelyOperator(type: ValueType | undefined): Operator {
  if (type === "number") return "gte";
  if (type === "list") return "includes_any";
  if (type === "date") return "date_after";
  return "eq";
}
