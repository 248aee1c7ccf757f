/**
 * A timer is looked at again after so many milliseconds, however far away its instant is: timers stand still while the
 * machine sleeps, and know nothing of a clock that was put forward.
 */
const longestSleep = 20_000;

/** Calls back once the wall clock has reached an instant: by the clock, not by what a timer believes has passed. Never at once. */
export class WakeTimer {
  readonly #callback: () => void;
  #instant: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(callback: () => void) {
    this.#callback = callback;
  }

  /** Null: never. The instant before is forgotten. */
  set(instant: number | null): void {
    this.#instant = instant;
    this.check();
  }

  /** Looks at the clock now: for a page that has just become visible, or has slept. */
  check(): void {
    clearTimeout(this.#timer);
    if (this.#instant === null) return;
    const left = Math.max(this.#instant - Date.now(), 0);
    this.#timer = setTimeout(() => this.#look(), Math.min(left, longestSleep));
  }

  #look(): void {
    if (this.#instant === null) return;
    if (this.#instant > Date.now()) {
      this.check();
      return;
    }
    this.#instant = null;
    this.#callback();
  }
}
