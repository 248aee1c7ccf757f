import { unanswered, type Verdict, verdictOf } from "./answer.ts";
import { batchId, type EncodedBatch } from "./batches.ts";
import type { Clock } from "./clock.ts";
import { type SigningKey, signatureHeader } from "./signing.ts";
import type { Stream } from "./wire.ts";

/** What one request needs beside its deltas. */
export interface RequestOptions {
  readonly endpoint: string;
  readonly keys: readonly SigningKey[];
  readonly authorization: string | undefined;
  readonly clock: Clock;
  /** Milliseconds for the whole answer. */
  readonly timeout: number;
  readonly fetch: typeof fetch;
  /** Ends the request early. */
  readonly signal: AbortSignal;
}

/** Sends a batch and reads the answer. Never rejects: a failure is a verdict. */
export async function sentBatch(
  stream: Stream,
  batch: EncodedBatch,
  options: RequestOptions,
): Promise<Verdict> {
  const abort = new AbortController();
  let stop = () => {};
  // Not every fetch heeds its signal, above all not while it reads a body.
  const ended = new Promise<Verdict>((resolve) => {
    const end = (message: string) => {
      resolve(unanswered(message));
      abort.abort();
    };
    const onClose = () => end("the sender was closed");
    const message = `no answer within ${options.timeout} milliseconds`;
    const stopTimer = options.clock.after(options.timeout, () => end(message));
    options.signal.addEventListener("abort", onClose);
    stop = () => {
      stopTimer();
      options.signal.removeEventListener("abort", onClose);
    };
  });
  try {
    return await Promise.race([exchanged(stream, batch, options, abort.signal), ended]);
  } finally {
    stop();
  }
}

async function exchanged(
  stream: Stream,
  { body, deltas }: EncodedBatch,
  { endpoint, keys, authorization, clock, fetch }: RequestOptions,
  signal: AbortSignal,
): Promise<Verdict> {
  try {
    const id = await batchId(stream, deltas);
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "idempotency-key": id,
      "webhook-id": id,
    };
    if (keys.length > 0) {
      const timestamp = Math.floor(clock.now() / 1000);
      headers["webhook-timestamp"] = String(timestamp);
      headers["webhook-signature"] = await signatureHeader(keys, id, timestamp, body);
    }
    if (authorization !== undefined) headers["authorization"] = authorization;
    // A redirect is not followed: what is signed for one address is for no other.
    const response = await fetch(endpoint, {
      ...{ method: "POST", headers, body, signal, redirect: "manual" },
    });
    const text = await response.text();
    return verdictOf(response.status, response.headers.get("retry-after"), text, clock.now());
  } catch (error) {
    return unanswered(error instanceof Error ? error.message : String(error));
  }
}
