import { type Duration, dateOfDay, isLeapYear, localDayAt, shiftInstant } from "./calendar.ts";
import { foldCase } from "./case_folding.ts";
import { noteOutcome } from "./coverage.ts";
import { instantOfDate } from "./date_texts.ts";
import { durationInForce, type Test, type WrittenDuration } from "./definitions.ts";
import { type Situation, valueInForce } from "./situation.ts";
import { isMissing, isScalar, type Observed, type Scalar } from "./values.ts";

/** Every negative operator is the exact negation of its positive one (section 2.1). */
const positiveOf: Record<string, string> = {
  ne: "eq",
  not_in: "in",
  is_not_set: "is_set",
  not_between: "between",
  not_contains: "contains",
  not_like: "like",
  includes_none: "includes_any",
};

/** No coercion; an array or object equals nothing; −0 = 0 (appendix, "Values"). */
function equals(left: Observed, right: Observed, ignoreCase: boolean): boolean {
  if (!isScalar(left) || !isScalar(right)) return false;
  if (ignoreCase && typeof left === "string" && typeof right === "string") {
    return foldCase(left) === foldCase(right);
  }
  return left === right;
}

/** Of a wanted array that holds odd elements the others count. */
function wantedScalars(wanted: Observed): Scalar[] {
  return Array.isArray(wanted) ? wanted.filter(isScalar) : [];
}

/** `*` any text, `?` one code point, `\` takes the next character as it is; a trailing one itself. */
export function isLike(text: string, pattern: string): boolean {
  const characters = [...text];
  const parts: ("any" | "one" | { literal: string })[] = [];
  const written = [...pattern];
  for (let index = 0; index < written.length; index += 1) {
    const character = written[index] as string;
    if (character === "\\" && index + 1 < written.length) {
      index += 1;
      parts.push({ literal: written[index] as string });
    } else if (character === "*") parts.push("any");
    else if (character === "?") parts.push("one");
    else parts.push({ literal: character });
  }
  // The lengths of the beginnings of the text that the parts so far can match.
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const length of reached) {
      if (part === "any") {
        for (let longer = length; longer <= characters.length; longer += 1) next.add(longer);
      } else if (length < characters.length) {
        if (part === "one" || part.literal === characters[length]) next.add(length + 1);
      }
    }
    reached = next;
  }
  return reached.has(characters.length);
}

function compareNumbers(observed: Observed, wanted: Observed, op: string): boolean {
  if (typeof observed !== "number" || typeof wanted !== "number") return false;
  if (op === "gt") return observed > wanted;
  if (op === "gte") return observed >= wanted;
  if (op === "lt") return observed < wanted;
  return observed <= wanted;
}

function isBetween(observed: Observed, wanted: Observed): boolean {
  if (typeof observed !== "number" || !Array.isArray(wanted) || wanted.length !== 2) return false;
  const [low, high] = wanted;
  return typeof low === "number" && typeof high === "number" && low <= observed && observed <= high;
}

function testText(observed: Observed, wanted: Observed, op: string, ignoreCase: boolean): boolean {
  if (op === "contains" && Array.isArray(observed)) {
    return observed.some((element) => equals(element, wanted, ignoreCase));
  }
  if (typeof observed !== "string" || typeof wanted !== "string") return false;
  const text = ignoreCase ? foldCase(observed) : observed;
  const part = ignoreCase ? foldCase(wanted) : wanted;
  if (op === "contains") return text.includes(part);
  if (op === "starts_with") return text.startsWith(part);
  if (op === "ends_with") return text.endsWith(part);
  return isLike(text, part);
}

function testArray(observed: Observed, wanted: Observed, op: string): boolean {
  const scalars = wantedScalars(wanted);
  if (!Array.isArray(observed) || scalars.length === 0) return false;
  const has = (scalar: Scalar): boolean =>
    observed.some((element) => equals(element, scalar, false));
  return op === "includes_all" ? scalars.every(has) : scalars.some(has);
}

