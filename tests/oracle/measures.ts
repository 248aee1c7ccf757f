import { unitOfDay } from "./calendar.ts";
import { noteOutcome } from "./coverage.ts";
import type { Measure, Metric } from "./definitions.ts";
import { roundedAverage, roundedSum } from "./exact_sums.ts";
import { matches } from "./filters.ts";
import type { JsonValue } from "./json_text.ts";
import type { EventContent } from "./messages.ts";
import type { Situation } from "./situation.ts";
import { dayLength, localTimeAt } from "./time_zones.ts";
import { compareValues, isScalar, type Observed, readPath } from "./values.ts";
import { isInWindow } from "./windows.ts";

interface Reading {
  time: number;
  value: JsonValue;
}

/** Calendar units are told apart by their local name: a repeated hour is one (appendix). */
function nameOfUnit(unit: NonNullable<Measure["unit"]>, time: number, zone: string): number {
  const local = localTimeAt(zone, time);
  return unit === "hour"
    ? Math.floor(local / 3_600_000)
    : unitOfDay(unit, Math.floor(local / dayLength));
}

/** The value at the earliest (or latest) event that has it; ties: smallest first, largest last. */
function endmost(readings: readonly Reading[], fn: "first" | "last"): Observed {
  const order = (left: Reading, right: Reading): number =>
    left.time - right.time || compareValues(left.value, right.value);
  const sorted = [...readings].sort(order);
  return sorted.at(fn === "first" ? 0 : -1)?.value;
}

function measured(measure: Measure, events: readonly EventContent[], zone: string): Observed {
  const { fn } = measure;
  if (fn === "count") return events.length;
  if (fn === "active") {
    const unit = measure.unit as NonNullable<Measure["unit"]>;
    return new Set(events.map((event) => nameOfUnit(unit, event.time, zone))).size;
  }
  const readings: Reading[] = [];
  for (const event of events) {
    const value = readPath(event.properties, measure.property as string);
    if (value !== undefined) readings.push({ time: event.time, value });
  }
  if (fn === "first" || fn === "last") return endmost(readings, fn);
  const values = readings.map((reading) => reading.value);
  // A set tells values apart by type and takes −0 for 0, as is asked for.
  if (fn === "distinct") return new Set(values.filter(isScalar)).size;
  const numbers = values.filter((value) => typeof value === "number");
  if (fn === "sum") return roundedSum(numbers);
  if (numbers.length === 0) return undefined;
  if (fn === "avg") return roundedAverage(numbers);
  return fn === "min" ? Math.min(...numbers) : Math.max(...numbers);
}

/** Section 2.2: a measure over the matching events in the window. */
export function measureOf(metric: Metric, situation: Situation): Observed {
  const events = situation.events.filter(
    (event) => matches(metric, event, situation) && isInWindow(metric.window, event, situation),
  );
  const measure = metric.measure ?? { fn: "count" };
  const value = measured(measure, events, situation.zone);
  const unit = measure.unit === undefined ? "" : `:${measure.unit}`;
  noteOutcome(`measure:${measure.fn}${unit}`, value !== undefined && value !== 0);
  return value;
}
