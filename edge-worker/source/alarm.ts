/**
 * Alarms as they are safe to set. Measured on workerd 2026-11-17: an alarm that is set while a handler runs, to the instant that
 * the handler was scheduled for or before, is sometimes never rung (7 and 10 of 40; later ones 0 of 200).
 */
const leastDelay = 5;
/** An alarm that is so late is set again when anything happens, in case it is lost. */
const overdueAfter = 2000;

/** Rings so many milliseconds from now, or soon after. */
export function ringAfter(storage: DurableObjectStorage, delay: number): void {
  // Part of what is written in this turn; an answer waits for it.
  void storage.setAlarm(Date.now() + Math.max(Math.ceil(delay), leastDelay));
}

/** An object's one alarm, which may come early and must never be late. Instants are the host's epoch milliseconds. */
export class ObjectAlarm {
  readonly #storage: DurableObjectStorage;
  /** When it rings; null: never. Undefined until it was read. */
  #setTo: number | null | undefined;
  /** What the last one was scheduled for. */
  #lastInstant = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  get isKnown(): boolean {
    return this.#setTo !== undefined;
  }

  async read(): Promise<void> {
    const stored = await this.#storage.getAlarm();
    // It may have rung or been set meanwhile.
    if (this.#setTo === undefined) this.#setTo = stored;
  }

  /** It rings now, and is not set any more. */
  fired(): void {
    this.#lastInstant = Math.max(this.#setTo ?? 0, Date.now());
    this.#setTo = null;
  }

  /** Everything was deleted. */
  forget(): void {
    this.#setTo = null;
  }

  /** Makes it ring at this instant or before. An alarm that is set earlier stays: it looks again then. */
  ring(instant: number): void {
    const soonest = Math.max(this.#lastInstant, Date.now()) + leastDelay;
    const at = Math.max(Math.ceil(instant), soonest);
    const isSet = this.#setTo !== null && this.#setTo !== undefined && this.#setTo <= at;
    if (isSet && (this.#setTo ?? 0) > Date.now() - overdueAfter) return;
    this.#setTo = at;
    // Part of what is written in this turn; an answer waits for it.
    void this.#storage.setAlarm(at);
  }
}
