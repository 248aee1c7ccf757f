import { dateOfDay, weekdayOfDay } from "./calendar.ts";
import { noteOutcome } from "./coverage.ts";
import type { ClockFilter, EventMatch, Filter } from "./definitions.ts";
import type { JsonValue } from "./json_text.ts";
import type { EventContent } from "./messages.ts";
import { holds } from "./operators.ts";
import type { Situation } from "./situation.ts";
import { dayLength, localTimeAt } from "./time_zones.ts";
import { readPath } from "./values.ts";

/** The event's local time in the segment's zone; weekday 1 is Monday (section 2.3). */
function readClock(unit: ClockFilter["unit"], time: number, zone: string): number {
  const local = localTimeAt(zone, time);
  const day = Math.floor(local / dayLength);
  if (unit === "hour") return Math.floor((local - day * dayLength) / 3_600_000);
  if (unit === "weekday") return weekdayOfDay(day);
  return unit === "month" ? dateOfDay(day).month : dateOfDay(day).day;
}

/** `subject` is the event's properties or, inside `item`, one element of an array. */
function satisfies(
  filter: Filter,
  subject: JsonValue,
  event: EventContent,
  situation: Situation,
): boolean {
  const inner = (member: Filter): boolean => satisfies(member, subject, event, situation);
  const decide = (): boolean => {
    switch (filter.kind) {
      case "all":
        return filter.of.every(inner);
      case "any":
        return filter.of.some(inner);
      case "none":
        return !filter.of.some(inner);
      case "property":
        return holds(filter.op, readPath(subject, filter.property), filter, situation);
      case "clock":
        return holds(
          filter.op,
          readClock(filter.unit, event.time, situation.zone),
          filter,
          situation,
        );
      case "item": {
        const items = readPath(subject, filter.items);
        if (!Array.isArray(items)) return false;
        return items.some((item) => satisfies(filter.where, item, event, situation));
      }
    }
  };
  const unit = filter.kind === "clock" ? `:${filter.unit}` : "";
  return noteOutcome(`filter:${filter.kind}${unit}`, decide());
}

export function matches(match: EventMatch, event: EventContent, situation: Situation): boolean {
  const named = Array.isArray(match.event)
    ? match.event.includes(event.name)
    : match.event === event.name;
  if (!named) return false;
  return match.where === undefined || satisfies(match.where, event.properties, event, situation);
}
