import type {
  Condition,
  Duration,
  EventSelector,
  Expression,
  Operator,
  PropertyFilter,
  SequenceStep,
} from "@fosterflow/segments/audience";
import type { EventWord, PropertyWord, Vocabulary } from "../engine/vocabulary.ts";
import { likelyOperator, type Operand, operands } from "./operators.ts";

/** What a new part of a rule begins with: names that the data have, so that there is something to count at once. */

export type ConditionKind = Condition["kind"];

function eventName({ events }: Vocabulary, index = 0): string {
  return (events[index] ?? events[0])?.name ?? "";
}

function likelyEvent(vocabulary: Vocabulary, wanted: string): string {
  return vocabulary.events.some(({ name }) => name === wanted) ? wanted : eventName(vocabulary);
}

const aMonth: Duration = { days: 30 };

export function newCondition(
  kind: ConditionKind,
  vocabulary: Vocabulary,
  segments: readonly string[],
): Condition {
  const order = likelyEvent(vocabulary, "Order Completed");
  const view = likelyEvent(vocabulary, "Product Viewed");
  switch (kind) {
    case "all":
    case "any":
    case "none":
      return { kind, of: [newCondition("event", vocabulary, segments)] };
    case "event":
      return { kind, event: view, op: "gte", value: 1, window: { last: aMonth } };
    case "sequence": {
      const cart = likelyEvent(vocabulary, "Product Added");
      const steps: SequenceStep[] = [
        { event: cart },
        { absent: true, event: order, within: { hours: 24 } },
      ];
      return { kind, steps, window: { last: { days: 7 } } };
    }
    case "attribute": {
      const trait = vocabulary.traits.find(({ type }) => type === "text") ?? vocabulary.traits[0];
      return { kind, attribute: trait?.path ?? "", ...newComparison(trait) } as Condition;
    }
    case "channel":
      return { kind, channel: vocabulary.channels[0]?.name ?? "email", op: "reachable" };
    case "list":
      return { kind, list: vocabulary.lists[0]?.name ?? "", op: "in" };
    case "segment":
      return { kind, segment: segments[0] ?? "", op: "in" };
    case "compare": {
      const spent = (days: Duration): Expression => ({
        metric: { event: order, measure: { fn: "sum", property: "total" }, window: { last: days } },
      });
      return { kind, left: spent(aMonth), op: "gt", right: { mul: [0.5, spent({ days: 60 })] } };
    }
    case "sample":
      return { kind, percent: 10, salt: "holdout" };
  }
}

/** A comparison that suits what a property or attribute has. */
export function newComparison(word: PropertyWord | undefined): { op: Operator; value?: unknown } {
  const op = likelyOperator(word?.type);
  const value = newValue(operands[op], word);
  return value === undefined ? { op } : { op, value };
}

export function newValue(operand: Operand, word: PropertyWord | undefined): unknown {
  const [frequent] = word?.values ?? [];
  const common = frequent?.value ?? "";
  const middle = Math.round(((word?.minimum ?? 0) + (word?.maximum ?? 2)) / 2);
  const today = new Date().toISOString().slice(0, 10);
  switch (operand) {
    case "nothing":
      return undefined;
    case "scalar":
      return common;
    case "scalars":
      return common === "" ? [] : [common];
    case "number":
      return middle;
    case "numbers":
      return [word?.minimum ?? 0, word?.maximum ?? middle];
    case "text":
      return typeof common === "string" ? common : "";
    case "date":
      return today;
    case "dates":
      return [`${today.slice(0, 4)}-01-01`, today];
    case "duration":
      return aMonth;
    case "days":
      return { days: 14 };
  }
}

export function newPropertyFilter(properties: readonly PropertyWord[]): PropertyFilter {
  const word = properties.find(({ type }) => type !== "items");
  return { kind: "property", property: word?.path ?? "", ...newComparison(word) } as PropertyFilter;
}

export function newItemFilter(properties: readonly PropertyWord[]): PropertyFilter {
  const array = properties.find(({ type }) => type === "items");
  return { kind: "item", items: array?.path ?? "", where: newPropertyFilter(array?.items ?? []) };
}

export function newClockFilter(): PropertyFilter {
  return { kind: "clock", unit: "hour", op: "between", value: [18, 23] };
}

/** The properties of the events that a selector names, those of all of them together. */
export function propertiesOf(
  vocabulary: Vocabulary,
  event: EventSelector["event"],
): readonly PropertyWord[] {
  const names = typeof event === "string" ? [event] : Array.isArray(event) ? event : [];
  const chosen = names.flatMap((name: string): readonly EventWord[] =>
    vocabulary.events.filter((word) => word.name === name),
  );
  const byPath = new Map<string, PropertyWord>();
  for (const { properties } of chosen) {
    for (const property of properties)
      if (!byPath.has(property.path)) byPath.set(property.path, property);
  }
  return [...byPath.values()];
}
