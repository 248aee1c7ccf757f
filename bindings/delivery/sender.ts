import type { Delta } from "../javascript/delta_types.ts";
import { unanswered, type Verdict, verdictOf } from "./answer.ts";
import { type EncodedBatch, leadingBatch } from "./batches.ts";
import { type Clock, hostClock } from "./clock.ts";
import { type EndpointState, type Outbox, untriedEndpoint } from "./outbox.ts";
import { sentBatch } from "./request.ts";
import { backoff, type RetryPolicy, serverRetryPolicy } from "./retry_policy.ts";
import type { ParkedStream, SenderEvent } from "./sender_events.ts";
import { type SigningKey, signingKey } from "./signing.ts";
import { type Parking, type StreamState, unparked } from "./stream_state.ts";
import { KeepaliveBudget, UnloadMemory } from "./unload.ts";
import { maximumBatchBytes, maximumBatchDeltas, type Stream, streamKey } from "./wire.ts";

export interface SenderOptions {
  /** Where the receiver is. */
  readonly endpoint: string | URL;
  readonly outbox: Outbox;
  /**
   * Secrets of Standard Webhooks (`whsec_…`): each request is signed with each, the newest first, so that receivers can
   * change from one to the next. None where there are no secrets, as in a page.
   */
  readonly secrets?: readonly string[];
  /** What the header `Authorization` says, asked before each request, such as a short-lived `Bearer …` of a page. */
  readonly authorization?: () => string | Promise<string>;
  /** Default: `serverRetryPolicy`. */
  readonly retryPolicy?: RetryPolicy;
  /** Milliseconds for an answer (default: `defaultRequestTimeout`). */
  readonly requestTimeout?: number;
  /** Bytes that unload sends may have under way; share one among all senders of a page. */
  readonly keepalive?: KeepaliveBudget;
  /** Told what happens. What it throws is lost. */
  readonly onEvent?: (event: SenderEvent) => void;
  /** Default: the host's. */
  readonly clock?: Clock;
  /** From 0 to less than 1 (default: `Math.random`). It only spreads retries. */
  readonly random?: () => number;
  /** Default: the host's. */
  readonly fetch?: typeof fetch;
}

/** How long an answer may take, in milliseconds; within what Standard Webhooks asks for (15 to 30 seconds). */
export const defaultRequestTimeout = 20_000;

/**
 * Makes a sender for one endpoint.
 *
 * @throws TypeError when a secret is none.
 */
export async function createSender(options: SenderOptions): Promise<DeltaSender> {
  return new DeltaSender(options, await Promise.all((options.secrets ?? []).map(signingKey)));
}

/**
 * Delivers an outbox to an endpoint: every delta, in order within its contact, until it is acknowledged. There is one
 * request under way at a time. It keeps nothing that matters in memory, so it may be lost at any point.
 *
 * Of several pages or workers over one outbox, only one may deliver.
 */
export class DeltaSender {
  readonly #options: SenderOptions;
  readonly #keys: readonly SigningKey[];
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #fetch: typeof fetch;
  readonly #policy: RetryPolicy;
  readonly #unload = new UnloadMemory();
  readonly #keepalive: KeepaliveBudget;
  readonly #closed = new AbortController();
  #endpoint: EndpointState = untriedEndpoint;
  #running: Promise<number | null> | undefined;
  /** Something may have come since the streams were read. */
  #isAskedAgain = false;
  /** Most deltas of the next request: halved by a 413, one more after each success. */
  #mostDeltas = maximumBatchDeltas;
  #outboxFailures = 0;
  /** The last one, since an unloading page cannot wait for another. */
  #authorization: string | undefined;

  /** @internal */
  constructor(options: SenderOptions, keys: readonly SigningKey[]) {
    this.#options = options;
    this.#keys = keys;
    this.#outbox = options.outbox;
    this.#clock = options.clock ?? hostClock;
    this.#random = options.random ?? Math.random;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#policy = options.retryPolicy ?? serverRetryPolicy;
    this.#keepalive = options.keepalive ?? new KeepaliveBudget();
  }

