import { retryAfterWait } from "./retry_policy.ts";
import type { AcknowledgedAnswer, RefusedAnswer } from "./wire.ts";

/** What an answer, or its absence, asks of the sender. */
export type Verdict =
  /** The receiver has everything up to `sequence`. `taken` tells whether it took this request (200) or wants another (409). */
  | { readonly kind: "has"; readonly sequence: number; readonly taken: boolean }
  /** Try again later; not before `wait` milliseconds when the endpoint says so. */
  | {
      readonly kind: "retry";
      readonly status: number;
      readonly message: string;
      readonly wait?: number;
    }
  /** Send less at once. */
  | { readonly kind: "split"; readonly message: string }
  /** A delta was refused for good; what is before it is applied up to `acked`. */
  | {
      readonly kind: "refused";
      readonly acked: number;
      readonly sequence: number;
      readonly message: string;
    }
  | {
      readonly kind: "park";
      readonly code: "request_refused" | "epoch_superseded";
      readonly status: number;
      readonly message: string;
    }
  /** The endpoint wants nothing any more. */
  | { readonly kind: "stop"; readonly message: string };

/** No answer came: the network failed, or it took too long. */
export function unanswered(message: string): Verdict {
  return { kind: "retry", status: 0, message };
}

/** Client errors that pass: credentials can be renewed, and the others ask for patience. */
const passingStatuses = new Set([401, 403, 408, 425, 429]);

/** Longer messages of a receiver are cut. */
const longestMessage = 500;

/**
 * @param text the body, as far as it came
 * @param now epoch milliseconds, for dates in `Retry-After`
 */
export function verdictOf(
  status: number,
  retryAfter: string | null,
  text: string,
  now: number,
): Verdict {
  const answer = parsed(text);
  const message = messageOf(status, answer);
  const wait = retryAfterWait(retryAfter, now);
  const retry: Verdict = {
    ...{ kind: "retry", status, message },
    ...(wait === undefined ? {} : { wait }),
  };
  if (status >= 200 && status < 300) {
    if (isSequence(answer?.acked)) return { kind: "has", sequence: answer.acked, taken: true };
    return { ...retry, message: `status ${status} without a readable "acked"` };
  }
  switch (status) {
    case 409:
      if (answer?.error === "epoch_superseded") {
        return { kind: "park", code: "epoch_superseded", status, message };
      }
      if (isSequence(answer?.expected) && answer.expected > 0) {
        return { kind: "has", sequence: answer.expected - 1, taken: false };
      }
      return retry;
    case 410:
      return { kind: "stop", message };
    case 413:
      return { kind: "split", message };
    case 422:
      if (isSequence(answer?.acked) && isSequence(answer.sequence)) {
        return { kind: "refused", acked: answer.acked, sequence: answer.sequence, message };
      }
      return { kind: "park", code: "request_refused", status, message };
    default:
      if (status >= 400 && status < 500 && !passingStatuses.has(status)) {
        return { kind: "park", code: "request_refused", status, message };
      }
      return retry;
  }
}

function isSequence(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

type Answer = Partial<AcknowledgedAnswer & RefusedAnswer>;

function parsed(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Answer) : undefined;
  } catch {
    return undefined;
  }
}

function messageOf(status: number, answer: Answer | undefined): string {
  const said = typeof answer?.message === "string" ? answer.message : "";
  return said === "" ? `status ${status}` : said.slice(0, longestMessage);
}
