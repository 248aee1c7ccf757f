import type { SqlRow, SqlStore, SqlTransaction, SqlValue } from "./sql_store.ts";

/** What of a pool of the package `pg` is used; others can be given the same shape. */
export interface PostgresqlPool {
  connect(): Promise<PostgresqlClient>;
}

export interface PostgresqlClient {
  query(statement: string, parameters?: SqlValue[]): Promise<{ rows: SqlRow[] }>;
  /** With true, the connection is closed instead of being used again. */
  release(isBroken?: boolean): void;
}

/** A store over PostgreSQL 9.5 or newer, whose tables are those of `postgresqlSchema`. */
export function postgresqlStore(pool: PostgresqlPool): SqlStore {
  return {
    async transaction(work) {
      const client = await pool.connect();
      let isBroken = true;
      try {
        await client.query("BEGIN");
        try {
          const result = await work(transactionOf(client));
          await client.query("COMMIT");
          isBroken = false;
          return result;
        } catch (error) {
          await client.query("ROLLBACK");
          isBroken = false;
          throw error;
        }
      } finally {
        client.release(isBroken);
      }
    },
  };
}

function transactionOf(client: PostgresqlClient): SqlTransaction {
  return {
    async query(statement, parameters) {
      let count = 0;
      const numbered = statement.replaceAll("?", () => {
        count += 1;
        return `$${count}`;
      });
      return (await client.query(numbered, [...parameters])).rows;
    },
  };
}
