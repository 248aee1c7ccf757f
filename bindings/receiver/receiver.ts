import { type SigningKey, signingKey } from "../delivery/signing.ts";
import {
  type AcknowledgedAnswer,
  maximumRequestBytes,
  type RefusedAnswer,
  type Stream,
} from "../delivery/wire.ts";
import { type AppliedDeltas, applyBatch, BatchRefusal } from "./apply_batch.ts";
import { type ReceivedBatch, readBatch } from "./received_batch.ts";
import type { SqlStore, SqlTransaction } from "./sql_store.ts";
import { timestampTolerance, webhookProblem } from "./verify_webhook.ts";

export interface ReceiverOptions {
  readonly store: SqlStore;
  /** Secrets of Standard Webhooks (`whsec_…`); each of them is accepted, so that senders can change from one to the next. */
  readonly secrets?: readonly string[];
  /**
   * Whether a request without a signature may write this stream: for pages, which have no secret. Check that the
   * credentials are good for this very source and contact.
   */
  readonly authorize?: (request: UnsignedRequest) => boolean | Promise<boolean>;
  /**
   * Called once for each delta that is applied, inside the transaction that applies it: what it writes through `sql` is written
   * exactly once. It may throw a `DeltaRefusedError`; any other error rolls back and has the sender try again.
   */
  readonly onApplied?: (applied: AppliedDeltas, sql: SqlTransaction) => void | Promise<void>;
  /** Told what failed here, such as the store; the sender is told no more than that. */
  readonly onError?: (error: unknown) => void;
  /** Seconds that a signature's timestamp may be off, either way (default: `timestampTolerance`). */
  readonly tolerance?: number;
  /** Longest body in bytes (default: `maximumRequestBytes`). */
  readonly maximumBytes?: number;
  /** Epoch milliseconds (default: the wall clock). */
  readonly now?: () => number;
}

/** A request that bears no signature. */
export interface UnsignedRequest extends Stream {
  /** The header `Authorization`; for a page that is being unloaded, what its body says instead. */
  readonly authorization: string | null;
  readonly headers: Headers;
}

/** Thrown by `onApplied`: this delta is never to be applied. Those before it are; the sender parks the stream here. */
export class DeltaRefusedError extends Error {
  override readonly name = "DeltaRefusedError";
  readonly sequence: number;

  /** @param message for the people at the sender */
  constructor(sequence: number, message: string) {
    super(message);
    this.sequence = sequence;
  }
}

/**
 * Makes a receiver of deltas.
 *
 * @example
 * const receiver = await createReceiver({ store, secrets: [secret] });
 * const response = await receiver.receive(request);
 *
 * @throws TypeError when a secret is none, or when neither `secrets` nor `authorize` is given.
 */
export async function createReceiver(options: ReceiverOptions): Promise<DeltaReceiver> {
  if ((options.secrets ?? []).length === 0 && options.authorize === undefined) {
    throw new TypeError("A receiver needs `secrets` or `authorize`: else anybody could write.");
  }
  return new DeltaReceiver(options, await Promise.all((options.secrets ?? []).map(signingKey)));
}

/** Answers requests of senders; applies each delta once, in order. */
export class DeltaReceiver {
  readonly #options: ReceiverOptions;
  readonly #keys: readonly SigningKey[];

  /** @internal */
  constructor(options: ReceiverOptions, keys: readonly SigningKey[]) {
    this.#options = options;
    this.#keys = keys;
  }

  /** Answers one request; docs/delivery.md has the statuses. Never rejects. */
  async receive(request: Request): Promise<Response> {
    try {
      return answered(200, await this.#received(request));
    } catch (error) {
      if (error instanceof BatchRefusal) return answered(error.status, error.answer);
      this.#options.onError?.(error);
      return answered(500, {
        error: "store_failed",
        message: "The receiver failed; nothing of this request is applied.",
      });
    }
  }

  async #received(request: Request): Promise<AcknowledgedAnswer> {
    if (request.method !== "POST") {
      throw refusal(405, "method_not_allowed", "Deltas are sent with POST.");
    }
    const body = await boundedBody(request, this.#options.maximumBytes ?? maximumRequestBytes);
    // Who has a secret need not be known to be heard; who has none is read first, and says who it is about.
    const isSigned =
      (this.#keys.length > 0 && request.headers.has("webhook-signature")) ||
      !this.#options.authorize;
    if (isSigned) await this.#checkSignature(request, body);
    const batch = readBatch(new TextDecoder().decode(body));
    if (typeof batch === "string") throw refusal(400, "batch_unreadable", batch);
    if (!isSigned) await this.#checkAuthorization(request, batch);
    return this.#applied(batch);
  }

  async #checkSignature(request: Request, body: Uint8Array): Promise<void> {
    const { now = Date.now, tolerance = timestampTolerance } = this.#options;
    const problem = await webhookProblem(request.headers, body, this.#keys, now(), tolerance);
    if (problem !== undefined) throw refusal(401, "unauthorized", problem);
  }

  async #checkAuthorization(request: Request, batch: ReceivedBatch): Promise<void> {
    const { source, epoch, contact } = batch;
    const authorization = request.headers.get("authorization") ?? batch.authorization ?? null;
    const { headers } = request;
    const unsigned = { source, epoch, contact, authorization, headers };
    if (await this.#options.authorize?.(unsigned)) return;
    throw refusal(401, "unauthorized", "These credentials do not write this source and contact.");
  }

  async #applied(batch: ReceivedBatch): Promise<AcknowledgedAnswer> {
    const { now = Date.now } = this.#options;
    let { deltas, refused } = batch;
    for (;;) {
      try {
        const acked = await this.#transacted({ ...batch, deltas, refused }, now());
        if (refused === undefined) return { acked };
        const { source, epoch, contact } = batch;
        const { sequence, message } = refused;
        const id = `${source}:${epoch}:${contact}:${sequence}`;
        throw new BatchRefusal(422, { error: "delta_refused", message, acked, sequence, id });
      } catch (error) {
        if (!(error instanceof DeltaRefusedError)) throw error;
        const { sequence, message } = error;
        if (!deltas.some((delta) => delta.sequence === sequence)) throw error;
        // The transaction is rolled back: those before it are applied without it.
        deltas = deltas.filter((delta) => delta.sequence < sequence);
        refused = { sequence, message };
      }
    }
  }

  #transacted(batch: ReceivedBatch, receivedAt: number): Promise<number> {
    return this.#options.store.transaction(async (sql) => {
      const { acked, applied } = await applyBatch(sql, batch, receivedAt);
      const isNew = applied.deltas.length > 0 || applied.changes.length > 0;
      if (isNew) await this.#options.onApplied?.(applied, sql);
      return acked;
    });
  }
}

function refusal(status: number, error: RefusedAnswer["error"], message: string): BatchRefusal {
  return new BatchRefusal(status, { error, message });
}

function answered(status: number, answer: AcknowledgedAnswer | RefusedAnswer): Response {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (status === 405) headers["allow"] = "POST";
  return new Response(JSON.stringify(answer), { status, headers });
}

/** The body, unless it is longer than the bound: then no more of it is read. */
async function boundedBody(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = () =>
    refusal(413, "batch_too_large", `A body has at most ${most} bytes here; send fewer deltas.`);
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    length += part.value.length;
    if (length > most) {
      await reader?.cancel();
      throw tooLarge();
    }
    parts.push(part.value);
  }
  const body = new Uint8Array(length);
  let end = 0;
  for (const part of parts) {
    body.set(part, end);
    end += part.length;
  }
  return body;
}
