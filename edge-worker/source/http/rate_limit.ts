import { now } from "../clock.ts";
import { rateLimitBurstSeconds } from "../limits.ts";
import { count } from "../operations/metrics.ts";
import { HttpProblem } from "./problem.ts";

interface Bucket {
  left: number;
  at: number;
}

/** Token buckets of this isolate: a bound on what one workspace can take from the others here, not a quota. */
const buckets = new Map<string, Bucket>();

/**
 * Takes `amount` from a bucket.
 *
 * @param name the workspace and what is limited
 * @throws HttpProblem `rate_limited`, with `Retry-After`, when the bucket does not have it
 */
export function limitRate(name: string, amount: number, perSecond: number): void {
  const most = perSecond * rateLimitBurstSeconds;
  const instant = now();
  const bucket = buckets.get(name) ?? { left: most, at: instant };
  buckets.set(name, bucket);
  const elapsed = Math.max(instant - bucket.at, 0) / 1000;
  bucket.left = Math.min(most, bucket.left + elapsed * perSecond);
  bucket.at = instant;
  // A request for more than the whole bucket goes when it is full, and leaves a debt.
  if (most > 0 && bucket.left >= Math.min(amount, most)) {
    bucket.left -= amount;
    return;
  }
  count("edge_rate_limited_total");
  const wait = Math.ceil((Math.min(amount, most) - bucket.left) / Math.max(perSecond, 0.001));
  throw new HttpProblem(
    "rate_limited",
    `This workspace may do that ${perSecond} times a second. Try again in ${wait} s.`,
    {},
    { "retry-after": String(wait) },
  );
}
