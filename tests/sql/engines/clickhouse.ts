import { Session, version } from "chdb";
import type { ContactRows } from "../../../bindings/javascript/table_rows.ts";
import type { SqlEngine } from "./engine.ts";

const schema = [
  "CREATE TABLE contacts (id String, attributes String) ENGINE = Memory",
  "CREATE TABLE events (contact_id String, message_id Nullable(String), name String, time DateTime64(3, 'UTC'), properties String) ENGINE = Memory",
  "CREATE TABLE channels (contact_id String, channel String, reachable Bool) ENGINE = Memory",
  "CREATE TABLE lists (contact_id String, list String) ENGINE = Memory",
];

/** The years that a DateTime64 has. */
const [earliest, latest] = [Date.UTC(1900, 0, 1), Date.UTC(2300, 0, 1) - 1];

export async function startEngine(): Promise<SqlEngine> {
  const session = new Session();
  session.query("CREATE DATABASE segments ENGINE = Atomic");
  session.query("USE segments");
  for (const statement of schema) session.query(statement);
  const insert = (table: string, rows: object[]): void => {
    session.query(`TRUNCATE TABLE ${table}`);
    if (rows.length === 0) return;
    const lines = rows.map((row) => JSON.stringify(row)).join("\n");
    session.query(`INSERT INTO ${table} FORMAT JSONEachRow ${lines}`);
  };
  return {
    dialect: "clickhouse",
    version: `ClickHouse, as chdb ${JSON.stringify(version)}`,
    whyNot,
    async load(contacts) {
      insert(
        "contacts",
        contacts.map(({ id, attributes }) => ({ id, attributes })),
      );
      insert(
        "events",
        contacts.flatMap(({ id, events }) =>
          events.map(([messageId, name, time, properties]) => ({
            contact_id: id,
            message_id: messageId,
            name,
            time: new Date(time).toISOString().slice(0, -1).replace("T", " "),
            properties,
          })),
        ),
      );
      insert(
        "channels",
        contacts.flatMap(({ id, channels }) =>
          channels.map(([channel, reachable]) => ({ contact_id: id, channel, reachable })),
        ),
      );
      insert(
        "lists",
        contacts.flatMap(({ id, lists }) => lists.map((list) => ({ contact_id: id, list }))),
      );
    },
    async contactIds(sql) {
      const answer = session.query(sql, "JSONCompactEachRow");
      return answer
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as [string])[0]);
    },
    async close() {
      session.close();
    },
  };
}

function whyNot(contacts: readonly ContactRows[]): string | undefined {
  const isOutside = contacts.some(({ events }) =>
    events.some(([, , time]) => time < earliest || time > latest),
  );
  return isOutside ? "an event outside the years 1900 to 2299" : undefined;
}