function testDate(observed: Observed, wanted: Observed, op: string, zone: string): boolean {
  const date = instantOfDate(observed, zone);
  if (date === undefined) return false;
  if (op === "date_between") {
    if (!Array.isArray(wanted) || wanted.length !== 2) return false;
    const from = instantOfDate(wanted[0], zone);
    const to = instantOfDate(wanted[1], zone);
    return from !== undefined && to !== undefined && from <= date && date <= to;
  }
  const bound = instantOfDate(wanted, zone);
  if (bound === undefined) return false;
  return op === "date_before" ? date < bound : date > bound;
}

/** Section 2.4 and the appendix, "Dates": where the date lies, seen from now. */
export function holdsRelativeToNow(
  observed: Observed,
  op: string,
  duration: Duration,
  now: number,
  zone: string,
): boolean {
  const date = instantOfDate(observed, zone);
  if (date === undefined) return false;
  switch (op) {
    case "date_more_than_ago":
      return date <= shiftInstant(zone, now, duration, -1);
    case "date_in_last":
      return shiftInstant(zone, now, duration, -1) < date && date <= now;
    case "date_in_next":
      return now < date && date <= shiftInstant(zone, now, duration, 1);
    case "date_more_than_ahead":
      return date > shiftInstant(zone, now, duration, 1);
    default:
      return isAnniversaryWithin(localDayAt(zone, date), localDayAt(zone, now), duration.amount);
  }
}

/** The month and day fall on today or one of the next N days; Feb 29 is Mar 1 in common years. */
function isAnniversaryWithin(dayOfDate: number, today: number, days: number): boolean {
  const wanted = dateOfDay(dayOfDate);
  // No two anniversaries are more than 366 days apart.
  for (let ahead = 0; ahead <= Math.min(days, 366); ahead += 1) {
    const date = dateOfDay(today + ahead);
    if (date.month === wanted.month && date.day === wanted.day) return true;
    const stoodIn = wanted.month === 2 && wanted.day === 29 && !isLeapYear(date.year);
    if (stoodIn && date.month === 3 && date.day === 1) return true;
  }
  return false;
}

function holdsPositively(
  op: string,
  observed: Observed,
  test: Partial<Test>,
  situation: Situation,
): boolean {
  const ignoreCase = test.ignoreCase === true;
  const { now, zone } = situation;
  if (op === "is_set") return !isMissing(observed);
  if (isRelativeToNow(op)) {
    const parameters = situation.definition.parameters;
    const duration = durationInForce(test.value as WrittenDuration, parameters);
    return holdsRelativeToNow(observed, op, duration, now, zone);
  }
  const wanted = valueInForce(test.value, situation);
  switch (op) {
    case "eq":
      return equals(observed, wanted, ignoreCase);
    case "in":
      return wantedScalars(wanted).some((scalar) => equals(observed, scalar, ignoreCase));
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return compareNumbers(observed, wanted, op);
    case "between":
      return isBetween(observed, wanted);
    case "contains":
    case "starts_with":
    case "ends_with":
    case "like":
      return testText(observed, wanted, op, ignoreCase);
    case "includes_any":
    case "includes_all":
      return testArray(observed, wanted, op);
    case "date_before":
    case "date_after":
    case "date_between":
      return testDate(observed, wanted, op, zone);
    default:
      throw new Error(`unknown operator ${op}`);
  }
}

export function isRelativeToNow(op: string): boolean {
  return (
    op === "date_in_last" ||
    op === "date_more_than_ago" ||
    op === "date_in_next" ||
    op === "date_more_than_ahead" ||
    op === "date_anniversary_in_next"
  );
}

/** Whether an observed value satisfies a test (section 2.4). */
export function holds(
  op: string,
  observed: Observed,
  test: Partial<Test>,
  situation: Situation,
): boolean {
  const positive = positiveOf[op];
  const result =
    positive === undefined
      ? holdsPositively(op, observed, test, situation)
      : !holdsPositively(positive, observed, test, situation);
  if (test.ignoreCase === true) noteOutcome(`ignoreCase:${op}`, result);
  return noteOutcome(`op:${op}`, result);
}
