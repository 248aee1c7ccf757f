import type { Delta } from "../javascript/delta_types.ts";
import { type Clock, hostClock } from "./clock.ts";
import type { DeltaSender } from "./sender.ts";

/** So many new deltas are sent at once … */
export const flushDeltas = 20;

/** … and fewer after so many milliseconds. */
export const flushDelay = 5000;

/** Calls a sender when something is due, where there are timers: pages and servers. Objects with alarms have their own. */
export class DeliverySchedule {
  readonly #sender: DeltaSender;
  readonly #clock: Clock;
  #appended = 0;
  #dueAt = Number.POSITIVE_INFINITY;
  #cancel = () => {};
  #isClosed = false;

  constructor(sender: DeltaSender, clock: Clock = hostClock) {
    this.#sender = sender;
    this.#clock = clock;
  }

  /** Deltas are in the outbox now: they are sent within `flushDelay`, or at once when `flushDeltas` wait. */
  appended(deltas: readonly Delta[]): void {
    this.#sender.appended(deltas);
    this.#appended += deltas.length;
    if (this.#appended >= flushDeltas) void this.deliver();
    else if (deltas.length > 0) this.#wakeAt(this.#clock.now() + flushDelay);
  }

  /** Sends what is due now, and goes on by itself. Call it once at the start. */
  async deliver(): Promise<void> {
    if (this.#isClosed) return;
    this.#cancel();
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#appended = 0;
    const next = await this.#sender.deliver();
    if (next !== null) this.#wakeAt(next);
  }

  /** No more calls. The sender stays open. */
  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  #wakeAt(instant: number): void {
    if (this.#isClosed || instant >= this.#dueAt) return;
    this.#cancel();
    this.#dueAt = instant;
    this.#cancel = this.#clock.after(instant - this.#clock.now(), () => void this.deliver());
  }
}
