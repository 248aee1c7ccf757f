import {
  addMonthsToDay,
  type Duration,
  dateOfDay,
  dayOfDate,
  exactSpan,
  localDayAt,
  shiftInstant,
  startOfUnit,
  unitOfDay,
} from "./calendar.ts";
import type { Contact } from "./contacts.ts";
import { instantOfDate } from "./date_texts.ts";
import type { Definition } from "./definitions.ts";
import { type Mover, moversOf } from "./movers.ts";
import { holdsRelativeToNow } from "./operators.ts";
import { zoneFor } from "./situation.ts";
import {
  dayLength,
  earliestInstant,
  instantOfLocalTime,
  instantsAtLocalTime,
  latestInstant,
  localTimeAt,
  transitionsBetween,
} from "./time_zones.ts";
import { readPath } from "./values.ts";
import { isInCalendar } from "./windows.ts";

/**
 * Every instant at which a membership could change by time alone. Candidates are gathered
 * generously around each bound; of those only the ones stay at which the bound really moves over
 * the event or date: where its predicate differs from the millisecond before.
 */
function wherePredicateFlips(
  candidates: Iterable<number>,
  predicate: (now: number) => boolean,
): number[] {
  return [...new Set(candidates)].filter(
    (instant) =>
      instant > earliestInstant &&
      instant <= latestInstant &&
      predicate(instant) !== predicate(instant - 1),
  );
}

/** The instants around a local time, with the transitions of the zone near it. */
function instantsAround(zone: string, local: number): number[] {
  const near = 2 * dayLength;
  const around = transitionsBetween(zone, local - near, local + near);
  return [...instantsAtLocalTime(zone, local), ...around.map((transition) => transition.instant)];
}

const shiftFlips = new Map<string, number[]>();

/** Where `target` comes to lie at or before the moving bound now ± duration. */
function flipsOfShift(
  zone: string,
  target: number,
  duration: Duration,
  direction: 1 | -1,
): number[] {
  const span = exactSpan(duration);
  if (span !== undefined) return [target - direction * span];
  const key = `${zone} ${target} ${duration.amount} ${duration.unit} ${direction}`;
  const known = shiftFlips.get(key);
  if (known !== undefined) return known;
  const months = (duration.unit === "years" ? 12 : 1) * duration.amount;
  if (months > 7_200_000) return [];
  const local = localTimeAt(zone, target);
  const localDay = Math.floor(local / dayLength);
  // The clock times at which the bound jumps over the target: its own, midnight (a clamped day
  // follows another), and both sides of a transition near the target.
  const timesOfDay = new Set([0, local - localDay * dayLength]);
  for (const transition of transitionsBetween(
    zone,
    target - 2 * dayLength,
    target + 2 * dayLength,
  )) {
    for (const offset of [transition.offsetBefore, transition.offsetAfter]) {
      const wall = transition.instant + offset;
      timesOfDay.add(wall - Math.floor(wall / dayLength) * dayLength);
    }
  }
  const candidates: number[] = [];
  const middle = addMonthsToDay(localDay, -direction * months);
  for (let day = middle - 5; day <= middle + 5; day += 1) {
    for (const timeOfDay of timesOfDay) {
      candidates.push(...instantsAround(zone, day * dayLength + timeOfDay));
    }
  }
  const flips = wherePredicateFlips(
    candidates,
    (now) => target <= shiftInstant(zone, now, duration, direction),
  );
  shiftFlips.set(key, flips);
  return flips;
}

const calendarFlips = new Map<string, number[]>();

function flipsOfCalendar(
  zone: string,
  time: number,
  mover: Mover & { kind: "calendar" },
): number[] {
  const { unit, count, calendar } = mover;
  const current = calendar.current === true;
  const key = `${zone} ${time} ${unit} ${count} ${current}`;
  const known = calendarFlips.get(key);
  if (known !== undefined) return known;
  const own = unitOfDay(unit, localDayAt(zone, time));
  const candidates: number[] = [];
  for (const ahead of [-1, 0, 1, 2, count - 1, count, count + 1, count + 2]) {
    const start = startOfUnit(zone, unit, own + ahead);
    candidates.push(start, ...instantsAround(zone, localTimeAt(zone, start)));
  }
  const resolved = { unit, count, current };
  const flips = wherePredicateFlips(candidates, (now) =>
    isInCalendar(resolved, time, now, zone, {}),
  );
  calendarFlips.set(key, flips);
  return flips;
}

function flipsOfAnniversary(
  zone: string,
  date: number,
  days: number,
  from: number,
  to: number,
): number[] {
  const { month, day } = dateOfDay(localDayAt(zone, date));
  const firstYear = dateOfDay(localDayAt(zone, from)).year - 1;
  const lastYear = dateOfDay(localDayAt(zone, to)).year + Math.ceil(Math.min(days, 366) / 365) + 1;
  const candidates: number[] = [];
  for (let year = firstYear; year <= lastYear; year += 1) {
    // Feb 29 of a common year is counted on as Mar 1, as it is meant to be.
    const anniversary = dayOfDate(year, month, day);
    for (const start of [anniversary - days, anniversary + 1]) {
      const local = start * dayLength;
      candidates.push(instantOfLocalTime(zone, local), ...instantsAround(zone, local));
    }
  }
  const inRange = candidates.filter((instant) => instant > from && instant <= to);
  return wherePredicateFlips(inRange, (now) =>
    holdsRelativeToNow(date, "date_anniversary_in_next", { unit: "days", amount: days }, now, zone),
  );
}

function flipsOfMover(
  mover: Mover,
  contact: Contact,
  zone: string,
  from: number,
  to: number,
): number[] {
  if ("events" in mover) {
    const times = contact.events
      .filter((event) => mover.events.includes(event.name))
      .map((event) => event.time);
    return [...new Set(times)].flatMap((time) => {
      if (mover.kind === "calendar") return flipsOfCalendar(zone, time, mover);
      if (mover.kind === "elapsed") return [shiftInstant(zone, time, mover.duration, 1)];
      return flipsOfShift(zone, time, mover.duration, mover.direction);
    });
  }
  const date = instantOfDate(readPath(contact.attributes, mover.attribute), zone);
  if (date === undefined) return [];
  if (mover.kind === "anniversary") return flipsOfAnniversary(zone, date, mover.days, from, to);
  return [date, ...flipsOfShift(zone, date, mover.duration, mover.direction)];
}

const knownMovers = new WeakMap<Definition, Mover[]>();

/** The instants in (from, to] at which the law has to be asked again, ascending. */
export function changeInstants(
  definitions: readonly Definition[],
  contact: Contact,
  from: number,
  to: number,
): number[] {
  const instants = new Set(contact.events.map((event) => event.time));
  for (const definition of definitions) {
    const zone = zoneFor(definition, contact);
    let movers = knownMovers.get(definition);
    if (movers === undefined) {
      movers = moversOf(definition);
      knownMovers.set(definition, movers);
    }
    for (const mover of movers) {
      for (const instant of flipsOfMover(mover, contact, zone, from, to)) instants.add(instant);
    }
  }
  return [...instants]
    .filter((instant) => instant > from && instant <= to)
    .sort((left, right) => left - right);
}
