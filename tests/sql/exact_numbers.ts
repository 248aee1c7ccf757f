import type { Case } from "../oracle/generator.ts";
import type { JsonValue } from "../oracle/json_text.ts";
import type { Line } from "../oracle/messages.ts";

/**
 * Databases add up doubles in an order of their own. In a case that adds up, numbers become such that no order makes a
 * difference: multiples of a quarter, and not large. Whole numbers that can be dates stay as they were drawn.
 */
const latestDate = 8.64e15;

export function addsUp(one: Case): boolean {
  return /"fn":"(?:sum|avg)"/.test(JSON.stringify(one.definitions));
}

function exactNumber(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) <= latestDate) return value;
  return Math.round(Math.max(-1e6, Math.min(1e6, value)) * 4) / 4;
}

function exactValue(value: JsonValue): JsonValue {
  if (typeof value === "number") return exactNumber(value);
  if (Array.isArray(value)) return value.map(exactValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, exactValue(member)]),
  );
}

const dataKeys = ["properties", "traits"];

function exactLine(line: Line): Line {
  if (typeof line !== "string") return line;
  let message: JsonValue;
  try {
    message = JSON.parse(line) as JsonValue;
  } catch {
    return line;
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) return line;
  let result = line;
  for (const key of dataKeys) {
    if (message[key] === undefined) continue;
    message[key] = exactValue(message[key]);
    result = JSON.stringify(message);
  }
  return result;
}

/** Durations, dates and counts are whole numbers, and stay. */
export function withExactNumbers(one: Case): Case {
  return {
    ...one,
    definitions: exactValue(one.definitions as JsonValue) as Case["definitions"],
    ...(one.parameters === undefined
      ? {}
      : { parameters: exactValue(one.parameters) as Record<string, JsonValue> }),
    lines: one.lines.map(exactLine),
  };
}
