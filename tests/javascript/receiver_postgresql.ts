import assert from "node:assert/strict";
import { after, test } from "node:test";
import pg from "pg";
import { postgresqlSchema, postgresqlStore } from "../../bindings/receiver/index.ts";
import { startPostgresql } from "../postgresql_server.ts";
import { deliverToExample } from "./receiver_examples.ts";
import { receiverRules } from "./receiver_rules.ts";

/** The receiver's rules over a real PostgreSQL, where its server is installed: npm run test:postgresql. */

const server = await startPostgresql();
const pool = new pg.Pool({ host: server.host, user: "postgres", database: "postgres", max: 8 });
await pool.query(postgresqlSchema);
console.log(server.version);

after(async () => {
  await pool.end();
  await server.stop();
});

receiverRules("PostgreSQL", async () => {
  await pool.query("TRUNCATE fosterflow_contacts, fosterflow_progress, fosterflow_memberships");
  return {
    store: postgresqlStore(pool),
    rows: async (statement) => (await pool.query(statement)).rows,
  };
});

test("the example for PostgreSQL receives, and starts a flow once for each entry", async () => {
  await pool.query("TRUNCATE fosterflow_contacts, fosterflow_progress, fosterflow_memberships");
  const host = encodeURIComponent(server.host);
  await deliverToExample("postgresql.mjs", {
    DATABASE_URL: `postgres://postgres@${host}/postgres`,
  });
  const { rows: starts } = await pool.query("SELECT count(*)::int AS count FROM flow_starts");
  assert.deepEqual(starts, [{ count: 76 + 2 }]);
});
