import type { ContactRows } from "../javascript/table_rows.ts";
import { unholdableRow } from "./unholdable_row.ts";

/** The tables that queries read, in PostgreSQL. */
export const postgresSchema = `DROP TABLE IF EXISTS contacts, events, channels, lists;
CREATE TABLE contacts (id text PRIMARY KEY, attributes jsonb NOT NULL);
CREATE TABLE events (
  contact_id text NOT NULL, message_id text, name text NOT NULL, time timestamp(3) NOT NULL, properties jsonb NOT NULL
);
CREATE INDEX ON events (name, time);
CREATE INDEX ON events (contact_id, time);
CREATE TABLE channels (contact_id text, channel text, reachable boolean NOT NULL, PRIMARY KEY (contact_id, channel));
CREATE TABLE lists (contact_id text, list text, PRIMARY KEY (contact_id, list));
`;

/** 4713 BC, where timestamps begin. */
const earliest = -210_866_803_200_000;

const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function cell(text: string | boolean | null): string {
  if (text === null) return "\\N";
  return String(text).replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? "");
}

/** Years before Christ have no zero. */
function timestamp(time: number): string {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const rest = date.toISOString().slice(-20, -1).replace("T", " ");
  const digits = String(year > 0 ? year : 1 - year).padStart(4, "0");
  return `${digits}${rest}${year > 0 ? "" : " BC"}`;
}

function copy(table: string, columns: string, rows: (string | boolean | null)[][]): string {
  if (rows.length === 0) return "";
  const lines = rows.map((row) => `${row.map(cell).join("\t")}\n`).join("");
  return `COPY ${table} (${columns}) FROM stdin;\n${lines}\\.\n`;
}

function checkHoldable({ id, attributes, channels, lists, events }: ContactRows): void {
  const texts = [id, ...lists, ...channels.map(([name]) => name)];
  texts.push(...events.flatMap(([messageId, name]) => [messageId ?? "", name]));
  const jsons = [attributes, ...events.map(([, , , properties]) => properties)];
  // An escaped U+0000 behind an even number of backslashes is one.
  const hasNull =
    texts.some((text) => text.includes("\0")) ||
    jsons.some((json) => /(?<!\\)(?:\\\\)*\\u0000/.test(json));
  if (hasNull) throw unholdableRow("PostgreSQL", id, "a text has U+0000");
  if (events.some(([, , time]) => time < earliest)) {
    throw unholdableRow("PostgreSQL", id, "an event is before 4713 BC");
  }
}

/**
 * Statements for psql that add rows, with the data in them.
 *
 * @throws SegmentError for what jsonb and text cannot hold (U+0000), or timestamp (before 4713 BC).
 */
export function postgresCopies(contacts: readonly ContactRows[]): string {
  contacts.forEach(checkHoldable);
  return [
    copy(
      "contacts",
      "id, attributes",
      contacts.map(({ id, attributes }) => [id, attributes]),
    ),
    copy(
      "events",
      "contact_id, message_id, name, time, properties",
      contacts.flatMap(({ id, events }) =>
        events.map(([messageId, name, time, properties]) => [
          id,
          messageId,
          name,
          timestamp(time),
          properties,
        ]),
      ),
    ),
    copy(
      "channels",
      "contact_id, channel, reachable",
      contacts.flatMap(({ id, channels }) => channels.map((channel) => [id, ...channel])),
    ),
    copy(
      "lists",
      "contact_id, list",
      contacts.flatMap(({ id, lists }) => lists.map((list) => [id, list])),
    ),
  ].join("");
}
