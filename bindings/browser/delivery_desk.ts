import { browserRetryPolicy } from "../delivery/retry_policy.ts";
import { DeliverySchedule } from "../delivery/schedule.ts";
import { createSender, type DeltaSender } from "../delivery/sender.ts";
import type { ParkedStream, SenderEvent } from "../delivery/sender_events.ts";
import type { StreamState } from "../delivery/stream_state.ts";
import { streamKey } from "../delivery/wire.ts";
import type { Delta } from "../javascript/delta_types.ts";
import { MessageCollector } from "./collector.ts";
import {
  mostPendingDeltas,
  type Pending,
  type PendingCounts,
  type PendingDelta,
} from "./event_types.ts";
import type { LedStore } from "./led_store.ts";
import type { LeaderMessage, TrackerSetup } from "./protocol.ts";
import type { StoreTransaction } from "./store.ts";
import { isEpochOver, StoredOutbox, streamsInOrder } from "./stored_outbox.ts";

/** Counts are told no more often than this, in milliseconds. */
const countsInterval = 100;

interface DeskOptions {
  readonly store: LedStore;
  readonly setup: TrackerSetup;
  /** The header `Authorization`; `isRefused`: the last one was not taken. */
  readonly authorization: (isRefused: boolean) => Promise<string>;
  readonly tell: (message: LeaderMessage) => void;
  /** The numbers of the epoch cannot go on. */
  readonly onEpochOver: () => void;
  readonly onStoreFailed: (error: unknown) => void;
}

