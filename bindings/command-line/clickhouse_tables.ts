import type { ContactRows } from "../javascript/table_rows.ts";
import { unholdableRow } from "./unholdable_row.ts";

export const clickHouseTableNames = ["contacts", "events", "channels", "lists"] as const;
export type ClickHouseTableName = (typeof clickHouseTableNames)[number];

/** The tables that queries read, in ClickHouse. */
export const clickHouseSchema: Record<ClickHouseTableName, string> = {
  contacts:
    "CREATE OR REPLACE TABLE contacts (id String, attributes String) ENGINE = MergeTree ORDER BY id",
  events:
    "CREATE OR REPLACE TABLE events (contact_id String, message_id Nullable(String), name String, " +
    "time DateTime64(3, 'UTC'), properties String) ENGINE = MergeTree ORDER BY (name, time)",
  channels:
    "CREATE OR REPLACE TABLE channels (contact_id String, channel String, reachable Bool) " +
    "ENGINE = MergeTree ORDER BY (channel, contact_id)",
  lists:
    "CREATE OR REPLACE TABLE lists (contact_id String, list String) " +
    "ENGINE = MergeTree ORDER BY (list, contact_id)",
};

/** The years that a DateTime64 has. */
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(2300, 0, 1) - 1;

const lines = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/**
 * Rows for FORMAT JSONEachRow, by table.
 *
 * @throws SegmentError for an event outside the years 1900 to 2299.
 */
export function clickHouseLines(
  contacts: readonly ContactRows[],
): Record<ClickHouseTableName, string> {
  for (const { id, events } of contacts) {
    if (events.some(([, , time]) => time < earliest || time > latest)) {
      throw unholdableRow("ClickHouse", id, "an event is outside the years 1900 to 2299");
    }
  }
  return {
    contacts: lines(contacts.map(({ id, attributes }) => ({ id, attributes }))),
    events: lines(
      contacts.flatMap(({ id, events }) =>
        events.map(([messageId, name, time, properties]) => ({
          contact_id: id,
          message_id: messageId,
          name,
          time: new Date(time).toISOString().slice(0, -1).replace("T", " "),
          properties,
        })),
      ),
    ),
    channels: lines(
      contacts.flatMap(({ id, channels }) =>
        channels.map(([channel, reachable]) => ({ contact_id: id, channel, reachable })),
      ),
    ),
    lists: lines(
      contacts.flatMap(({ id, lists: names }) => names.map((list) => ({ contact_id: id, list }))),
    ),
  };
}
