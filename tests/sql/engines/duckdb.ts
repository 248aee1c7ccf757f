import * as module from "@duckdb/node-api";
import { DuckDBInstance, version } from "@duckdb/node-api";
import { DuckDbTables } from "../../../bindings/command-line/duckdb_tables.ts";
import type { SqlEngine } from "./engine.ts";

export async function startEngine(): Promise<SqlEngine> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  return {
    dialect: "duckdb",
    version: `DuckDB ${version()}`,
    whyNot: () => undefined,
    async load(rows) {
      const tables = await DuckDbTables.create(module, connection);
      tables.add(rows);
      tables.close();
    },
    async contactIds(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRows().map(([id]) => id as string);
    },
    async offsets(zone, instants) {
      const reader = await connection.runAndReadAll(
        `SELECT CAST(epoch_ms(timezone('${zone}', timezone('UTC', epoch_ms(t)))) - t AS DOUBLE)
         FROM unnest([${instants.join()}]) AS list(t)`,
      );
      return reader.getRows().map(([offset]) => offset as number);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
