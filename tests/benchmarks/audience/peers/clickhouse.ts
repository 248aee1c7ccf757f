import { join } from "node:path";
import type { BaseFiles } from "../base/files.ts";
import type { RuleId } from "../rules.ts";
import { type Database, millisecondsPerHour, peerPackage, recent } from "./database.ts";

/** As far as it is used here. */
interface Session {
  query(sql: string, format: string): string;
  close(): void;
}

interface Package {
  readonly Session: new (folder: string) => Session;
}

const text = "LowCardinality(String)";
const instant = "DateTime64(3, 'UTC')";
const columns = `messageId UUID, type ${text}, userId String, event ${text}, timestamp ${instant},
  properties Tuple(sku ${text}, category ${text}, price Float64, total Float64, coupon ${text}, path ${text},
    campaign ${text}),
  traits Tuple(country ${text}, createdAt ${instant}, birthday Date32, timezone ${text}, address Tuple(city ${text})),
  channel ${text}, reachable Bool, list ${text}`;

const oneThread = "max_threads = 1, max_insert_threads = 1";
const reading = `${oneThread}, max_parsing_threads = 1, input_format_parallel_parsing = 0,
  date_time_input_format = 'best_effort', input_format_json_ignore_unknown_keys_in_named_tuple = 1`;

const typed = `SELECT toUInt32(substring(userId, 2)) AS contact, if(type = 'page', 'page', event) AS name,
    toUnixTimestamp64Milli(timestamp) AS time, properties.price AS price, properties.total AS total,
    properties.category AS category
  FROM messages WHERE type IN ('track', 'page') AND messageId`;

/** Sorted by time within a name, so that its index leaves out what is not in the window. */
function preparation({ repeatedIds }: BaseFiles): string[] {
  return [
    "CREATE TABLE repeated (id UUID) ENGINE = Memory",
    `INSERT INTO repeated SELECT * FROM file('${repeatedIds}', 'CSV', 'id UUID')`,
    `CREATE TABLE events (contact UInt32, name ${text}, time Int64, price Float64, total Float64, category ${text})
      ENGINE = MergeTree ORDER BY (name, time)`,
    `INSERT INTO events ${typed} NOT IN (SELECT id FROM repeated) SETTINGS ${oneThread}`,
    `INSERT INTO events ${typed} IN (SELECT id FROM repeated) LIMIT 1 BY messageId SETTINGS ${oneThread}`,
    "OPTIMIZE TABLE events FINAL",
    `CREATE TABLE contacts (contact UInt32, country ${text}, email Bool) ENGINE = MergeTree ORDER BY contact`,
    `INSERT INTO contacts SELECT toUInt32(substring(userId, 2)) AS contact, max(traits.country),
        max(channel = 'email' AND reachable)
      FROM messages WHERE type IN ('identify', 'channel') GROUP BY contact`,
    "OPTIMIZE TABLE contacts FINAL",
    "DROP TABLE messages",
  ];
}

const statements: Record<RuleId, (number: number, now: number) => string> = {
  "repeat-orders": (orders, now) => `SELECT count() FROM contacts
    WHERE country LIKE '%US%' AND contact IN (
      SELECT contact FROM events WHERE ${recent("Order Completed", 30, now)}
      GROUP BY contact HAVING count() >= ${orders})`,
  "revenue-without-visit": (revenue, now) => `SELECT count() FROM contacts
    WHERE email
      AND contact IN (SELECT contact FROM events WHERE ${recent("Order Completed", 90, now)}
        GROUP BY contact HAVING sum(total) > ${revenue})
      AND contact NOT IN (SELECT contact FROM events WHERE ${recent("Product Viewed", 7, now)})`,
  "cart-abandonment": (days, now) => `SELECT count() FROM (
    SELECT contact FROM events
    WHERE ${recent("Product Added", days, now)} OR ${recent("Order Completed", days, now)}
    GROUP BY contact HAVING maxIf(time, name = 'Product Added') > maxIf(time, name = 'Order Completed'))`,
  "cheap-views": (price, now) => `SELECT count() FROM (
    SELECT contact FROM events WHERE ${recent("Product Viewed", 14, now)} AND price < ${price}
    GROUP BY contact HAVING count() >= 2)`,
  "page-views": (views, now) => `SELECT count() FROM (
    SELECT contact FROM events WHERE ${recent("page", 90, now)}
    GROUP BY contact HAVING count() >= ${views})`,
  "average-shoes": (average, now) => `SELECT count() FROM (
    SELECT contact FROM events WHERE name = 'Order Completed' AND time <= ${now} AND category = 'shoes'
    GROUP BY contact HAVING avg(total) > ${average})`,
  "three-steps": (hours, now) => {
    const within = hours * millisecondsPerHour;
    return `WITH ordered AS (SELECT contact, time FROM events WHERE ${recent("Order Completed", 30, now)}),
      added AS (SELECT contact, time FROM events WHERE ${recent("Product Added", 30, now)}
        AND contact IN (SELECT contact FROM ordered)),
      viewed AS (SELECT contact, time FROM events WHERE ${recent("Product Viewed", 30, now)}
        AND contact IN (SELECT contact FROM ordered)),
      second AS (SELECT added.contact AS contact, added.time AS time
        FROM added ASOF JOIN viewed ON added.contact = viewed.contact AND added.time > viewed.time
        WHERE added.time - viewed.time <= ${within})
      SELECT uniqExact(ordered.contact)
      FROM ordered ASOF JOIN second ON ordered.contact = second.contact AND ordered.time > second.time
      WHERE ordered.time - second.time <= ${within}`;
  },
};

export async function openClickHouse(folder: string): Promise<Database> {
  const { Session } = peerPackage("chdb") as Package;
  const session = new Session(join(folder, "clickhouse"));
  const ask = (sql: string) => session.query(sql, "TabSeparated").trim();
  ask("CREATE DATABASE base");
  ask("USE base");
  return {
    name: `ClickHouse ${ask("SELECT version()")}`,
    async load({ messages }) {
      ask(`CREATE TABLE messages (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
      const structure = columns.replaceAll("'", "\\'");
      ask(`INSERT INTO messages SELECT * FROM file('${messages}', 'JSONEachRow', '${structure}')
        SETTINGS ${reading}`);
    },
    async prepare(files) {
      for (const statement of preparation(files)) ask(statement);
    },
    async count(rule, number, now) {
      return Number(ask(`${statements[rule](number, now)} SETTINGS max_threads = 1`));
    },
    close() {
      session.close();
    },
  };
}
