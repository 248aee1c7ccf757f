import type { DuckDBAppender, DuckDBConnection } from "@duckdb/node-api";
import type { ContactRows } from "../javascript/table_rows.ts";

export type DuckDbModule = typeof import("@duckdb/node-api");

const tableNames = ["contacts", "events", "channels", "lists"] as const;
type TableName = (typeof tableNames)[number];

const schema = `
CREATE OR REPLACE TABLE contacts (id VARCHAR NOT NULL, attributes JSON NOT NULL);
CREATE OR REPLACE TABLE events (
  contact_id VARCHAR NOT NULL, message_id VARCHAR, name VARCHAR NOT NULL, time TIMESTAMP NOT NULL, properties JSON NOT NULL
);
CREATE OR REPLACE TABLE channels (contact_id VARCHAR NOT NULL, channel VARCHAR NOT NULL, reachable BOOLEAN NOT NULL);
CREATE OR REPLACE TABLE lists (contact_id VARCHAR NOT NULL, list VARCHAR NOT NULL);
`;

/** The tables that queries read, in a DuckDB database. */
export class DuckDbTables {
  readonly #module: DuckDbModule;
  readonly #appenders: Record<TableName, DuckDBAppender>;

  private constructor(module: DuckDbModule, appenders: Record<TableName, DuckDBAppender>) {
    this.#module = module;
    this.#appenders = appenders;
  }

  /** Makes the tables anew, empty. */
  static async create(module: DuckDbModule, connection: DuckDBConnection): Promise<DuckDbTables> {
    await connection.run(schema);
    const appenders: Partial<Record<TableName, DuckDBAppender>> = {};
    for (const name of tableNames) appenders[name] = await connection.createAppender(name);
    return new DuckDbTables(module, appenders as Record<TableName, DuckDBAppender>);
  }

  add(rows: readonly ContactRows[]): void {
    const { contacts, events, channels, lists } = this.#appenders;
    for (const contact of rows) {
      contacts.appendVarchar(contact.id);
      contacts.appendVarchar(contact.attributes);
      contacts.endRow();
      for (const [messageId, name, time, properties] of contact.events) {
        events.appendVarchar(contact.id);
        if (messageId === null) events.appendNull();
        else events.appendVarchar(messageId);
        events.appendVarchar(name);
        events.appendTimestamp(new this.#module.DuckDBTimestampValue(BigInt(time) * 1000n));
        events.appendVarchar(properties);
        events.endRow();
      }
      for (const [channel, reachable] of contact.channels) {
        channels.appendVarchar(contact.id);
        channels.appendVarchar(channel);
        channels.appendBoolean(reachable);
        channels.endRow();
      }
      for (const list of contact.lists) {
        lists.appendVarchar(contact.id);
        lists.appendVarchar(list);
        lists.endRow();
      }
    }
  }

  /** Writes what was added. Nothing can be added then. */
  close(): void {
    for (const name of tableNames) this.#appenders[name].closeSync();
  }
}
