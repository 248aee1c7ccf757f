import type { SqlRow, SqlStore, SqlValue } from "./sql_store.ts";

/**
 * One connection to SQLite, 3.35 or newer: a line over better-sqlite3, node:sqlite, sql.js or others. It runs one statement and
 * answers its rows.
 */
export type SqliteQuery = (
  statement: string,
  parameters: readonly SqlValue[],
) => readonly SqlRow[] | Promise<readonly SqlRow[]>;

/** A store over one connection, whose tables are those of `sqliteSchema`. Its transactions wait for each other. */
export function sqliteStore(query: SqliteQuery): SqlStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    transaction(work) {
      const result = last.then(async () => {
        // Another process may write, too: it is waited for here, rather than failing later.
        await query("BEGIN IMMEDIATE", []);
        try {
          const answer = await work({
            query: async (statement, parameters) => query(statement, parameters),
          });
          await query("COMMIT", []);
          return answer;
        } catch (error) {
          await query("ROLLBACK", []);
          throw error;
        }
      });
      last = result.catch(() => {});
      return result;
    },
  };
}
