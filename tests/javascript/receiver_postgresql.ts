import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import pg from "pg";
import { postgresqlSchema, postgresqlStore } from "../../bindings/receiver/index.ts";
import { deliverToExample } from "./receiver_examples.ts";
import { receiverRules } from "./receiver_rules.ts";

/** The receiver's rules over a real PostgreSQL, where its server is installed: npm run test:postgresql. */

/** Debian keeps the server's programs off the PATH. */
function programFolder(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, "bin"));
  return found.find((path) => existsSync(join(path, "initdb"))) ?? "";
}

/** A server refuses to run as root, so root lets the least of users run it. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

const folder = mkdtempSync(join(tmpdir(), "segments-receiver-"));
const user = serverUser();
if (user !== undefined) chownSync(folder, user.uid, user.gid);
const data = join(folder, "data");
const options = { ...user, cwd: folder, env: { ...process.env, HOME: folder } };
execFileSync(
  join(programFolder(), "initdb"),
  ["--pgdata", data, ..."--username postgres --auth trust --encoding UTF8 --no-sync".split(" ")],
  { ...options, stdio: "pipe" },
);
const server = spawn(
  join(programFolder(), "postgres"),
  ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
  { ...options, stdio: "ignore" },
);
const pool = new pg.Pool({ host: folder, user: "postgres", database: "postgres", max: 8 });

for (let attempt = 0; ; attempt += 1) {
  try {
    await pool.query(postgresqlSchema);
    break;
  } catch (error) {
    if (attempt >= 100) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const { rows } = await pool.query<{ version: string }>("SELECT version()");
console.log(rows[0]?.version);

after(async () => {
  await pool.end();
  const stopped = new Promise((resolve) => server.once("exit", resolve));
  // It ends when the last connection has ended.
  server.kill("SIGTERM");
  await stopped;
  rmSync(folder, { recursive: true, force: true });
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
  const host = encodeURIComponent(folder);
  await deliverToExample("postgresql.mjs", {
    DATABASE_URL: `postgres://postgres@${host}/postgres`,
  });
  const { rows: starts } = await pool.query("SELECT count(*)::int AS count FROM flow_starts");
  assert.deepEqual(starts, [{ count: 76 + 2 }]);
});
