import { type Clock, hostClock } from "../delivery/clock.ts";
import { type EndpointState, untriedEndpoint } from "../delivery/outbox.ts";
import { backoff, browserRetryPolicy, retryAfterWait } from "../delivery/retry_policy.ts";
import type { LedStore } from "./led_store.ts";
import { type CollectedMessage, messageKey } from "./store.ts";

/** The tracking API takes no more at once: messages … */
const mostMessages = 100;
/** … and characters; it bounds a request at 500 KB. */
const mostCharacters = 400_000;

/** How long a few messages wait for more, in milliseconds. */
const collectDelay = 1000;

/** How long an answer may take, in milliseconds. */
const requestTimeout = 20_000;

interface CollectorOptions {
  readonly store: LedStore;
  /** Where `/v1/batch` is below. */
  readonly endpoint: string;
  readonly writeKey: string;
  readonly onCollected: (messageIds: readonly string[]) => void;
  readonly onRefused: (messageId: string, message: string) => void;
  readonly onFailed: (message: string, retryAt: number) => void;
  readonly onError: (error: unknown) => void;
  readonly clock?: Clock;
}

type Outcome =
  | { readonly kind: "taken" | "too_large" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "retry"; readonly message: string; readonly wait: number };

/**
 * Sends the messages themselves to a tracking API of Segment's kind, from the tracker's store: each at least once, with its
 * `messageId`, by which the API knows those that come again.
 */
export class MessageCollector {
  readonly #options: CollectorOptions;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  #cancel = () => {};
  #dueAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #mostMessages = mostMessages;
  #isUnreachable = false;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? hostClock;
  }

  /** Messages are in the store now: they are sent soon. */
  appended(): void {
    this.#wakeAt(this.#clock.now() + collectDelay);
  }

  /** Sends what waits, as far as it may be sent now. */
  deliver(): Promise<void> {
    this.#running ??= this.#run()
      .catch((error: unknown) => {
        if (this.#closed.signal.aborted) return;
        this.#options.onError(error);
        this.#wakeAt(this.#clock.now() + browserRetryPolicy.base);
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** The next `deliver` does not wait for what was due to the network's absence. */
  async networkRestored(): Promise<void> {
    if (this.#isUnreachable) await this.#save(untriedEndpoint);
    this.#isUnreachable = false;
  }

  close(): void {
    this.#closed.abort();
    this.#cancel();
  }

  async #run(): Promise<void> {
    this.#cancel();
    this.#dueAt = Number.POSITIVE_INFINITY;
    while (!this.#closed.signal.aborted) {
      const { endpoint, messages } = await this.#next();
      if (messages.length === 0) return;
      if (endpoint.retryAt > this.#clock.now()) return this.#wakeAt(endpoint.retryAt);
      const outcome = await this.#sent(messages);
      if (this.#closed.signal.aborted) return;
      await this.#follow(outcome, messages, endpoint);
    }
  }

  async #next(): Promise<{ endpoint: EndpointState; messages: readonly CollectedMessage[] }> {
    return this.#options.store.read(async (transaction) => {
      const endpoint = (await transaction.get("endpoints", "messages")) ?? untriedEndpoint;
      const all = await transaction.values("messages");
      const messages: CollectedMessage[] = [];
      let characters = 0;
      for (const message of all) {
        if (message.refused !== null) continue;
        characters += message.text.length;
        if (messages.length > 0 && characters > mostCharacters) break;
        messages.push(message);
        if (messages.length >= this.#mostMessages) break;
      }
      return { endpoint, messages };
    });
  }

  async #sent(messages: readonly CollectedMessage[]): Promise<Outcome> {
    const { endpoint, writeKey } = this.#options;
    const batch = messages.map(({ text }) => text).join(",");
    const sentAt = new Date(this.#clock.now()).toISOString();
    const abort = new AbortController();
    const stop = () => abort.abort();
    const timer = setTimeout(stop, requestTimeout);
    this.#closed.signal.addEventListener("abort", stop);
    try {
      const response = await fetch(`${endpoint}/v1/batch`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Basic ${btoa(`${writeKey}:`)}`,
        },
        body: `{"batch":[${batch}],"sentAt":"${sentAt}"}`,
        signal: abort.signal,
      });
      const text = await response.text();
      return outcomeOf(response, text, this.#clock.now());
    } catch (error) {
      this.#isUnreachable = true;
      return { kind: "retry", message: String(error), wait: 0 };
    } finally {
      clearTimeout(timer);
      this.#closed.signal.removeEventListener("abort", stop);
    }
  }

  async #follow(outcome: Outcome, messages: readonly CollectedMessage[], endpoint: EndpointState) {
    const ids = messages.map(({ messageId }) => messageId);
    switch (outcome.kind) {
      case "taken":
        await this.#options.store.write(async (transaction) => {
          for (const { place } of messages) transaction.delete("messages", messageKey(place));
          if (endpoint.attempts > 0) transaction.put("endpoints", "messages", untriedEndpoint);
        });
        this.#mostMessages = Math.min(this.#mostMessages + 1, mostMessages);
        return this.#options.onCollected(ids);
      case "too_large":
      case "refused": {
        // One bad message must not hold up the others: it is found by halves.
        const [message] = messages;
        if (messages.length > 1 || message === undefined) {
          this.#mostMessages = Math.floor(messages.length / 2);
          return;
        }
        const reason = outcome.kind === "refused" ? outcome.message : "it is too long";
        await this.#options.store.write(async (transaction) => {
          const { place } = message;
          transaction.put("messages", messageKey(place), { ...message, refused: reason });
        });
        return this.#options.onRefused(message.messageId, reason);
      }
      case "retry": {
        const attempts = endpoint.attempts + 1;
        const pause = backoff(browserRetryPolicy, attempts, Math.random());
        const retryAt = this.#clock.now() + Math.max(outcome.wait, pause);
        await this.#save({ ...untriedEndpoint, attempts, retryAt });
        this.#options.onFailed(outcome.message, retryAt);
      }
    }
  }

  #save(state: EndpointState): Promise<void> {
    return this.#options.store.write(async (transaction) =>
      transaction.put("endpoints", "messages", state),
    );
  }

  #wakeAt(instant: number): void {
    if (this.#closed.signal.aborted || instant >= this.#dueAt) return;
    this.#cancel();
    this.#dueAt = instant;
    this.#cancel = this.#clock.after(instant - this.#clock.now(), () => void this.deliver());
  }
}

/** Statuses of clients' errors that pass: the key may be put right, and the others ask for patience. */
const passingStatuses = new Set([401, 403, 404, 408, 425, 429]);

function outcomeOf(response: Response, text: string, now: number): Outcome {
  const { status, headers } = response;
  if (response.ok) return { kind: "taken" };
  if (status === 413) return { kind: "too_large" };
  const message = `status ${status}: ${text.slice(0, 200)}`;
  if (status >= 400 && status < 500 && !passingStatuses.has(status)) {
    return { kind: "refused", message };
  }
  return { kind: "retry", message, wait: retryAfterWait(headers.get("retry-after"), now) ?? 0 };
}