/** Everything that leaves the page: deltas to the receiver, messages to the tracking API. */
export class DeliveryDesk {
  readonly #options: DeskOptions;
  readonly #outbox: StoredOutbox;
  #sender: DeltaSender | undefined;
  #schedule: DeliverySchedule | undefined;
  #collector: MessageCollector | undefined;
  #isPaused = false;
  #isClosed = false;
  #wasRefused = false;
  #inFlight = { key: "", deltas: 0 };
  #delivered = 0;
  #failure: PendingCounts["failure"] = null;
  #countsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#outbox = new StoredOutbox(options.store);
  }

  /** Begins to send what waits. */
  async open(): Promise<void> {
    if (this.#isClosed || this.#isPaused || this.#sender || this.#collector) return;
    const { store, setup, authorization } = this.#options;
    if (setup.collect !== null) {
      this.#collector = new MessageCollector({
        ...{ store, ...setup.collect, onError: this.#options.onStoreFailed },
        onCollected: (messageIds) => {
          this.#failure = null;
          this.#options.tell({ type: "collected", messageIds });
          this.changed();
        },
        onRefused: (messageId, message) =>
          this.#options.tell({ type: "refused", refusal: { kind: "collect", messageId, message } }),
        onFailed: (message, retryAt) => {
          this.#failure = { message, retryAt };
          this.changed();
        },
      });
      void this.#collector.deliver();
    }
    if (setup.deltas === null) return;
    const sender = await createSender({
      endpoint: setup.deltas,
      outbox: this.#outbox,
      retryPolicy: browserRetryPolicy,
      ...(setup.hasToken ? { authorization: () => authorization(this.#wasRefused) } : {}),
      fetch: async (...given) => {
        const response = await fetch(...given);
        this.#wasRefused = response.status === 401;
        return response;
      },
      onEvent: (event) => this.#heard(event),
    });
    if (this.#isClosed || this.#isPaused) return sender.close();
    this.#sender = sender;
    this.#schedule = new DeliverySchedule(sender);
    void this.#schedule.deliver();
  }

  /** What is in the store now that was not before. */
  appended(deltas: readonly Delta[], hasMessages: boolean): void {
    this.#schedule?.appended(deltas);
    if (hasMessages) this.#collector?.appended();
    if (deltas.length > 0 || hasMessages) this.changed();
  }

  /** Sends what may be sent now. */
  async deliver(): Promise<void> {
    await Promise.all([this.#schedule?.deliver(), this.#collector?.deliver()]);
  }

  async networkRestored(): Promise<void> {
    await Promise.all([this.#sender?.networkRestored(), this.#collector?.networkRestored()]);
  }

  async pause(isPaused: boolean): Promise<void> {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#stop();
    else await this.open();
    this.changed();
  }

  async retryParked(): Promise<number> {
    const count = (await this.#sender?.retryParked()) ?? 0;
    await this.#sender?.resume();
    void this.#schedule?.deliver();
    this.changed();
    return count;
  }

  async counts(): Promise<PendingCounts> {
    return this.#options.store.read(async (transaction) =>
      this.#countsIn(transaction, await streamsInOrder(transaction)),
    );
  }

  /** Reads what waits. */
  async pending(): Promise<Pending> {
    return this.#options.store.read(async (transaction) => {
      const states = await streamsInOrder(transaction);
      const deltas: PendingDelta[] = [];
      for (const state of states) {
        if (deltas.length >= mostPendingDeltas) break;
        const key = streamKey(state);
        const most = mostPendingDeltas - deltas.length;
        const own = await transaction.values("deltas", { prefix: key }, most);
        const inFlight = this.#inFlight.key === key ? this.#inFlight.deltas : 0;
        own.forEach((delta, place) => {
          const waits = place < inFlight ? "in_flight" : "queued";
          deltas.push({ delta, state: state.parked === null ? waits : "parked" });
        });
      }
      return {
        ...(await this.#countsIn(transaction, states)),
        deltas,
        streams: states.flatMap(parkedOf),
      };
    });
  }

  async #countsIn(
    transaction: StoreTransaction,
    states: readonly StreamState[],
  ): Promise<PendingCounts> {
    const messages = await transaction.values("messages");
    const refused = messages.filter((message) => message.refused !== null).length;
    return {
      queued: await transaction.count("deltas"),
      inFlight: this.#inFlight.deltas,
      delivered: this.#delivered,
      parked: states.flatMap(parkedOf).reduce((sum, { waiting }) => sum + waiting, 0),
      messages: messages.length - refused,
      messagesRefused: refused,
      failure: this.#failure,
      isPaused: this.#isPaused,
    };
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#countsTimer);
    this.#stop();
  }

  /** What waits has changed: pages are told soon. */
  changed(): void {
    if (this.#isClosed) return;
    this.#countsTimer ??= setTimeout(async () => {
      this.#countsTimer = undefined;
      if (this.#isClosed) return;
      try {
        this.#options.tell({ type: "pending", counts: await this.counts() });
      } catch (error) {
        if (!this.#isClosed) this.#options.onStoreFailed(error);
      }
    }, countsInterval);
  }

  #stop(): void {
    this.#schedule?.close();
    this.#sender?.close();
    this.#collector?.close();
    this.#schedule = undefined;
    this.#sender = undefined;
    this.#collector = undefined;
    this.#inFlight = { key: "", deltas: 0 };
  }

  #heard(event: SenderEvent): void {
    const { tell } = this.#options;
    if (event.type === "sending") {
      this.#inFlight = { key: streamKey(event.stream), deltas: event.deltas };
      this.changed();
      return;
    }
    this.#inFlight = { key: "", deltas: 0 };
    switch (event.type) {
      case "delivered": {
        const { stream, acknowledged, deltas } = event;
        this.#delivered += deltas;
        this.#failure = null;
        tell({ type: "delivered", stream, acknowledged, deltas });
        break;
      }
      case "parked": {
        const { stream, parking } = event;
        if (isEpochOver(parking)) this.#options.onEpochOver();
        const refusal = {
          kind: "delta",
          parked: { ...stream, parking },
          message: parking.message,
        } as const;
        tell({ type: "refused", refusal });
        break;
      }
      case "failed":
        this.#failure = { message: event.message, retryAt: event.retryAt };
        break;
      case "stopped":
        this.#failure = { message: event.message, retryAt: null };
        break;
      case "outbox_failed":
        this.#options.onStoreFailed(event.error);
    }
    this.changed();
  }
}

function parkedOf({ source, epoch, contact, parked, ...state }: StreamState): ParkedStream[] {
  if (parked === null) return [];
  const waiting = state.lastSequence - state.acknowledged;
  return [{ source, epoch, contact, parking: parked, waiting }];
}
