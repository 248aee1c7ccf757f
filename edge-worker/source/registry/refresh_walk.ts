import { ringAfter } from "../alarm.ts";
import { now } from "../clock.ts";
import { contactStub, type Environment, shardStub } from "../environment.ts";
import {
  alarmRetryDelay,
  refreshConcurrency,
  refreshedContactsPerSecond,
  refreshPageContacts,
  shardCount,
} from "../limits.ts";
import { errorText, log } from "../operations/log.ts";
import type { Refresh } from "./registry_calls.ts";

interface Walk extends Refresh {
  /** Where it is: the part of the index, and the contact in it that was touched last. */
  readonly shard: number;
  readonly after: string;
}

/** Touches every contact of a workspace, page by page, at a bounded rate. It goes on where it was after an end in the middle. */
export class RefreshWalk {
  readonly #storage: DurableObjectStorage;
  readonly #environment: Environment;

  constructor(storage: DurableObjectStorage, environment: Environment) {
    this.#storage = storage;
    this.#environment = environment;
  }

  progress(): Refresh | null {
    const walk = this.#read();
    if (walk === undefined) return null;
    const { state, version, startedAt, finishedAt, contactsDone, contacts } = walk;
    return { state, version, startedAt, finishedAt, contactsDone, contacts };
  }

  async start(workspace: string, version: number): Promise<Refresh> {
    const running = this.#read();
    if (running?.state === "running" && running.version === version) return running;
    const counts = await Promise.all(
      Array.from({ length: shardCount }, (_, shard) =>
        shardStub(this.#environment, workspace, shard).counts(),
      ),
    );
    const contacts = counts.reduce((sum, count) => sum + count.contacts, 0);
    const begun = { startedAt: now(), finishedAt: null, contactsDone: 0, contacts };
    const walk: Walk = { state: "running", version, ...begun, shard: 0, after: "" };
    this.#save(walk);
    ringAfter(this.#storage, 0);
    return walk;
  }

  /** One page. Never throws: an alarm that throws too often does not come again. */
  async step(workspace: string): Promise<void> {
    const walk = this.#read();
    if (walk === undefined || walk.state === "done") return;
    const begun = Date.now();
    let pause = alarmRetryDelay;
    try {
      const next = await this.#page(workspace, walk);
      const current = this.#read();
      // Begun anew meanwhile.
      if (current?.startedAt === walk.startedAt && current.version === walk.version) {
        this.#save(next);
      }
      const touched = next.contactsDone - walk.contactsDone;
      pause = Math.ceil((touched * 1000) / refreshedContactsPerSecond);
    } catch (error) {
      log("error", "refresh interrupted", { workspace, error: errorText(error) });
    }
    if (this.#read()?.state === "running") ringAfter(this.#storage, begun + pause - Date.now());
  }

  async #page(workspace: string, walk: Walk): Promise<Walk> {
    const { shard, after, contactsDone, version } = walk;
    const contacts = await shardStub(this.#environment, workspace, shard).contacts(
      after,
      refreshPageContacts,
    );
    const waiting = [...contacts];
    const touch = async () => {
      for (let contact = waiting.shift(); contact !== undefined; contact = waiting.shift()) {
        await contactStub(this.#environment, workspace, contact).touch({
          workspace,
          contact,
          version,
        });
      }
    };
    await Promise.all(Array.from({ length: refreshConcurrency }, touch));
    const done = contactsDone + contacts.length;
    const last = contacts.at(-1);
    if (last !== undefined) return { ...walk, after: last, contactsDone: done };
    if (shard + 1 < shardCount) return { ...walk, shard: shard + 1, after: "" };
    return { ...walk, state: "done", finishedAt: now() };
  }

  #read(): Walk | undefined {
    const [row] = this.#storage.sql
      .exec("SELECT value FROM fields WHERE name = 'refresh'")
      .toArray();
    return row === undefined ? undefined : (JSON.parse(String(row["value"])) as Walk);
  }

  #save(walk: Walk): void {
    this.#storage.sql.exec(
      "INSERT OR REPLACE INTO fields (name, value) VALUES ('refresh', ?)",
      JSON.stringify(walk),
    );
  }
}
