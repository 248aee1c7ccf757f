/** An object's one alarm, which may come early and must never be late. Instants are the host's epoch milliseconds. */
export class ContactAlarm {
  readonly #storage: DurableObjectStorage;
  /** When it rings; null: never. Undefined until it was read. */
  #setTo: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  get isKnown(): boolean {
    return this.#setTo !== undefined;
  }

  async read(): Promise<void> {
    const stored = await this.#storage.getAlarm();
    this.#setTo ??= stored;
  }

  /** It rings now, and is not set any more. */
  fired(): void {
    this.#setTo = null;
  }

  /** Everything was deleted. */
  forget(): void {
    this.#setTo = null;
  }

  /** Makes it ring at this instant or before. An alarm that is set earlier stays: it looks again then. */
  ring(instant: number): void {
    if (this.#setTo !== null && this.#setTo !== undefined && this.#setTo <= instant) return;
    this.#setTo = instant;
    // Part of what is written in this turn; an answer waits for it.
    void this.#storage.setAlarm(instant);
  }
}
