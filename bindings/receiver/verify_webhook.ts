import { isSignedBy, type SigningKey } from "../delivery/signing.ts";

/** How far a signature's timestamp may be from the receiver's clock, in seconds. */
export const timestampTolerance = 300;

/**
 * Verifies the headers of Standard Webhooks.
 *
 * @param keys any of them may have signed, so that keys can be changed without a pause
 * @param now epoch milliseconds
 * @param tolerance seconds, either way
 * @returns what is wrong; undefined when all is well
 */
export async function webhookProblem(
  headers: Headers,
  body: Uint8Array,
  keys: readonly SigningKey[],
  now: number,
  tolerance: number = timestampTolerance,
): Promise<string | undefined> {
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp");
  const signature = headers.get("webhook-signature");
  if (!id || !timestamp || !signature) {
    return "The headers webhook-id, webhook-timestamp and webhook-signature are needed.";
  }
  if (!/^\d{1,15}$/.test(timestamp)) return "webhook-timestamp is not a number of seconds.";
  const age = Math.floor(now / 1000) - Number(timestamp);
  if (age > tolerance) return "webhook-timestamp is too old.";
  if (age < -tolerance) return "webhook-timestamp is in the future.";
  if (await isSignedBy(keys, signature, id, timestamp, body)) return undefined;
  return "No signature in webhook-signature is right.";
}
