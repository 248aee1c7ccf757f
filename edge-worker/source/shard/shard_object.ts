import { DurableObject } from "cloudflare:workers";
import {
  type AppliedDeltas,
  createReceiver,
  type DeltaReceiver,
  type SqlTransaction,
  sqliteSchema,
} from "@fosterflow/segments/receiver";
import { now } from "../clock.ts";
import type { Environment } from "../environment.ts";
import { feedPruneInterval, feedRetention } from "../limits.ts";
import { errorText, log } from "../operations/log.ts";
import { durableObjectStore } from "./durable_object_store.ts";
import { contactHash } from "./shard_of.ts";

const schema = `${sqliteSchema}
CREATE TABLE IF NOT EXISTS counts (segment TEXT PRIMARY KEY, members INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feed (
  position INTEGER PRIMARY KEY AUTOINCREMENT, contact TEXT NOT NULL, receivedAt INTEGER NOT NULL, delta TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS feed_of_contact ON feed (contact);
CREATE TABLE IF NOT EXISTS contacts (contact TEXT PRIMARY KEY, hash INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contacts_by_hash ON contacts (hash);
CREATE TABLE IF NOT EXISTS parked (
  endpoint TEXT NOT NULL, contact TEXT NOT NULL, streams TEXT NOT NULL, PRIMARY KEY (endpoint, contact)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

export interface ShardCounts {
  readonly contacts: number;
  readonly bySegment: Readonly<Record<string, number>>;
  /** When the newest delta that is counted was decided, epoch milliseconds; null: there is none. */
  readonly newestDelta: number | null;
}

export interface FeedPage {
  readonly deltas: readonly { readonly position: number; readonly delta: string }[];
  /** Deltas up to here are no longer kept. */
  readonly prunedTo: number;
  readonly last: number;
}

/**
 * A part of a workspace's index: which contacts there are, who is in what, how many, and the feed. It is told all deltas of its
 * contacts by the delivery protocol, and applies each once, by the package's receiver.
 */
export class ShardObject extends DurableObject<Environment> {
  #receiver: Promise<DeltaReceiver> | undefined;

  constructor(context: DurableObjectState, environment: Environment) {
    super(context, environment);
    context.storage.sql.exec(schema);
  }

  /** A batch of deltas of one contact. Only our own objects can send here. */
  override async fetch(request: Request): Promise<Response> {
    this.#receiver ??= createReceiver({
      store: durableObjectStore(this.ctx.storage),
      authorize: () => true,
      now,
      onApplied: (applied, sql) => this.#applied(applied, sql),
      onError: (error) => log("error", "index failed", { error: errorText(error) }),
    });
    const contact = request.headers.get("x-contact");
    if (contact !== null) this.#register(decodeURIComponent(contact));
    return (await this.#receiver).receive(request);
  }

  async counts(): Promise<ShardCounts> {
    const rows = this.#sql.exec("SELECT segment, members FROM counts").toArray();
    const newest = this.#state("newestDelta");
    return {
      contacts: this.#one("SELECT count(*) AS answer FROM contacts"),
      bySegment: Object.fromEntries(
        rows.map((row) => [String(row["segment"]), Number(row["members"])]),
      ),
      newestDelta: newest === undefined ? null : Number(newest),
    };
  }

  /** Members of a segment after an id, by code point. */
  async members(
    segment: string,
    after: string,
    most: number,
  ): Promise<readonly { contact: string; since: number }[]> {
    return this.#sql
      .exec(
        "SELECT contact, since FROM fosterflow_memberships WHERE segment = ? AND contact > ? ORDER BY contact LIMIT ?",
        ...[segment, after, most],
      )
      .toArray()
      .map((row) => ({ contact: String(row["contact"]), since: Number(row["since"]) }));
  }

  /** Contacts after an id, by code point. */
  async contacts(after: string, most: number): Promise<readonly string[]> {
    return this.#sql
      .exec("SELECT contact FROM contacts WHERE contact > ? ORDER BY contact LIMIT ?", after, most)
      .toArray()
      .map((row) => String(row["contact"]));
  }

  /** The contacts with the smallest hashes up to a bound: always the same ones. */
  async sample(longestHash: number, most: number): Promise<readonly string[]> {
    return this.#sql
      .exec("SELECT contact FROM contacts WHERE hash < ? ORDER BY hash LIMIT ?", longestHash, most)
      .toArray()
      .map((row) => String(row["contact"]));
  }

  async feed(after: number, most: number): Promise<FeedPage> {
    const deltas = this.#sql
      .exec(
        "SELECT position, delta FROM feed WHERE position > ? ORDER BY position LIMIT ?",
        after,
        most,
      )
      .toArray()
      .map((row) => ({ position: Number(row["position"]), delta: String(row["delta"]) }));
    const prunedTo = Number(this.#state("prunedTo") ?? 0);
    return {
      deltas,
      prunedTo,
      last: this.#one("SELECT coalesce(max(position), 0) AS answer FROM feed"),
    };
  }

  /** Which streams of a contact are parked, as JSON; "": none. */
  async reportParked(endpoint: string, contact: string, streams: string): Promise<void> {
    if (streams === "") {
      this.#sql.exec("DELETE FROM parked WHERE endpoint = ? AND contact = ?", endpoint, contact);
    } else {
      this.#sql.exec(
        "INSERT OR REPLACE INTO parked (endpoint, contact, streams) VALUES (?, ?, ?)",
        ...[endpoint, contact, streams],
      );
    }
  }

  async parked(
    endpoint: string,
    after: string,
    most: number,
  ): Promise<readonly { contact: string; streams: string }[]> {
    return this.#sql
      .exec(
        "SELECT contact, streams FROM parked WHERE endpoint = ? AND contact > ? ORDER BY contact LIMIT ?",
        ...[endpoint, after, most],
      )
      .toArray()
      .map((row) => ({ contact: String(row["contact"]), streams: String(row["streams"]) }));
  }

  /** Forgets a contact: it is in no count, list or feed any more. */
  async erase(contact: string): Promise<void> {
    this.ctx.storage.transactionSync(() => {
      this.#sql.exec(
        "UPDATE counts SET members = members - 1 WHERE segment IN (SELECT segment FROM fosterflow_memberships WHERE contact = ?)",
        contact,
      );
      for (const table of [
        "fosterflow_memberships",
        "fosterflow_progress",
        "fosterflow_contacts",
        "feed",
        "parked",
        "contacts",
      ]) {
        this.#sql.exec(`DELETE FROM ${table} WHERE contact = ?`, contact);
      }
    });
  }

  async #applied({ deltas, changes, contact }: AppliedDeltas, sql: SqlTransaction): Promise<void> {
    for (const { segment, change } of changes) {
      await sql.query(
        "INSERT INTO counts (segment, members) VALUES (?, ?) ON CONFLICT (segment) DO UPDATE SET members = members + excluded.members",
        [segment, change === "entered" ? 1 : -1],
      );
    }
    let newest = Number(this.#state("newestDelta") ?? 0);
    for (const delta of deltas) {
      newest = Math.max(newest, Date.parse(delta.decidedAt));
      await sql.query("INSERT INTO feed (contact, receivedAt, delta) VALUES (?, ?, ?)", [
        ...[contact, now(), JSON.stringify(delta)],
      ]);
    }
    if (deltas.length > 0) this.#saveState("newestDelta", String(newest));
    this.#register(contact);
    this.#prune();
  }

  #register(contact: string): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO contacts (contact, hash) VALUES (?, ?)",
      ...[contact, contactHash(contact)],
    );
  }

  /** Now and then: deltas that are older than the feed goes back. */
  #prune(): void {
    const last = this.#one("SELECT coalesce(max(position), 0) AS answer FROM feed");
    if (last - Number(this.#state("prunedAt") ?? 0) < feedPruneInterval) return;
    this.#saveState("prunedAt", String(last));
    const to = this.#one(
      "SELECT coalesce(max(position), 0) AS answer FROM feed WHERE receivedAt < ?",
      now() - feedRetention,
    );
    if (to === 0) return;
    this.#sql.exec("DELETE FROM feed WHERE position <= ?", to);
    this.#saveState("prunedTo", String(to));
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  #one(statement: string, ...parameters: (string | number)[]): number {
    return Number(this.#sql.exec(statement, ...parameters).one()["answer"]);
  }

  #state(name: string): string | undefined {
    const [row] = this.#sql.exec("SELECT value FROM state WHERE name = ?", name).toArray();
    return row === undefined ? undefined : String(row["value"]);
  }

  #saveState(name: string, value: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", name, value);
  }
}
