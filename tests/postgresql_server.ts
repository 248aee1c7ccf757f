import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A server of a test's own. */
export interface PostgresqlServer {
  /** The folder of its socket: what clients take as host; the user and the database are `postgres`. */
  readonly host: string;
  /** As the server says it. */
  readonly version: string;
  /** Stops it and removes its data. Clients must have ended. */
  stop(): Promise<void>;
}

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

/** Starts a server on a socket in a temporary folder, with settings such as `jit=off`. */
export async function startPostgresql(settings: readonly string[] = []): Promise<PostgresqlServer> {
  const host = mkdtempSync(join(tmpdir(), "segments-postgresql-"));
  const user = serverUser();
  if (user !== undefined) chownSync(host, user.uid, user.gid);
  const data = join(host, "data");
  const options = { ...user, cwd: host, env: { ...process.env, HOME: host } };
  execFileSync(
    join(programFolder(), "initdb"),
    [
      ...["--pgdata", data],
      ..."--username postgres --auth trust --encoding UTF8 --locale C --no-sync".split(" "),
    ],
    { ...options, stdio: "pipe" },
  );
  const server = spawn(
    join(programFolder(), "postgres"),
    [
      ...["-D", data, "-k", host],
      ...["listen_addresses=", "fsync=off", ...settings].flatMap((setting) => ["-c", setting]),
    ],
    { ...options, stdio: "ignore" },
  );
  return {
    host,
    version: await versionOf(host),
    async stop() {
      const stopped = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await stopped;
      rmSync(host, { recursive: true, force: true });
    },
  };
}

/** Waits until it answers. */
async function versionOf(host: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ host, user: "postgres", database: "postgres" });
    try {
      await client.connect();
      const { rows } = await client.query<{ version: string }>("SELECT version()");
      await client.end();
      return rows[0]?.version.split(" (")[0] ?? "PostgreSQL";
    } catch (error) {
      if (attempt >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
