import {
  clampInstant,
  dayLength,
  earliestInstant,
  instantOfLocalTime,
  latestInstant,
  localTimeAt,
} from "./time_zones.ts";

/** A day is counted from 1970-01-01; a date is of the proleptic Gregorian calendar. */
export interface CivilDate {
  year: number;
  month: number;
  day: number;
}

export function dayOfDate(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is the last of the year.
  const shiftedYear = month <= 2 ? year - 1 : year;
  const monthFromMarch = (month + 9) % 12;
  const leapDays =
    Math.floor(shiftedYear / 4) - Math.floor(shiftedYear / 100) + Math.floor(shiftedYear / 400);
  return (
    shiftedYear * 365 + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1 - 719_468
  );
}

export function dateOfDay(dayNumber: number): CivilDate {
  const days = dayNumber + 719_468;
  let year = Math.floor(days / 365.2425);
  const firstDayOf = (shiftedYear: number): number =>
    shiftedYear * 365 +
    Math.floor(shiftedYear / 4) -
    Math.floor(shiftedYear / 100) +
    Math.floor(shiftedYear / 400);
  while (firstDayOf(year) > days) year -= 1;
  while (firstDayOf(year + 1) <= days) year += 1;
  const dayOfYear = days - firstDayOf(year);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: month <= 2 ? year + 1 : year, month, day };
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  const lengths = [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return lengths[month - 1] as number;
}

/** Monday is 1 (section 2.3). */
export function weekdayOfDay(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

export function localDayAt(zone: string, instant: number): number {
  return Math.floor(localTimeAt(zone, instant) / dayLength);
}

/** Section 2.5: calendar months, clamped to the month's last day. */
export function addMonthsToDay(dayNumber: number, months: number): number {
  const date = dateOfDay(dayNumber);
  const monthIndex = date.year * 12 + (date.month - 1) + months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  return dayOfDate(year, month, Math.min(date.day, daysInMonth(year, month)));
}

export type DurationUnit = "seconds" | "minutes" | "hours" | "days" | "weeks" | "months" | "years";

export interface Duration {
  unit: DurationUnit;
  amount: number;
}

const exactLengths: Partial<Record<DurationUnit, number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: dayLength,
  weeks: 7 * dayLength,
};

/** The span of an exact duration in ms; undefined for months and years, which have none. */
export function exactSpan(duration: Duration): number | undefined {
  const length = exactLengths[duration.unit];
  return length === undefined ? undefined : duration.amount * length;
}

/** T − D (`direction` −1) or T + D (+1), clamped to the range of time (appendix, "Windows"). */
export function shiftInstant(
  zone: string,
  instant: number,
  duration: Duration,
  direction: 1 | -1,
): number {
  const span = exactSpan(duration);
  if (span !== undefined) return clampInstant(instant + direction * span);
  const months = duration.unit === "years" ? duration.amount * 12 : duration.amount;
  // 600,000 years reach beyond both ends of time from anywhere in it.
  if (months > 7_200_000) return direction === 1 ? latestInstant : earliestInstant;
  const local = localTimeAt(zone, instant);
  const day = Math.floor(local / dayLength);
  const timeOfDay = local - day * dayLength;
  const shifted = addMonthsToDay(day, direction * months) * dayLength + timeOfDay;
  return instantOfLocalTime(zone, shifted);
}

export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year";

/** Which unit, counted along the calendar, a local day belongs to. Weeks start on Monday. */
export function unitOfDay(unit: CalendarUnit, dayNumber: number): number {
  if (unit === "day") return dayNumber;
  if (unit === "week") return Math.floor((dayNumber + 3) / 7);
  const { year, month } = dateOfDay(dayNumber);
  if (unit === "year") return year;
  return unit === "month" ? year * 12 + month - 1 : year * 4 + Math.floor((month - 1) / 3);
}

function firstDayOfUnit(unit: CalendarUnit, index: number): number {
  if (unit === "day") return index;
  if (unit === "week") return index * 7 - 3;
  if (unit === "year") return dayOfDate(index, 1, 1);
  const perYear = unit === "month" ? 12 : 4;
  const year = Math.floor(index / perYear);
  return dayOfDate(year, (index - year * perYear) * (12 / perYear) + 1, 1);
}

/** A local start is the smallest instant whose local time is not earlier (section 2.5). */
export function startOfUnit(zone: string, unit: CalendarUnit, index: number): number {
  const bounded = Math.min(1e9, Math.max(-1e9, index));
  return instantOfLocalTime(zone, firstDayOfUnit(unit, bounded) * dayLength);
}
