import type { StreamState } from "@fosterflow/segments/delivery";
import { mostSampleMessages, snapshotPartBytes } from "../limits.ts";
import type { ContactRecord } from "./contact_record.ts";

/**
 * A contact object's tables. Each takes a page of SQLite at least, so there are few.
 *
 * - `fields`: the record, and what others keep under names of their own.
 * - `snapshot`: the contact, in parts of a page. One more message changes the first part (the checksum) and the last ones.
 * - `streams`, `outbox`: deltas on their way to each endpoint; see delivery/contact_outbox.ts.
 * - `messages`: what was sent; there for contacts in the sample only.
 */
const schema = `
CREATE TABLE fields (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE snapshot (part INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE streams (
  endpoint TEXT NOT NULL, place INTEGER NOT NULL, epoch TEXT NOT NULL, isWaiting INTEGER NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (endpoint, place)
) WITHOUT ROWID;
CREATE TABLE outbox (
  endpoint TEXT NOT NULL, epoch TEXT NOT NULL, sequence INTEGER NOT NULL, delta TEXT NOT NULL,
  PRIMARY KEY (endpoint, epoch, sequence)
) WITHOUT ROWID;
`;

/** The newest is never deleted, so positions never come again. */
const messagesSchema =
  "CREATE TABLE IF NOT EXISTS messages (position INTEGER PRIMARY KEY, line TEXT NOT NULL)";

const recordName = "record";

/**
 * Reads and writes a contact object's tables; what writes runs inside the caller's transaction. An object alone writes to its
 * tables, so what was read once is known.
 */
export class ContactStorage {
  readonly sql: SqlStorage;
  #record: ContactRecord | undefined;
  readonly #fields = new Map<string, string | undefined>();
  #exists: boolean;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    // Asking about a contact that nobody knows must leave nothing behind.
    this.#exists =
      sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'fields'").toArray().length > 0;
    this.reload();
  }

  /** Undefined: nothing was ever heard of this contact. */
  get record(): ContactRecord | undefined {
    return this.#record;
  }

  /** A transaction was rolled back: what is in memory may be ahead. */
  reload(): void {
    this.#fields.clear();
    this.#exists =
      this.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'fields'").toArray().length > 0;
    const value = this.#exists ? this.field(recordName) : undefined;
    this.#record = value === undefined ? undefined : (JSON.parse(value) as ContactRecord);
  }

  saveRecord(record: ContactRecord): void {
    if (!this.#exists) {
      this.sql.exec(schema);
      this.#exists = true;
    }
    this.#record = record;
    this.saveField(recordName, JSON.stringify(record));
  }

  field(name: string): string | undefined {
    if (!this.#exists) return undefined;
    if (this.#fields.has(name)) return this.#fields.get(name);
    const [row] = this.sql.exec("SELECT value FROM fields WHERE name = ?", name).toArray();
    const value = row === undefined ? undefined : String(row["value"]);
    this.#fields.set(name, value);
    return value;
  }

  saveField(name: string, value: string): void {
    this.sql.exec("INSERT OR REPLACE INTO fields (name, value) VALUES (?, ?)", name, value);
    this.#fields.set(name, value);
  }

  deleteField(name: string): void {
    this.sql.exec("DELETE FROM fields WHERE name = ?", name);
    this.#fields.set(name, undefined);
  }

  /** The snapshot; undefined when there is none yet. */
  snapshot(): Uint8Array | undefined {
    if (!this.#exists) return undefined;
    const parts = this.sql
      .exec("SELECT bytes FROM snapshot ORDER BY part")
      .toArray()
      .map((row) => new Uint8Array(row["bytes"] as ArrayBuffer));
    if (parts.length === 0) return undefined;
    const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let end = 0;
    for (const part of parts) {
      bytes.set(part, end);
      end += part.length;
    }
    return bytes;
  }

  /** Writes the parts of a snapshot that are not as they were in `before`, which is what is stored. */
  saveSnapshot(bytes: Uint8Array, before: Uint8Array | undefined): void {
    let part = 0;
    for (let from = 0; from < bytes.length; from += snapshotPartBytes, part += 1) {
      const now = bytes.subarray(from, from + snapshotPartBytes);
      const then = before?.subarray(from, from + snapshotPartBytes);
      if (then !== undefined && areEqual(now, then)) continue;
      this.sql.exec(
        "INSERT OR REPLACE INTO snapshot (part, bytes) VALUES (?, ?)",
        part,
        now.slice(),
      );
    }
    if (before !== undefined && before.length > bytes.length) {
      this.sql.exec("DELETE FROM snapshot WHERE part >= ?", part);
    }
  }

  /** The endpoints that have streams. */
  endpoints(): string[] {
    if (!this.#exists) return [];
    return this.sql
      .exec("SELECT DISTINCT endpoint FROM streams")
      .toArray()
      .map((row) => String(row["endpoint"]));
  }

  /** How an endpoint's streams stand, in the order in which they were opened. */
  streamStates(endpoint: string): StreamState[] {
    if (!this.#exists) return [];
    return this.sql
      .exec("SELECT state FROM streams WHERE endpoint = ? ORDER BY place", endpoint)
      .toArray()
      .map((row) => JSON.parse(String(row["state"])) as StreamState);
  }

  /** Keeps messages for the sample: as many as the core keeps events. */
  appendMessages(lines: readonly string[]): void {
    this.sql.exec(messagesSchema);
    for (const line of lines) this.sql.exec("INSERT INTO messages (line) VALUES (?)", line);
    this.sql.exec(
      "DELETE FROM messages WHERE position <= (SELECT max(position) FROM messages) - ?",
      mostSampleMessages,
    );
  }

  messages(): string[] {
    if (this.#record?.isSampled !== true) return [];
    return this.sql
      .exec("SELECT line FROM messages ORDER BY position")
      .toArray()
      .map((row) => String(row["line"]));
  }
}

function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && crypto.subtle.timingSafeEqual(left, right);
}
