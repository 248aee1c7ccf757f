import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg, { type Client } from "pg";
import { postgresCopies, postgresSchema } from "../../../bindings/command-line/postgres_tables.ts";
import { type SqlEngine, whyRefused } from "./engine.ts";

/** Where the server's programs are: Debian keeps them off the PATH. */
function programFolder(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(root, version, "bin"))
    .find((path) => existsSync(join(path, "initdb")));
  return found ?? "";
}

/** A server refuses to run as root, so root lets the least of users run it. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number =>
    Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
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
    [
      "--pgdata",
      data,
      "--username",
      "postgres",
      "--auth",
      "trust",
      "--encoding",
      "UTF8",
      "--locale",
      "C",
      "--no-sync",
    ],
    { ...options, stdio: "pipe" },
  );
  const server = spawn(
    join(bin, "postgres"),
    [
      "-D",
      data,
      "-k",
      folder,
      "-c",
      "listen_addresses=",
      "-c",
      "fsync=off",
      "-c",
      "jit=off",
      "-c",
      "statement_timeout=20000",
    ],
    { ...options, stdio: "ignore" },
  );
  const client = await connected(folder);
  await client.query(postgresSchema);
  const { rows } = await client.query<{ version: string }>("SELECT version()");
  return {
    dialect: "postgres",
    version: rows[0]?.version.split(" (")[0] ?? "PostgreSQL",
    whyNot: (rows) => whyRefused(() => postgresCopies(rows)),
    async load(rows) {
      const script = `TRUNCATE contacts, events, channels, lists;\n${postgresCopies(rows)}`;
      execFileSync(
        "psql",
        [
          ...["--host", folder, "--username", "postgres", "--no-psqlrc", "--quiet"],
          "--set=ON_ERROR_STOP=1",
        ],
        { input: script, stdio: ["pipe", "pipe", "inherit"] },
      );
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

async function connected(folder: string): Promise<Client> {
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
