import type { SqlStore } from "@fosterflow/segments/receiver";

/**
 * The receiver's store over a Durable Object's SQLite. Transactions wait for each other: what the work awaits gives others a turn,
 * and their writes would belong to this transaction.
 */
export function durableObjectStore(storage: DurableObjectStorage): SqlStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    transaction(work) {
      const result = last.then(() =>
        storage.transaction(async () =>
          work({
            query: async (statement, parameters) =>
              storage.sql.exec(statement, ...parameters).toArray(),
          }),
        ),
      );
      last = result.catch(() => undefined);
      return result;
    },
  };
}
