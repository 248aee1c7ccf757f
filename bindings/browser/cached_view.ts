import { databaseName } from "./indexed_store.ts";
import type { TrackerView } from "./protocol.ts";
import { only } from "./store.ts";

/**
 * What the last page showed, from the same transaction as all else, without an engine. Undefined when there is none, or when
 * messages wait that it knows nothing of. Whether it still holds is for the caller.
 */
export function cachedView(tracker: string): Promise<TrackerView | undefined> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(databaseName(tracker));
      // There is no database: none is made.
      opening.onupgradeneeded = () => opening.transaction?.abort();
      opening.onerror = () => resolve(undefined);
      opening.onsuccess = () => read(opening.result, resolve);
    } catch {
      resolve(undefined);
    }
  });
}

/** Whether nothing can have changed since: it is of this contact and these segments, and its time has not come. */
export function holdsOf(
  { nextChangeAt, at, ...view }: TrackerView,
  contact: string,
  segmentsKey: string,
): boolean {
  const now = Date.now();
  if (view.contact !== contact || view.segmentsKey !== segmentsKey) return false;
  return now >= at && (nextChangeAt === null || now < nextChangeAt);
}

function read(database: IDBDatabase, resolve: (view: TrackerView | undefined) => void): void {
  try {
    const transaction = database.transaction(["view", "inbox"], "readonly");
    const view = transaction.objectStore("view").get(only);
    const waiting = transaction.objectStore("inbox").count();
    transaction.oncomplete = () => {
      resolve(waiting.result === 0 ? (view.result as TrackerView | undefined) : undefined);
      database.close();
    };
    transaction.onabort = () => {
      resolve(undefined);
      database.close();
    };
  } catch {
    resolve(undefined);
    database.close();
  }
}
