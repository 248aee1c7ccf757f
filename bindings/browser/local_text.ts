/** Texts in localStorage under a prefix of their own; where it may not be used, in memory. */
export class LocalText {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();
  readonly #onUnavailable: (error: unknown) => void;

  /** @param onUnavailable told each time when localStorage does not take a text or does not give one */
  constructor(tracker: string, onUnavailable: (error: unknown) => void) {
    this.#prefix = `fosterflow-segments:${tracker}:`;
    this.#onUnavailable = onUnavailable;
  }

  get(key: string): string | undefined {
    const known = this.#memory.get(key);
    if (known !== undefined) return known;
    return this.#use((storage) => storage.getItem(this.#prefix + key)) ?? undefined;
  }

  /** Whether it outlives the page. */
  set(key: string, text: string): boolean {
    const isKept = this.#use((storage) => {
      storage.setItem(this.#prefix + key, text);
      return true;
    });
    if (isKept) this.#memory.delete(key);
    else this.#memory.set(key, text);
    return isKept === true;
  }

  delete(key: string): void {
    this.#memory.delete(key);
    this.#use((storage) => storage.removeItem(this.#prefix + key));
  }

  /** Keys that begin so, in order. */
  keys(start: string): string[] {
    const from = this.#prefix + start;
    const stored = this.#use((storage) =>
      Object.keys(storage).filter((key) => key.startsWith(from)),
    );
    const own = (stored ?? []).map((key) => key.slice(this.#prefix.length));
    return [...new Set([...own, ...this.#memory.keys()])]
      .filter((key) => key.startsWith(start))
      .sort();
  }

  /** What another tab has changed, by its key; null: everything. */
  changedKey({ storageArea, key }: StorageEvent): string | null | undefined {
    const isOurs = this.#use((storage) => storageArea === storage);
    if (isOurs !== true) return undefined;
    if (key === null) return null;
    return key.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : undefined;
  }

  #use<Result>(work: (storage: Storage) => Result): Result | undefined {
    try {
      return work(localStorage);
    } catch (error) {
      this.#onUnavailable(error);
      return undefined;
    }
  }
}
