import { deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
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

/** Raised with every change of what the object stores hold. */
const schemaVersion = 1;

export function databaseName(tracker: string): string {
  return `fosterflow-segments:${tracker}`;
}

/** A store in IndexedDB. What was written is on disk: transactions are strict. */
export class IndexedStore implements TrackerStore {
  readonly isDurable = true;
  readonly #database: IDBPDatabase;

  private constructor(database: IDBPDatabase) {
    this.#database = database;
  }

  /**
   * Rejects where there is no IndexedDB, or when it may not be used.
   *
   * @param onLost told when the database was closed from outside: it is erased, or its origin's data are
   */
  static async open(tracker: string, onLost: () => void): Promise<IndexedStore> {
    const database: IDBPDatabase = await openDB(databaseName(tracker), schemaVersion, {
      upgrade(opened) {
        for (const name of storeNames) opened.createObjectStore(name);
      },
      blocking() {
        database.close();
        onLost();
      },
      terminated: onLost,
    });
    return new IndexedStore(database);
  }

  read<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    return work(wrapped(this.#database.transaction([...storeNames], "readonly")));
  }

  async write<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    const transaction = this.#database.transaction([...storeNames], "readwrite", {
      durability: "strict",
    });
    // It also rejects when `work` does, and then nobody waits for it.
    transaction.done.catch(() => {});
    try {
      const result = await work(wrapped(transaction));
      await transaction.done;
      return result;
    } catch (error) {
      const reason = await transaction.done.then(
        () => error,
        (failure: unknown) => (isQuota(failure) ? failure : error),
      );
      throw reason;
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** Deletes the tracker's database; fulfilled once everybody has let go of it. */
export async function eraseDatabase(tracker: string): Promise<void> {
  if (typeof indexedDB === "undefined") return;
  await deleteDB(databaseName(tracker));
}

/** Whether the disk, or what the browser grants of it, is full. */
export function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

function wrapped(
  transaction: IDBPTransaction<unknown, string[], "readonly" | "readwrite">,
): StoreTransaction {
  const of = (name: StoreName) =>
    (transaction as IDBPTransaction<unknown, string[], "readwrite">).objectStore(name);
  // A failed request aborts the transaction, which says why.
  const heedless = (request: Promise<unknown>) => {
    request.catch(() => {});
  };
  return {
    get: <Name extends StoreName>(name: Name, key: StoreKey) =>
      of(name).get(asKey(key)) as Promise<StoreContents[Name] | undefined>,
    values: <Name extends StoreName>(name: Name, range?: KeyRange, most?: number) =>
      of(name).getAll(range && asRange(range), most) as Promise<StoreContents[Name][]>,
    async entries<Name extends StoreName>(name: Name) {
      const [keys, values] = await Promise.all([of(name).getAllKeys(), of(name).getAll()]);
      return keys.map(
        (key, place) => [key as StoreKey, values[place] as StoreContents[Name]] as const,
      );
    },
    count: (name) => of(name).count(),
    put: (name, key, value) => heedless(of(name).put(value, asKey(key))),
    delete: (name, key) => heedless(of(name).delete(isRange(key) ? asRange(key) : asKey(key))),
  };
}

function asKey(key: StoreKey): IDBValidKey {
  return typeof key === "string" ? key : [...key];
}

function asRange({ prefix, to = Infinity }: KeyRange): IDBKeyRange {
  return IDBKeyRange.bound([prefix], [prefix, to]);
}
