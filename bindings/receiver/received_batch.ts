import { protocolVersion, type Stream } from "../delivery/wire.ts";
import type { Delta, DeltaCause } from "../javascript/delta_types.ts";

/** Longest source, epoch, contact and segment, in UTF-16 units: three of them fit an index of PostgreSQL in any script. */
export const longestNameLength = 255;

/** A body that was read and checked. */
export interface ReceivedBatch extends Stream {
  /** How many deltas the epoch's opening has, when the sender tells. */
  readonly opening: number | undefined;
  readonly authorization: string | undefined;
  /** The deltas before the first that is refused, in order, without a gap. */
  readonly deltas: readonly Delta[];
  /** The first that cannot be applied, now or later. */
  readonly refused: RefusedDelta | undefined;
}

export interface RefusedDelta {
  readonly sequence: number;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** @returns the batch, or what is wrong with it */
export function readBatch(text: string): ReceivedBatch | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "The body is not JSON.";
  }
  if (!isObject(value)) return "The body is not a JSON object.";
  if (value["version"] !== protocolVersion) return "/version: it must be 1.";
  for (const name of ["source", "epoch", "contact"]) {
    if (!isName(value[name])) return `/${name}: ${nameRule}`;
  }
  const { opening, authorization, deltas } = value;
  if (opening !== undefined && !isCount(opening)) return "/opening: it must be a whole number.";
  if (authorization !== undefined && typeof authorization !== "string") {
    return "/authorization: it must be a text.";
  }
  if (!Array.isArray(deltas)) return "/deltas: it must be an array.";
  const stream = value as unknown as Stream;
  const first = sequenceOf(deltas[0]);
  for (const [index, delta] of deltas.entries()) {
    if (first !== undefined && sequenceOf(delta) === first + index) continue;
    return `/deltas/${index}/sequence: it must be a whole number from 1 on, one more than that before.`;
  }
  const checked: Delta[] = [];
  let refused: RefusedDelta | undefined;
  for (const [index, delta] of deltas.entries()) {
    const problem = problemOf(delta, stream);
    if (problem !== undefined) {
      refused = { sequence: (first ?? 0) + index, message: `/deltas/${index}${problem}` };
      break;
    }
    checked.push(delta);
  }
  const { source, epoch, contact } = stream;
  return { source, epoch, contact, opening, authorization, deltas: checked, refused };
}

const causes: ReadonlySet<unknown> = new Set<DeltaCause>([
  "message",
  "time",
  "definition",
  "merge",
  "first",
]);

const nameRule = `it must be a text of 1 to ${longestNameLength} characters without U+0000 and halves of surrogate pairs.`;

/** What is wrong with a delta of which only the sequence is known to be right. */
function problemOf(delta: Fields, stream: Stream): string | undefined {
  for (const name of ["source", "epoch", "contact"] as const) {
    if (delta[name] !== stream[name]) return `/${name}: it must be that of the batch.`;
  }
  const { source, epoch, contact } = stream;
  if (delta["id"] !== `${source}:${epoch}:${contact}:${delta["sequence"]}`) {
    return "/id: it must be source, epoch, contact and sequence, with colons.";
  }
  if (!isName(delta["segment"])) return `/segment: ${nameRule}`;
  if (!/^[0-9a-f]{16}$/.test(String(delta["definition"]))) {
    return "/definition: it must be 16 hexadecimal digits.";
  }
  if (delta["change"] !== "entered" && delta["change"] !== "exited") {
    return '/change: it must be "entered" or "exited".';
  }
  for (const name of ["at", "decidedAt"]) {
    if (!isInstant(delta[name]))
      return `/${name}: it must be an instant as Date writes it, in UTC.`;
  }
  if (!causes.has(delta["cause"])) return "/cause: it is none that is known.";
  const messageId = delta["messageId"];
  if (messageId !== undefined && typeof messageId !== "string")
    return "/messageId: it must be a text.";
  return undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value.length > 0 &&
    value.length <= longestNameLength &&
    !/[\0\p{Surrogate}]/u.test(value)
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isInstant(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const instant = new Date(value);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === value;
}

function sequenceOf(delta: unknown): number | undefined {
  const sequence = isObject(delta) ? delta["sequence"] : undefined;
  return isCount(sequence) && sequence > 0 ? sequence : undefined;
}
