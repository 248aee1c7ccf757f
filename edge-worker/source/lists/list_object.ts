import { DurableObject } from "cloudflare:workers";
import { ringAfter } from "../alarm.ts";
import { now } from "../clock.ts";
import { type Environment, registryStub } from "../environment.ts";
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

interface ListAddress {
  readonly workspace: string;
  readonly list: string;
  /** Whether it goes when all are told. Absent in what was stored before it could. */
  readonly isDeleted?: boolean;
}

/** A list: who is on it, and which contacts still have to be told. */
export class ListObject extends DurableObject<Environment> {
  /** Contacts that are being told. */
  readonly #telling = new Map<string, Promise<void>>();

  constructor(context: DurableObjectState, environment: Environment) {
    super(context, environment);
    context.storage.sql.exec(schema);
  }

  /** Puts these contacts on the list, and takes all others off it. */
  async put(workspace: string, list: string, contacts: readonly string[]): Promise<ListProgress> {
    return this.#put({ workspace, list, isDeleted: false }, contacts);
  }

  /** Takes everybody off the list; when all are told, there is no list any more. Null: there is none. */
  async remove(): Promise<ListProgress | null> {
    const address = this.#address();
    return address === undefined ? null : this.#put({ ...address, isDeleted: true }, []);
  }

  #put(address: ListAddress, contacts: readonly string[]): ListProgress {
    this.ctx.storage.transactionSync(() => {
      this.#saveField("address", JSON.stringify(address));
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
    return this.#address() === undefined ? null : this.#progress();
  }

  /** Forgets one contact; it is not told any more, since it is being erased. */
  async erase(contact: string): Promise<void> {
    this.#sql.exec("DELETE FROM members WHERE contact = ?", contact);
    await this.#telling.get(contact)?.catch(() => undefined);
  }

  /** Tells contacts, page by page, at a bounded rate. Never throws. */
  override async alarm(): Promise<void> {
    const begun = Date.now();
    let pause = alarmRetryDelay;
    try {
      const address = this.#address();
      if (address === undefined) return;
      const told = await this.#tellPage(address);
      if (told === 0) return await this.#end();
      pause = Math.ceil((told * 1000) / refreshedContactsPerSecond);
    } catch (error) {
      log("error", "list interrupted", { error: errorText(error) });
    }
    ringAfter(this.ctx.storage, begun + pause - Date.now());
  }

  /** All are told: of a list that is to be deleted nothing stays. */
  async #end(): Promise<void> {
    const address = this.#address();
    if (address?.isDeleted !== true) return;
    await registryStub(this.env, address.workspace).forgetList(address.list);
    // Unless it was put again meanwhile.
    if (this.#address()?.isDeleted === true) this.#sql.exec("DELETE FROM fields");
  }

  async #tellPage({ workspace, list }: ListAddress): Promise<number> {
    const rows = this.#sql
      .exec(
        "SELECT contact, isWanted FROM members WHERE isWanted <> isTold LIMIT ?",
        refreshPageContacts,
      )
      .toArray();
    const timestamp = Number(this.#field("updatedAt"));
    const waiting = rows.map((row) => ({
      contact: String(row["contact"]),
      isWanted: Number(row["isWanted"]),
    }));
    const tell = async () => {
      for (let member = waiting.shift(); member !== undefined; member = waiting.shift()) {
        const { contact, isWanted } = member;
        // It was erased meanwhile.
        if (!this.#hasMember(contact)) continue;
        const action = isWanted === 1 ? "add" : "remove";
        const line = JSON.stringify({ type: "list", userId: contact, list, action, timestamp });
        const told = this.#tell(workspace, contact, line);
        this.#telling.set(contact, told);
        await told.finally(() => this.#telling.delete(contact));
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

  async #tell(workspace: string, contact: string, line: string): Promise<void> {
    await askContact(this.env, workspace, contact, (stub, at) =>
      stub.apply({ workspace, contact: at, lines: [line], isSampled: false }),
    );
  }

  #hasMember(contact: string): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM members WHERE contact = ?", contact).toArray().length === 1
    );
  }

  #address(): ListAddress | undefined {
    const value = this.#field("address");
    return value === undefined ? undefined : (JSON.parse(value) as ListAddress);
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
