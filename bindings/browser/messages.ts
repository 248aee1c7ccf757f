import type { Timestamp } from "../javascript/message_types.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import { uuidV7 } from "../javascript/uuid_v7.ts";
import type { Identity } from "./identity.ts";
import type { MessageLine } from "./protocol.ts";

/** What every method that tells something takes beside it. */
export interface MessageOptions {
  /** When it happened: ISO 8601 with offset, epoch milliseconds or a Date (default: now). */
  timestamp?: Timestamp;
  /** The message's own id, when it has one already: of two with one id, one counts. */
  messageId?: string;
  /** Added to the message's `context`, for the tracking API; the engine does not read it. */
  context?: Record<string, unknown>;
}

/** Writes messages as the Segment Spec has them. */
export class MessageWriter {
  readonly #identity: Identity;
  readonly #hasContext: boolean;

  /** @param hasContext whether the messages go to a tracking API, which wants to know where they are from */
  constructor(identity: Identity, hasContext: boolean) {
    this.#identity = identity;
    this.#hasContext = hasContext;
  }

  /** @throws SegmentError `invalid_argument`, when JSON cannot say it */
  line(
    type: string,
    body: Readonly<Record<string, unknown>>,
    { timestamp = new Date(), messageId = uuidV7(), context }: MessageOptions = {},
  ): MessageLine {
    const { userId, anonymousId, contact } = this.#identity;
    const previousId = type === "alias" ? String(body["previousId"]) : undefined;
    const own = type === "alias" ? String(body["userId"]) : contact;
    const text = messageText({
      ...{ type, messageId, timestamp, anonymousId },
      ...(userId === null ? {} : { userId }),
      ...body,
      ...(this.#hasContext ? { context: { ...pageContext(), ...context } } : {}),
    });
    return {
      ...{ messageId, contact: own, text },
      ...(previousId === undefined ? {} : { previousId }),
    };
  }
}

/** @throws SegmentError `invalid_argument`, when JSON cannot say it */
export function messageText(message: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(message);
  } catch (cause) {
    throw new SegmentError("invalid_argument", "The message cannot be written as JSON.", { cause });
  }
}

/** What analytics.js says of the page with every message. */
function pageContext(): Record<string, unknown> {
  return {
    library: { name: "@fosterflow/segments" },
    page: pageProperties(),
    userAgent: navigator.userAgent,
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** What analytics.js says of a page that is viewed. */
export function pageProperties(): Record<string, string> {
  const { pathname, search, href } = location;
  return {
    path: pathname,
    referrer: document.referrer,
    search,
    title: document.title,
    url: href.replace(/#.*$/, ""),
  };
}

/** A call tells of the instant at which it was made, however late it is taken in. */
export function stamped(
  options: MessageOptions | undefined,
): MessageOptions & { timestamp: Timestamp } {
  return { ...options, timestamp: options?.timestamp ?? new Date() };
}
