import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { BaseFiles } from "../base/files.ts";
import type { RuleId } from "../rules.ts";
import type { DatabaseName, Reply, Request } from "./database_process.ts";

export interface Timed {
  readonly value: number;
  /** In the database's process, around the call. */
  readonly milliseconds: number;
}

export class RemoteDatabase {
  readonly #process: ChildProcess;
  readonly name: string;

  private constructor(child: ChildProcess, name: string) {
    this.#process = child;
    this.name = name;
  }

  static async open(database: DatabaseName, folder: string): Promise<RemoteDatabase> {
    const program = new URL("./database_process.ts", import.meta.url);
    const child = fork(program, { execArgv: ["--import", "tsx"] });
    try {
      const { value } = await ask(child, { do: "open", database, folder });
      return new RemoteDatabase(child, String(value));
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  /** Milliseconds that its JSON reader takes. */
  async load(files: BaseFiles): Promise<number> {
    return (await ask(this.#process, { do: "load", files })).milliseconds;
  }

  async prepare(files: BaseFiles): Promise<void> {
    await ask(this.#process, { do: "prepare", files });
  }

  async count(rule: RuleId, number: number, now: number): Promise<Timed> {
    const reply = await ask(this.#process, { do: "count", rule, number, now });
    return { value: Number(reply.value), milliseconds: reply.milliseconds };
  }

  async close(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.disconnect();
    await ended;
  }
}

/** Throws when the database has an error, or is gone. */
async function ask(child: ChildProcess, request: Request) {
  const listening = new AbortController();
  const { signal } = listening;
  child.send(request);
  const [reply] = (await Promise.race([
    once(child, "message", { signal }),
    once(child, "exit", { signal }).then(([code]) => {
      throw new Error(`a database's process ended with ${code}`);
    }),
  ]).finally(() => listening.abort())) as [Reply];
  if ("error" in reply) throw new Error(reply.error);
  return reply;
}
