import { localDayAt, shiftInstant, startOfUnit, unitOfDay } from "./calendar.ts";
import { noteOutcome } from "./coverage.ts";
import { instantOfDate } from "./date_texts.ts";
import {
  type CalendarWindow,
  dateInForce,
  durationInForce,
  type EventMatch,
  numberInForce,
  type Window,
  type WrittenDate,
  type WrittenDuration,
} from "./definitions.ts";
import { matches } from "./filters.ts";
import type { JsonObject } from "./json_text.ts";
import type { EventContent } from "./messages.ts";
import type { Situation } from "./situation.ts";

/** Section 2.5: the last N whole units, or N units of which the running one is one, up to T. */
export function isInCalendar(
  calendar: CalendarWindow,
  time: number,
  now: number,
  zone: string,
  parameters: JsonObject,
): boolean {
  const count = numberInForce(calendar.count ?? 1, parameters);
  const running = unitOfDay(calendar.unit, localDayAt(zone, now));
  if (calendar.current === true) {
    return startOfUnit(zone, calendar.unit, running - count + 1) <= time && time <= now;
  }
  return (
    startOfUnit(zone, calendar.unit, running - count) <= time &&
    time < startOfUnit(zone, calendar.unit, running) &&
    time <= now
  );
}

const latestMatches = new WeakMap<Situation, Map<EventMatch, number>>();

/** The time of the latest matching event at or before now, whatever the window beside it. */
function latestMatch(since: EventMatch, at: Situation): number {
  let known = latestMatches.get(at);
  if (known === undefined) {
    known = new Map();
    latestMatches.set(at, known);
  }
  let latest = known.get(since);
  if (latest === undefined) {
    const matching = at.events.filter((event) => matches(since, event, at));
    latest = Math.max(Number.NEGATIVE_INFINITY, ...matching.map((event) => event.time));
    known.set(since, latest);
  }
  return latest;
}

export function isInWindow(
  window: Window | undefined,
  event: EventContent,
  at: Situation,
): boolean {
  const { now, zone } = at;
  const { time } = event;
  const { parameters } = at.definition;
  if (time > now) return false;
  if (window === undefined) return true;
  const ago = (written: WrittenDuration): number =>
    shiftInstant(zone, now, durationInForce(written, parameters), -1);
  const instant = (written: WrittenDate): number =>
    instantOfDate(dateInForce(written, parameters), zone) as number;
  const checks: [string, boolean | undefined][] = [
    ["last", window.last && ago(window.last) < time],
    ["between", window.between && ago(window.between[0]) < time && time <= ago(window.between[1])],
    ["before", window.before && time <= ago(window.before)],
    ["from", window.from === undefined ? undefined : instant(window.from) <= time],
    ["to", window.to === undefined ? undefined : time < instant(window.to)],
    ["calendar", window.calendar && isInCalendar(window.calendar, time, now, zone, parameters)],
    ["since", window.since && latestMatch(window.since, at) < time],
  ];
  for (const [form, inside] of checks) {
    if (inside !== undefined) noteOutcome(`window:${form}`, inside);
  }
  return checks.every(([, inside]) => inside !== false);
}
