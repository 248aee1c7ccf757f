import type { BaseFiles } from "../base/files.ts";
import type { RuleId } from "../rules.ts";
import { openClickHouse } from "./clickhouse.ts";
import type { Database } from "./database.ts";
import { openDuckDb } from "./duckdb.ts";

/** A database in a process of its own: what it takes of memory goes with it. Asked by messages, one at a time. */

export const databaseNames = ["duckdb", "clickhouse"] as const;
export type DatabaseName = (typeof databaseNames)[number];

export type Request =
  | { readonly do: "open"; readonly database: DatabaseName; readonly folder: string }
  | { readonly do: "load" | "prepare"; readonly files: BaseFiles }
  | { readonly do: "count"; readonly rule: RuleId; readonly number: number; readonly now: number };

export type Reply =
  | {
      /** A count, or the name with the version when opened. */
      readonly value: number | string;
      readonly milliseconds: number;
    }
  | { readonly error: string };

const openers: Record<DatabaseName, (folder: string) => Promise<Database>> = {
  duckdb: openDuckDb,
  clickhouse: openClickHouse,
};

let database: Database | undefined;

async function answerTo(request: Request): Promise<number | string> {
  if (request.do === "open") {
    database = await openers[request.database](request.folder);
    return database.name;
  }
  if (database === undefined) throw new Error("not opened");
  if (request.do === "count") return database.count(request.rule, request.number, request.now);
  await database[request.do](request.files);
  return 0;
}

async function reply(request: Request): Promise<Reply> {
  const from = performance.now();
  try {
    const value = await answerTo(request);
    return { value, milliseconds: performance.now() - from };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

process.on("message", (request: Request) => {
  void reply(request).then((answer) => process.send?.(answer));
});
// Threads of the database may keep the process alive otherwise.
process.on("disconnect", () => {
  database?.close();
  process.exit();
});
