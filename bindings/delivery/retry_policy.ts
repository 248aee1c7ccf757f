/** How long to wait after a failure, and how often to try. All times in milliseconds. */
export interface RetryPolicy {
  /** The most that is waited after the first failure; it doubles with each. */
  readonly base: number;
  /** The most that is waited after any failure. */
  readonly cap: number;
  /** A stream is parked when it has failed for so long … */
  readonly giveUpAfter: number;
  /** … and so often: a machine that slept has not tried. */
  readonly leastAttempts: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** A receiver may ask for no longer a wait than this. */
export const longestRetryAfter = hour;

/** For a page: somebody may be about to close it. */
export const browserRetryPolicy: RetryPolicy = {
  base: 1000,
  cap: 5 * minute,
  giveUpAfter: 72 * hour,
  leastAttempts: 20,
};

/** For servers and edge workers. */
export const serverRetryPolicy: RetryPolicy = { ...browserRetryPolicy, cap: 30 * minute };

/**
 * The wait after `attempts` failures in a row (from 1 on): evenly spread over 0 to the bound ("full jitter"), so that
 * senders that failed together do not come back together.
 *
 * @param random a number from 0 to less than 1
 */
export function backoff(policy: RetryPolicy, attempts: number, random: number): number {
  return Math.floor(random * Math.min(policy.cap, policy.base * 2 ** (attempts - 1)));
}

/**
 * The wait that a header `Retry-After` asks for: whole seconds, or a date of HTTP. At most `longestRetryAfter`; undefined when it
 * says neither.
 */
export function retryAfterWait(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, longestRetryAfter);
  // Date.parse also takes what is no date of HTTP, such as "-1".
  if (!/^[A-Z][a-z]+,? .*\d\d:\d\d:\d\d/.test(text)) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  return Math.min(Math.max(instant - now, 0), longestRetryAfter);
}
