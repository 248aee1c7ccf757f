import { execFileSync } from "node:child_process";
import pg from "pg";
import { postgresCopies, postgresSchema } from "../../../bindings/command-line/postgres_tables.ts";
import { startPostgresql } from "../../postgresql_server.ts";
import { type SqlEngine, whyRefused } from "./engine.ts";

/** Starts a server of its own. */
export async function startEngine(): Promise<SqlEngine> {
  const server = await startPostgresql(["jit=off", "statement_timeout=20000"]);
  const client = new pg.Client({ host: server.host, user: "postgres", database: "postgres" });
  await client.connect();
  await client.query(postgresSchema);
  return {
    dialect: "postgres",
    version: server.version,
    whyNot: (rows) => whyRefused(() => postgresCopies(rows)),
    async load(rows) {
      const script = `TRUNCATE contacts, events, channels, lists;\n${postgresCopies(rows)}`;
      execFileSync(
        "psql",
        [
          ...["--host", server.host, "--username", "postgres", "--no-psqlrc", "--quiet"],
          "--set=ON_ERROR_STOP=1",
        ],
        { input: script, stdio: ["pipe", "pipe", "inherit"] },
      );
    },
    async contactIds(sql) {
      const result = await client.query<{ contact_id: string }>(sql);
      return result.rows.map((row) => row.contact_id);
    },
    async offsets(zone, instants) {
      const result = await client.query<{ offset: number }>(
        `SELECT CAST(extract(EPOCH FROM to_timestamp(t / 1000) AT TIME ZONE $1) * 1000 - t
           AS DOUBLE PRECISION) AS "offset"
         FROM unnest(CAST($2 AS BIGINT[])) WITH ORDINALITY AS list(t, place) ORDER BY place`,
        [zone, instants],
      );
      return result.rows.map((row) => row.offset);
    },
    async close() {
      await client.end();
      await server.stop();
    },
  };
}
