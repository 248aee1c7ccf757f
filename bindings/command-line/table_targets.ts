import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ContactRows } from "../javascript/table_rows.ts";
import type { SqlDialect } from "../javascript/to_sql.ts";
import { clickHouseLines, clickHouseSchema, clickHouseTableNames } from "./clickhouse_tables.ts";
import { type DuckDbModule, DuckDbTables } from "./duckdb_tables.ts";
import { postgresCopies, postgresSchema } from "./postgres_tables.ts";
import { UsageError } from "./usage_error.ts";

/** Where rows go. Until `finish`, whoever looks sees what was there before. */
export interface TableTarget {
  add(rows: readonly ContactRows[]): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing half done. */
  abandon(): Promise<void>;
}

export const tableTargets: Record<SqlDialect, (path: string) => Promise<TableTarget>> = {
  duckdb: duckDbTarget,
  postgres: postgresTarget,
  clickhouse: clickHouseTarget,
};

async function duckDbModule(): Promise<DuckDbModule> {
  try {
    return await import("@duckdb/node-api");
  } catch {
    throw new UsageError(
      "--to duckdb needs the package @duckdb/node-api, which is not installed here. Install it beside " +
        "this one: npm install @duckdb/node-api",
    );
  }
}

async function duckDbTarget(path: string): Promise<TableTarget> {
  const module = await duckDbModule();
  const instance = await module.DuckDBInstance.create(path);
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  await connection.run("BEGIN");
  const tables = await DuckDbTables.create(module, connection);
  return {
    async add(rows) {
      tables.add(rows);
    },
    async finish() {
      tables.close();
      await connection.run("COMMIT");
      close();
    },
    async abandon() {
      tables.close();
      await connection.run("ROLLBACK");
      close();
    },
  };
}

/** A script for psql; a transaction, so that it is taken whole or not at all. */
async function postgresTarget(path: string): Promise<TableTarget> {
  const file = openSync(path, "w");
  writeSync(file, `BEGIN;\n${postgresSchema}`);
  return {
    async add(rows) {
      writeSync(file, postgresCopies(rows));
    },
    async finish() {
      writeSync(file, "COMMIT;\nANALYZE contacts, events, channels, lists;\n");
      closeSync(file);
    },
    async abandon() {
      closeSync(file);
      rmSync(path);
    },
  };
}

/** A folder of a file a table, and the statements that read them. */
async function clickHouseTarget(path: string): Promise<TableTarget> {
  mkdirSync(path, { recursive: true });
  const script = join(path, "load.sql");
  rmSync(script, { force: true });
  const nameOf = (table: string): string => `${table}.jsonl`;
  const files = clickHouseTableNames.map((table) => ({
    table,
    file: openSync(join(path, nameOf(table)), "w"),
  }));
  const close = () => {
    for (const { file } of files) closeSync(file);
  };
  return {
    async add(rows) {
      const lines = clickHouseLines(rows);
      for (const { table, file } of files) writeSync(file, lines[table]);
    },
    async finish() {
      close();
      const statements = clickHouseTableNames.map(
        (table) =>
          `${clickHouseSchema[table]};\nINSERT INTO ${table} FROM INFILE '${nameOf(table)}' FORMAT JSONEachRow;\n`,
      );
      writeFileSync(script, statements.join("\n"));
    },
    async abandon() {
      close();
      for (const { table } of files) rmSync(join(path, nameOf(table)));
    },
  };
}
