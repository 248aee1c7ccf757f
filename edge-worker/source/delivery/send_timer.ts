import { now } from "../clock.ts";
import { sendFallback } from "../limits.ts";

/** What is due within so many milliseconds is left to a timer. */
const reach = 1000;

/**
 * Sends soon, while the object is in memory. An alarm costs a write, a start of its handler and another write; so one is set only
 * in case the object ends before, and it mostly finds nothing to do.
 */
export class SendTimer {
  readonly #send: () => void;
  #timer: number | null = null;
  #due = Number.POSITIVE_INFINITY;

  constructor(send: () => void) {
    this.#send = send;
  }

  /** @returns when an alarm is to look after what is due at `due`; null: never */
  cover(due: number | null): number | null {
    if (due === null) return null;
    const delay = due - now();
    if (delay > reach) return due;
    if (due < this.#due) {
      clearTimeout(this.#timer);
      this.#due = due;
      this.#timer = setTimeout(
        () => {
          this.#due = Number.POSITIVE_INFINITY;
          this.#send();
        },
        Math.max(delay, 0),
      );
    }
    return now() + sendFallback;
  }
}
