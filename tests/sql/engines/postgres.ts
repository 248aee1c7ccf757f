import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { ContactRows } from "../../../bindings/javascript/table_rows.ts";
import type { SqlEngine } from "./engine.ts";

const schema = `
CREATE TABLE contacts (id text NOT NULL, attributes jsonb NOT NULL);
CREATE TABLE events (contact_id text NOT NULL, message_id text, name text NOT NULL, time timestamp(3) NOT NULL, properties jsonb NOT NULL);
CREATE TABLE channels (contact_id text NOT NULL, channel text NOT NULL, reachable boolean NOT NULL);
CREATE TABLE lists (contact_id text NOT NULL, list text NOT NULL);
`;

// 4713 BC, where timestamps begin.
const earliest = -210_866_803_200_000;

/** Where the server's programs are: Debian keeps them off the PATH. */
function programFolder(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, "bin")).find((path) => existsSync(join(path, "initdb")));
  return found ?? "";
}

/** A server refuses to run as root, so root lets the least of users run it. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** Starts a server of its own on a socket in a temporary folder. */
export async function startEngine(): Promise<SqlEngine> {
  const folder = mkdtempSync(join(tmpdir(), "segments-sql-"));
  const user = serverUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const bin = programFolder();
  const data = join(folder, "data");
  const options = { ...user, cwd: folder, env: { ...process.env, HOME: folder } };
  execFileSync(
    join(bin, "initdb"),
    ["--pgdata", data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"],
    { ...options, stdio: "pipe" },
  );
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "jit=off", "-c", "statement_timeout=20000"],
    { ...options, stdio: "ignore" },
  );
  const client = await connected(folder);
  await client.query(schema);
  const { rows } = await client.query<{ version: string }>("SELECT version()");
  return {
    dialect: "postgres",
    version: rows[0]?.version.split(" (")[0] ?? "PostgreSQL",
    whyNot,
    async load(contacts) {
      await client.query("TRUNCATE contacts, events, channels, lists");
      await insert(client, contacts);
    },
    async contactIds(sql) {
      const result = await client.query<{ contact_id: string }>(sql);
      return result.rows.map((row) => row.contact_id);
    },
    async close() {
      await client.end();
      const stopped = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await stopped;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function connected(folder: string): Promise<pg.Client> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ host: folder, user: "postgres", database: "postgres" });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (attempt >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function whyNot(contacts: readonly ContactRows[]): string | undefined {
  for (const contact of contacts) {
    if (contact.events.some(([, , time]) => time < earliest)) return "an event before 4713 BC";
    if (JSON.stringify(contact).includes("\\u0000")) return "a text with U+0000";
  }
  return undefined;
}

/** Rows travel as JSON: one statement a table. */
async function insert(client: pg.Client, contacts: readonly ContactRows[]): Promise<void> {
  const put = (statement: string, columns: string, rows: unknown[]) =>
    client.query(`INSERT INTO ${statement} FROM json_to_recordset($1::json) AS rows(${columns})`, [
      JSON.stringify(rows),
    ]);
  await put("contacts SELECT id, attributes::jsonb", "id text, attributes text", [...contacts]);
  await put(
    `events SELECT contact_id, message_id, name,
       TIMESTAMP 'epoch' + time / 86400000 * INTERVAL '1 day' + time % 86400000 * INTERVAL '1 millisecond',
       properties::jsonb`,
    "contact_id text, message_id text, name text, time bigint, properties text",
    contacts.flatMap(({ id, events }) =>
      events.map(([messageId, name, time, properties]) => ({
        contact_id: id,
        message_id: messageId,
        name,
        time,
        properties,
      })),
    ),
  );
  await put(
    "channels SELECT contact_id, channel, reachable",
    "contact_id text, channel text, reachable boolean",
    contacts.flatMap(({ id, channels }) =>
      channels.map(([channel, reachable]) => ({ contact_id: id, channel, reachable })),
    ),
  );
  await put(
    "lists SELECT contact_id, list",
    "contact_id text, list text",
    contacts.flatMap(({ id, lists }) => lists.map((list) => ({ contact_id: id, list }))),
  );
}
