import { DurableObject } from "cloudflare:workers";
import { ringAfter } from "../alarm.ts";
import { now } from "../clock.ts";
import type { Environment } from "../environment.ts";
import { askContact } from "../ingest/ask_contact.ts";
import {
  alarmRetryDelay,
  refreshConcurrency,
  refreshedContactsPerSecond,
  refreshPageContacts,
} from "../limits.ts";
import { errorText, log } from "../operations/log.ts";

const schema = `
CREATE TABLE IF NOT EXISTS members (
  contact TEXT PRIMARY KEY, isWanted INTEGER NOT NULL, isTold INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_to_tell ON members (contact) WHERE isWanted <> isTold;
CREATE TABLE IF NOT EXISTS fields (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

export interface ListProgress {
  /** Contacts that are to be on the list. */
  readonly contacts: number;
  /** Contacts that are still to be told that they are on it, or are no more. */
  readonly waiting: number;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/** A list: who is on it, and which contacts still have to be told. */
export class ListObject extends DurableObject<Environment> {
  constructor(context: DurableObjectState, environment: Environment) {
    super(context, environment);
    context.storage.sql.exec(schema);
  }

  /** Puts these contacts on the list, and takes all others off it. */
  async put(workspace: string, list: string, contacts: readonly string[]): Promise<ListProgress> {
    this.ctx.storage.transactionSync(() => {
      this.#saveField("address", JSON.stringify({ workspace, list }));
      this.#saveField("updatedAt", String(now()));
      this.#sql.exec("UPDATE members SET isWanted = 0");
      for (const contact of contacts) {
        this.#sql.exec(
          "INSERT INTO members (contact, isWanted, isTold) VALUES (?, 1, 0) ON CONFLICT (contact) DO UPDATE SET isWanted = 1",
          contact,
        );
      }
    });
    ringAfter(this.ctx.storage, 0);
    return this.#progress();
  }

  /** Null: there is no such list. */
  async progress(): Promise<ListProgress | null> {
    return this.#field("address") === undefined ? null : this.#progress();
  }

  /** Forgets one contact; it is not told, since it is being erased. */
  async erase(contact: string): Promise<void> {
    this.#sql.exec("DELETE FROM members WHERE contact = ?", contact);
  }

  /** Tells contacts, page by page, at a bounded rate. Never throws. */
  override async alarm(): Promise<void> {
    const begun = Date.now();
    let pause = alarmRetryDelay;
    try {
      const told = await this.#tellPage();
      if (told === 0) return;
      pause = Math.ceil((told * 1000) / refreshedContactsPerSecond);
    } catch (error) {
      log("error", "list interrupted", { error: errorText(error) });
    }
    ringAfter(this.ctx.storage, begun + pause - Date.now());
  }

  async #tellPage(): Promise<number> {
    const rows = this.#sql
      .exec(
        "SELECT contact, isWanted FROM members WHERE isWanted <> isTold LIMIT ?",
        refreshPageContacts,
      )
      .toArray();
    const { workspace, list } = JSON.parse(this.#field("address") ?? "{}") as {
      workspace: string;
      list: string;
    };
    const timestamp = Number(this.#field("updatedAt"));
    const waiting = rows.map((row) => ({
      contact: String(row["contact"]),
      isWanted: Number(row["isWanted"]),
    }));
    const tell = async () => {
      for (let member = waiting.shift(); member !== undefined; member = waiting.shift()) {
        const { contact, isWanted } = member;
        const action = isWanted === 1 ? "add" : "remove";
        const line = JSON.stringify({ type: "list", userId: contact, list, action, timestamp });
        await askContact(this.env, workspace, contact, (stub, at) =>
          stub.apply({ workspace, contact: at, lines: [line], isSampled: false }),
        );
        // Whatever was put meanwhile stays to be told.
        this.#sql.exec("UPDATE members SET isTold = ? WHERE contact = ?", isWanted, contact);
        this.#sql.exec(
          "DELETE FROM members WHERE contact = ? AND isWanted = 0 AND isTold = 0",
          contact,
        );
      }
    };
    await Promise.all(Array.from({ length: refreshConcurrency }, tell));
    return rows.length;
  }

  #progress(): ListProgress {
    const row = this.#sql
      .exec(
        "SELECT coalesce(sum(isWanted), 0) AS contacts, coalesce(sum(isWanted <> isTold), 0) AS waiting FROM members",
      )
      .one();
    return {
      contacts: Number(row["contacts"]),
      waiting: Number(row["waiting"]),
      updatedAt: Number(this.#field("updatedAt") ?? 0),
    };
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  #field(name: string): string | undefined {
    const [row] = this.#sql.exec("SELECT value FROM fields WHERE name = ?", name).toArray();
    return row === undefined ? undefined : String(row["value"]);
  }

  #saveField(name: string, value: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO fields (name, value) VALUES (?, ?)", name, value);
  }
}
