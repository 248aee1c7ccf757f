import {
  isRange,
  type KeyRange,
  type StoreContents,
  type StoreKey,
  type StoreName,
  type StoreTransaction,
  storeNames,
  type TrackerStore,
} from "./store.ts";

interface Entry {
  readonly key: StoreKey;
  value: unknown;
}

/** A store that is gone with the page: for private modes and full disks. */
export class MemoryStore implements TrackerStore {
  readonly isDurable = false;
  readonly #stores = new Map<StoreName, Entry[]>(storeNames.map((name) => [name, []]));
  #last: Promise<unknown> = Promise.resolve();

  read<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    return this.write(work);
  }

  write<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    const result = this.#last.then(async () => {
      const undo: (() => void)[] = [];
      try {
        return await work(this.#transaction(undo));
      } catch (error) {
        for (const step of undo.reverse()) step();
        throw error;
      }
    });
    this.#last = result.catch(() => {});
    return result;
  }

  close(): void {}

  /** Takes in all that another store has. */
  async copy(other: TrackerStore): Promise<void> {
    for (const name of storeNames) {
      const entries = await other.read((transaction) => transaction.entries(name));
      for (const [key, value] of entries) this.#put(name, key, value);
    }
  }

  #transaction(undo: (() => void)[]): StoreTransaction {
    return {
      get: async <Name extends StoreName>(name: Name, key: StoreKey) => {
        const { entry } = this.#find(name, key);
        return entry?.value as StoreContents[Name] | undefined;
      },
      values: async <Name extends StoreName>(name: Name, range?: KeyRange, most = Infinity) =>
        this.#entries(name)
          .filter(({ key }) => range === undefined || isWithin(key, range))
          .slice(0, most)
          .map(({ value }) => value as StoreContents[Name]),
      entries: async <Name extends StoreName>(name: Name) =>
        this.#entries(name).map(({ key, value }) => [key, value as StoreContents[Name]] as const),
      count: async (name) => this.#entries(name).length,
      put: (name, key, value) => {
        const before = this.#find(name, key).entry?.value;
        undo.push(() =>
          before === undefined ? this.#remove(name, key) : this.#put(name, key, before),
        );
        this.#put(name, key, value);
      },
      delete: (name, given) => {
        const gone = this.#entries(name).filter(({ key }) =>
          isRange(given) ? isWithin(key, given) : compareKeys(key, given) === 0,
        );
        for (const { key, value } of gone) {
          undo.push(() => this.#put(name, key, value));
          this.#remove(name, key);
        }
      },
    };
  }

  #entries(name: StoreName): Entry[] {
    return this.#stores.get(name) ?? [];
  }

  #find(name: StoreName, key: StoreKey): { place: number; entry: Entry | undefined } {
    const entries = this.#entries(name);
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = entries[middle] as Entry;
      if (compareKeys(entry.key, key) < 0) low = middle + 1;
      else high = middle;
    }
    const entry = entries[low];
    const isIt = entry !== undefined && compareKeys(entry.key, key) === 0;
    return { place: low, entry: isIt ? entry : undefined };
  }

  #put(name: StoreName, key: StoreKey, value: unknown): void {
    const { place, entry } = this.#find(name, key);
    if (entry === undefined) this.#entries(name).splice(place, 0, { key, value });
    else entry.value = value;
  }

  #remove(name: StoreName, key: StoreKey): void {
    const { place, entry } = this.#find(name, key);
    if (entry !== undefined) this.#entries(name).splice(place, 1);
  }
}

/** As IndexedDB orders them; texts come before lists, and are not mixed with them in one store. */
function compareKeys(left: StoreKey, right: StoreKey): number {
  const [leftText, leftNumber] = typeof left === "string" ? [left, 0] : left;
  const [rightText, rightNumber] = typeof right === "string" ? [right, 0] : right;
  if (leftText !== rightText) return leftText < rightText ? -1 : 1;
  return leftNumber - rightNumber;
}

function isWithin(key: StoreKey, { prefix, to = Infinity }: KeyRange): boolean {
  return typeof key !== "string" && key[0] === prefix && key[1] <= to;
}
