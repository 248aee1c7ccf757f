import { mostMessageBytes, toleratedClockSkew } from "../limits.ts";
import { contactIdRule, isContactId } from "./contact_id.ts";

/** A message that can be passed on to its contact, which decides whether it is one. */
export interface IncomingMessage {
  readonly kind: "message";
  readonly index: number;
  /** As JSON, with the time at which it happened by our clock. */
  readonly line: string;
  readonly contact: string;
  readonly messageId: string | undefined;
  /** The other id, when it is an alias that joins two. */
  readonly previousId: string | undefined;
}

/** A message that no contact is told. */
export interface SettledMessage {
  readonly kind: "refused" | "ignored";
  readonly index: number;
  readonly messageId: string | undefined;
  readonly code: string;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

export interface Receipt {
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** The client's clock when it sent the batch, for messages that do not say. */
  readonly sentAt: unknown;
  /** The type, where the path says it (`/v1/track`). */
  readonly type?: string;
}

const encoder = new TextEncoder();

/** As it was sent, without white space. */
function isTooLarge(message: object): boolean {
  const text = JSON.stringify(message);
  if (text.length > mostMessageBytes) return true;
  // No character of UTF-16 takes more than three bytes.
  return text.length * 3 > mostMessageBytes && encoder.encode(text).length > mostMessageBytes;
}

/** Reads the envelope of a message: whom it is about, and when. What it says is the core's affair. */
export function readMessage(
  value: unknown,
  index: number,
  receipt: Receipt,
): IncomingMessage | SettledMessage {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refused(index, undefined, "not_an_object", "A message is a JSON object.");
  }
  // What SDKs say about themselves and the device; nothing reads it.
  const {
    context: _context,
    integrations: _integrations,
    writeKey: _key,
    sentAt,
    originalTimestamp,
    ...message
  } = value as Fields;
  const messageId = typeof message["messageId"] === "string" ? message["messageId"] : undefined;
  if (isTooLarge(value)) {
    const text = `A message has at most ${mostMessageBytes} bytes.`;
    return refused(index, messageId, "message_too_large", text);
  }
  const type = receipt.type ?? message["type"];
  if (type === "group") {
    const text = "Groups are accepted and not used.";
    return { kind: "ignored", index, messageId, code: "group_ignored", message: text };
  }
  const contact = idOf(message["userId"]) ?? idOf(message["anonymousId"]);
  if (contact === undefined) {
    return refused(
      index,
      messageId,
      "no_contact",
      "A message needs a `userId` or an `anonymousId` that is a text.",
    );
  }
  const previousId = type === "alias" ? idOf(message["previousId"]) : undefined;
  for (const id of [contact, previousId]) {
    if (id !== undefined && !isContactId(id)) {
      return refused(index, messageId, "id_invalid", contactIdRule);
    }
  }
  const happenedAt = message["timestamp"] ?? originalTimestamp ?? receipt.receivedAt;
  const timestamp = byOurClock(happenedAt, sentAt ?? receipt.sentAt, receipt.receivedAt);
  return {
    ...{ kind: "message", index, contact, messageId },
    line: JSON.stringify({ ...message, type, timestamp }),
    previousId: previousId === contact ? undefined : previousId,
  };
}

/**
 * The time of a message by our clock. A client whose clock is off says so with `sentAt`: the time by that clock of the sending, which
 * is about that of the receipt by ours.
 */
export function byOurClock(timestamp: unknown, sentAt: unknown, receivedAt: number): unknown {
  const sent = instantOf(sentAt);
  const happened = instantOf(timestamp);
  if (sent === undefined || happened === undefined) return timestamp;
  const skew = receivedAt - sent;
  return Math.abs(skew) < toleratedClockSkew ? timestamp : happened + skew;
}

function instantOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? value : undefined;
  // Only with an offset is it an instant; without, the core refuses it.
  if (typeof value !== "string" || !/T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(value)) return undefined;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : instant;
}

function idOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function refused(
  index: number,
  messageId: string | undefined,
  code: string,
  message: string,
): SettledMessage {
  return { kind: "refused", index, messageId, code, message };
}