  /**
   * Sends what is due. Never rejects.
   *
   * @returns when to call it again (epoch milliseconds), for a timer or an alarm; null when nothing waits
   */
  deliver(): Promise<number | null> {
    this.#isAskedAgain = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /**
   * Tells the sender of deltas that are in the outbox now, so that `flushOnUnload` can send them. It sends nothing by
   * itself.
   */
  appended(deltas: readonly Delta[]): void {
    this.#unload.appended(deltas);
  }

  /**
   * For `pagehide`, and `visibilitychange` to hidden: hands what fits into the budget to the browser, which sends it even when
   * the page is gone. What the outbox holds stays there, and is sent again if no answer is seen. A sender with secrets
   * cannot sign without waiting and sends nothing.
   *
   * @returns the bytes under way because of this call
   */
  flushOnUnload(): number {
    if (this.#keys.length > 0 || this.#closed.signal.aborted) return 0;
    if (this.#endpoint.stoppedAt !== null) return 0;
    let bytes = 0;
    const left = () => this.#keepalive.left;
    for (const batch of this.#unload.batches(left, this.#clock.now(), this.#authorization)) {
      bytes += batch.body.length;
      void this.#sendOnUnload(batch.stream, batch);
    }
    return bytes;
  }

  /** The network is back (`online`): the next `deliver` does not wait for what was due to its absence. */
  async networkRestored(): Promise<void> {
    const endpoint = await this.#outbox.endpoint();
    if (endpoint.unreachable)
      await this.#saveEndpoint({ ...untriedEndpoint, stoppedAt: endpoint.stoppedAt });
  }

  /** The streams that wait for somebody. */
  async parked(): Promise<ParkedStream[]> {
    return (await this.#outbox.streams()).flatMap((state) => {
      const { source, epoch, contact, parked, lastSequence, acknowledged } = state;
      if (parked === null) return [];
      return [{ source, epoch, contact, parking: parked, waiting: lastSequence - acknowledged }];
    });
  }

  /**
   * Lets parked streams be tried again by the next `deliver`.
   *
   * @param stream default: all
   * @returns how many those are
   */
  async retryParked(stream?: Stream): Promise<number> {
    const wanted = stream === undefined ? undefined : streamKey(stream);
    const streams = (await this.parked()).filter(
      (parked) => wanted === undefined || streamKey(parked) === wanted,
    );
    for (const parked of streams) await this.#outbox.update(parked, unparked);
    return streams.length;
  }

  /**
   * Deletes a parked stream with its deltas: they are lost, by somebody's decision. A stream that is not parked stays.
   *
   * @returns how many deltas those were
   */
  async discardParked(stream: Stream): Promise<number> {
    const found = (await this.parked()).find((parked) => streamKey(parked) === streamKey(stream));
    if (found === undefined) return 0;
    await this.#outbox.discard(found);
    this.#unload.forget(found);
    return found.waiting;
  }

  /** Lets the endpoint be tried again that had answered 410. */
  async resume(): Promise<void> {
    await this.#saveEndpoint(untriedEndpoint);
  }

  /** Ends what is under way; nothing is sent from now on. */
  close(): void {
    this.#closed.abort();
  }

  async #run(): Promise<number | null> {
    try {
      this.#endpoint = await this.#outbox.endpoint();
      for (;;) {
        this.#isAskedAgain = false;
        const streams = await this.#outbox.streams();
        const { due, next } = this.#due(streams);
        if (due.length === 0) {
          if (this.#isAskedAgain) continue;
          this.#outboxFailures = 0;
          return next;
        }
        for (const state of due) {
          if (!this.#maySend()) break;
          await this.#deliverOne(state);
        }
      }
    } catch (error) {
      if (this.#closed.signal.aborted) return null;
      this.#outboxFailures += 1;
      const retryAt =
        this.#clock.now() + backoff(this.#policy, this.#outboxFailures, this.#random());
      this.#tell({ type: "outbox_failed", error, retryAt });
      return retryAt;
    }
  }

  #maySend(): boolean {
    const { stoppedAt, retryAt } = this.#endpoint;
    return !this.#closed.signal.aborted && stoppedAt === null && retryAt <= this.#clock.now();
  }

  /** Which streams may be sent now, and else when the first of them may. */
  #due(streams: readonly StreamState[]): { due: readonly StreamState[]; next: number | null } {
    if (this.#closed.signal.aborted || this.#endpoint.stoppedAt !== null) {
      return { due: [], next: null };
    }
    const now = this.#clock.now();
    const seen = new Set<string>();
    const heads = streams.filter(({ source, contact, parked }) => {
      if (parked !== null && isEpochOver(parked)) return false;
      // A later epoch waits for the one before, parked or not: once it is open, what that has to tell comes too late.
      const key = JSON.stringify([source, contact]);
      if (seen.has(key)) return false;
      seen.add(key);
      return parked === null;
    });
    const { retryAt } = this.#endpoint;
    const due = retryAt > now ? [] : heads.filter((state) => state.retryAt <= now);
    const instants = heads.map((state) => Math.max(state.retryAt, retryAt));
    return { due, next: instants.length === 0 ? null : earliest(instants) };
  }

  async #deliverOne(state: StreamState): Promise<void> {
    const deltas = await this.#outbox.read(state, this.#mostDeltas);
    const missing = missingSequence(state, deltas);
    if (missing !== undefined) {
      // An unload send may have been acknowledged since the streams were read.
      const current = await this.#current(state);
      if (current?.acknowledged !== state.acknowledged) return;
      return this.#park(state, "epoch_needed", 0, `the outbox has lost the delta ${missing}`);
    }
    this.#unload.read(state, deltas);
    const authorization = await this.#currentAuthorization();
    const batch = leadingBatch(state, deltas, {
      ...{ sentAt: this.#clock.now(), mostBytes: maximumBatchBytes },
    });
    this.#tell({ type: "sending", stream: streamOf(state), deltas: batch.deltas.length });
    const verdict =
      authorization instanceof Error
        ? unanswered(`no authorization: ${authorization.message}`)
        : await sentBatch(state, batch, {
            endpoint: String(this.#options.endpoint),
            keys: this.#keys,
            authorization,
            clock: this.#clock,
            timeout: this.#options.requestTimeout ?? defaultRequestTimeout,
            fetch: this.#fetch,
            signal: this.#closed.signal,
          });
    if (!this.#closed.signal.aborted) await this.#follow(state, batch, verdict);
  }

  async #currentAuthorization(): Promise<string | undefined | Error> {
    try {
      this.#authorization = await this.#options.authorization?.();
      return this.#authorization;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async #follow(state: StreamState, batch: EncodedBatch, verdict: Verdict): Promise<void> {
    switch (verdict.kind) {
      case "has":
        return this.#settle(state, verdict);
      case "retry":
        return this.#fail(state, verdict);
      case "split":
        if (batch.deltas.length <= 1) return this.#park(state, "too_large", 413, verdict.message);
        this.#mostDeltas = Math.floor(batch.deltas.length / 2);
        return;
      case "refused": {
        const last = batch.deltas.at(-1)?.sequence ?? 0;
        if (verdict.acked < state.acknowledged || verdict.acked >= last) {
          return this.#fail(state, {
            status: 422,
            message: "status 422 acknowledges what was not sent",
          });
        }
        await this.#acknowledge(state, verdict.acked);
        const { sequence, message } = verdict;
        return this.#park(state, "delta_refused", 422, message, sequence);
      }
      case "park":
        return this.#park(state, verdict.code, verdict.status, verdict.message);
      case "stop":
        await this.#saveEndpoint({ ...untriedEndpoint, stoppedAt: this.#clock.now() });
        return this.#tell({ type: "stopped", message: verdict.message });
    }
  }

  /** The receiver has told what it has. */
  async #settle(
    state: StreamState,
    { sequence, taken }: { sequence: number; taken: boolean },
  ): Promise<void> {
    const status = taken ? 200 : 409;
    if (sequence < state.acknowledged) {
      const message = `the receiver has lost deltas: it is at ${sequence}, and was at ${state.acknowledged}`;
      return this.#park(state, "epoch_needed", status, message);
    }
    // What was appended since the streams were read may have been sent by `flushOnUnload`.
    const isBeyond = sequence > state.lastSequence;
    if (isBeyond && sequence > ((await this.#current(state))?.lastSequence ?? 0)) {
      const message = `the outbox has lost deltas: the receiver is at ${sequence}, which was never appended`;
      return this.#park(state, "epoch_needed", status, message);
    }
    if (sequence === state.acknowledged && (state.opened || !taken)) {
      return this.#fail(state, { status, message: "the receiver took nothing of the request" });
    }
    await this.#acknowledge(state, sequence);
  }

  /** The stream as it stands now; undefined when nothing of it waits any more. */
  async #current(stream: Stream): Promise<StreamState | undefined> {
    const key = streamKey(stream);
    return (await this.#outbox.streams()).find((other) => streamKey(other) === key);
  }

  async #acknowledge(state: StreamState, sequence: number): Promise<void> {
    await this.#outbox.acknowledge(state, sequence);
    this.#unload.acknowledged(state, sequence);
    this.#mostDeltas = Math.min(this.#mostDeltas + 1, maximumBatchDeltas);
    if (this.#endpoint.attempts > 0) await this.#saveEndpoint(untriedEndpoint);
    const deltas = sequence - state.acknowledged;
    this.#tell({ type: "delivered", stream: streamOf(state), acknowledged: sequence, deltas });
  }

  /** Both wait: the endpoint for its next request, the stream so that one that always fails does not hold up others. */
  async #fail(
    state: StreamState,
    { status, message, wait = 0 }: { status: number; message: string; wait?: number },
  ): Promise<void> {
    const now = this.#clock.now();
    const attempts = state.attempts + 1;
    const failingSince = state.failingSince ?? now;
    const { giveUpAfter, leastAttempts } = this.#policy;
    if (now - failingSince >= giveUpAfter && attempts >= leastAttempts) {
      await this.#park(state, "exhausted", status, message);
    } else {
      // Without a network it is not the stream's fault.
      const pause =
        status === 0 ? 0 : Math.max(wait, backoff(this.#policy, attempts, this.#random()));
      await this.#outbox.update(state, { attempts, failingSince, retryAt: now + pause });
    }
    const failures = this.#endpoint.attempts + 1;
    const pause = Math.max(wait, backoff(this.#policy, failures, this.#random()));
    await this.#saveEndpoint({
      ...{ attempts: failures, retryAt: now + pause, unreachable: status === 0, stoppedAt: null },
    });
    this.#tell({ type: "failed", stream: streamOf(state), status, message, retryAt: now + pause });
  }

  async #park(
    state: StreamState,
    code: Parking["code"],
    status: number,
    message: string,
    sequence: number = state.acknowledged + 1,
  ): Promise<void> {
    const parking: Parking = { code, sequence, status, message, at: this.#clock.now() };
    await this.#outbox.update(state, { parked: parking });
    this.#unload.forget(state);
    this.#tell({ type: "parked", stream: streamOf(state), parking });
  }

  async #saveEndpoint(state: EndpointState): Promise<void> {
    this.#endpoint = state;
    await this.#outbox.saveEndpoint(state);
  }

  async #sendOnUnload(stream: Stream, { body }: EncodedBatch): Promise<void> {
    const giveBack = this.#keepalive.take(body.length);
    try {
      const response = await this.#fetch(String(this.#options.endpoint), {
        method: "POST",
        body,
        keepalive: true,
        // Anything else would be asked for first (CORS), and there is no time for that.
        headers: { "content-type": "text/plain;charset=UTF-8" },
      });
      const verdict = verdictOf(response.status, null, await response.text(), this.#clock.now());
      // The page lives on. What else the answer may say, the next regular request is told, too.
      if (verdict.kind !== "has" || !verdict.taken || this.#closed.signal.aborted) return;
      const state = await this.#current(stream);
      if (state === undefined || verdict.sequence > state.lastSequence) return;
      if (verdict.sequence > state.acknowledged) await this.#acknowledge(state, verdict.sequence);
    } catch {
      // The rows are in the outbox.
    } finally {
      giveBack();
    }
  }

  #tell(event: SenderEvent): void {
    try {
      this.#options.onEvent?.(event);
    } catch {
      // Whoever watches must not be able to hold up what is watched.
    }
  }
}

/** The first delta that should be among these and is not. */
function missingSequence(
  { acknowledged, lastSequence }: StreamState,
  deltas: readonly Delta[],
): number | undefined {
  if (deltas.length === 0) return lastSequence > acknowledged ? acknowledged + 1 : undefined;
  const place = deltas.findIndex(({ sequence }, index) => sequence !== acknowledged + 1 + index);
  return place === -1 ? undefined : acknowledged + 1 + place;
}

/** Whether only a later epoch can go on. */
function isEpochOver({ code }: Parking): boolean {
  return code === "epoch_needed" || code === "epoch_superseded";
}

function streamOf({ source, epoch, contact }: Stream): Stream {
  return { source, epoch, contact };
}

function earliest(instants: readonly number[]): number {
  return instants.reduce((least, instant) => Math.min(least, instant));
}
