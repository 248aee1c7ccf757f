import { createHash } from "node:crypto";
import type { CalendarUnit, Duration, DurationUnit } from "./calendar.ts";
import { canonicalJson } from "./canonical_json.ts";
import { compareCodePoints } from "./code_points.ts";
import { emptyObject, isObject, type JsonObject, type JsonValue, parseJson } from "./json_text.ts";

/** The shapes of section 2. Definitions are taken as valid; the oracle does not check them. */
export interface ParameterReference {
  parameter: string;
}
export interface AttributeReference {
  attribute: string;
}
export type Reference = ParameterReference | AttributeReference;
export type WrittenNumber = number | ParameterReference;
export type WrittenDate = number | string | ParameterReference;
export type WrittenDuration = { [unit in DurationUnit]?: WrittenNumber };
export type WrittenValue = JsonValue | Reference | WrittenDuration | undefined;

export interface Test {
  op: string;
  value?: WrittenValue;
  ignoreCase?: boolean;
}

export interface Group<Member> {
  kind: "all" | "any" | "none";
  of: Member[];
}
export interface PropertyLeaf extends Test {
  kind: "property";
  property: string;
}
export interface ItemFilter {
  kind: "item";
  items: string;
  where: Filter;
}
export interface ClockFilter extends Test {
  kind: "clock";
  unit: "hour" | "weekday" | "day_of_month" | "month";
}
export type Filter = Group<Filter> | PropertyLeaf | ItemFilter | ClockFilter;

export interface EventMatch {
  event: string | string[];
  where?: Filter;
}
export interface CalendarWindow {
  unit: CalendarUnit;
  count?: WrittenNumber;
  current?: boolean;
}
export interface Window {
  last?: WrittenDuration;
  between?: [WrittenDuration, WrittenDuration];
  before?: WrittenDuration;
  from?: WrittenDate;
  to?: WrittenDate;
  calendar?: CalendarWindow;
  since?: EventMatch;
}
export interface Measure {
  fn: "count" | "sum" | "avg" | "min" | "max" | "distinct" | "first" | "last" | "active";
  property?: string;
  unit?: "hour" | "day" | "week" | "month";
}
export interface Metric extends EventMatch {
  measure?: Measure;
  window?: Window;
}
export interface EventCondition extends Metric, Partial<Test> {
  kind: "event";
}
export interface Step extends EventMatch {
  absent?: boolean;
  within?: WrittenDuration;
}
export interface SequenceCondition {
  kind: "sequence";
  window?: Window;
  steps: Step[];
}
export interface AttributeCondition extends Test {
  kind: "attribute";
  attribute: string;
}
export interface ChannelCondition {
  kind: "channel";
  channel: string;
  op: "reachable" | "unreachable";
}
export interface ListCondition {
  kind: "list";
  list: string;
  op: "in" | "not_in";
}
export interface SegmentCondition {
  kind: "segment";
  segment: string;
  op: "in" | "not_in";
}
export type Expression =
  | number
  | Reference
  | { metric: Metric }
  | { [operation in "add" | "sub" | "mul" | "div"]?: [Expression, Expression] };
export interface CompareCondition {
  kind: "compare";
  left: Expression;
  op: "eq" | "ne" | "gt" | "gte" | "lt" | "lte";
  right: Expression;
}
export interface SampleCondition {
  kind: "sample";
  percent: WrittenNumber;
  salt: string;
}
export type Condition =
  | Group<Condition>
  | EventCondition
  | SequenceCondition
  | AttributeCondition
  | ChannelCondition
  | ListCondition
  | SegmentCondition
  | CompareCondition
  | SampleCondition;

export interface Definition {
  id: string;
  timezone: string;
  /** Those in force: the overrides of the host already in place. */
  parameters: JsonObject;
  when: Condition;
  /** The `definition` field of a delta. */
  hash: string;
}

/** `meta` is free on every node; among the parameters it is a name like any other. */
function withoutMeta(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutMeta);
  if (!isObject(value)) return value;
  const result = emptyObject();
  for (const key of Object.keys(value)) {
    if (key !== "meta") result[key] = withoutMeta(value[key] as JsonValue);
  }
  return result;
}

function readDefinition(given: JsonObject, overrides: JsonObject): Definition {
  const { name: _name, description: _description, parameters: declared, ...rest } = given;
  const hashed = withoutMeta(rest as JsonObject) as JsonObject;
  const parameters = emptyObject();
  if (isObject(declared)) {
    for (const key of Object.keys(declared)) {
      parameters[key] = (
        Object.hasOwn(overrides, key) ? overrides[key] : declared[key]
      ) as JsonValue;
    }
    hashed["parameters"] = parameters;
  }
  return {
    id: given["id"] as string,
    timezone: (given["timezone"] as string | undefined) ?? "UTC",
    parameters,
    when: given["when"] as unknown as Condition,
    hash: createHash("sha256").update(canonicalJson(hashed)).digest("hex").slice(0, 16),
  };
}

const alreadyRead = new WeakMap<readonly unknown[], Map<string, Definition[]>>();

/** In the order of their ids, which is the order of several changes at one instant (section 3). */
export function readDefinitions(
  definitions: readonly unknown[],
  overrides: Record<string, unknown> = {},
): Definition[] {
  // Through the text form, so that lone surrogates are read as in messages.
  const overridingText = JSON.stringify(overrides);
  const known = alreadyRead.get(definitions) ?? new Map<string, Definition[]>();
  alreadyRead.set(definitions, known);
  let read = known.get(overridingText);
  if (read === undefined) {
    const overriding = parseJson(overridingText) as JsonObject;
    read = definitions
      .map((definition) => parseJson(JSON.stringify(definition)) as JsonObject)
      .map((definition) => readDefinition(definition, overriding))
      .sort((left, right) => compareCodePoints(left.id, right.id));
    known.set(overridingText, read);
  }
  return read;
}

export function isParameterReference(value: unknown): value is ParameterReference {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "parameter");
}

export function isAttributeReference(value: unknown): value is AttributeReference {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "attribute");
}

/** A number, or the parameter that stands for it. */
export function numberInForce(written: WrittenNumber, parameters: JsonObject): number {
  return isParameterReference(written) ? (parameters[written.parameter] as number) : written;
}

const durationUnits: readonly DurationUnit[] = [
  "seconds",
  "minutes",
  "hours",
  "days",
  "weeks",
  "months",
  "years",
];

export function durationInForce(written: WrittenDuration, parameters: JsonObject): Duration {
  const unit = durationUnits.find((candidate) => Object.hasOwn(written, candidate));
  if (unit === undefined) throw new Error(`no duration: ${JSON.stringify(written)}`);
  return { unit, amount: numberInForce(written[unit] as WrittenNumber, parameters) };
}

export function dateInForce(written: WrittenDate, parameters: JsonObject): JsonValue {
  return isParameterReference(written) ? (parameters[written.parameter] as JsonValue) : written;
}
