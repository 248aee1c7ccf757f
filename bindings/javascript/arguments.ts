import { SegmentError } from "./segment_error.ts";

const latestInstant = 8.64e15;

/** The value, when it is a whole number of epoch milliseconds in the range of time. */
export function checkedInstant(value: unknown, name: string): number {
  if (Number.isInteger(value) && Math.abs(value as number) <= latestInstant) return value as number;
  throw new SegmentError(
    "invalid_argument",
    `\`${name}\` must be a whole number of epoch milliseconds within ±8.64e15, as Date.now() gives.`,
  );
}

/** The value, when it is a text and not empty. */
export function checkedText(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new SegmentError("invalid_argument", `\`${name}\` must be a text that is not empty.`);
}

/** The value, when it is bytes. */
export function checkedBytes(value: unknown, name: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new SegmentError("invalid_argument", `\`${name}\` must be a Uint8Array.`);
}
