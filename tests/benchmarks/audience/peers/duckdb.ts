import { join } from "node:path";
import type { BaseFiles } from "../base/files.ts";
import type { RuleId } from "../rules.ts";
import { type Database, millisecondsPerHour, peerPackage, recent } from "./database.ts";

/** As far as it is used here. */
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): readonly (readonly unknown[])[] }>;
  closeSync(): void;
}

interface Package {
  version(): string;
  readonly DuckDBInstance: {
    create(
      file: string,
      settings: Record<string, string>,
    ): Promise<{ connect(): Promise<Connection> }>;
  };
}

const columns = `{
  messageId: 'UUID', type: 'VARCHAR', userId: 'VARCHAR', event: 'VARCHAR', timestamp: 'TIMESTAMP',
  properties: 'STRUCT(sku VARCHAR, category VARCHAR, price DOUBLE, total DOUBLE, coupon VARCHAR, path VARCHAR,
    campaign VARCHAR)',
  traits: 'STRUCT(country VARCHAR, createdAt TIMESTAMP, birthday DATE, timezone VARCHAR, address STRUCT(city VARCHAR))',
  channel: 'VARCHAR', reachable: 'BOOLEAN', list: 'VARCHAR' }`;

/** Sorted by time within a name, so that zone maps leave out what is not in the window. */
function eventsOf({ repeatedIds }: BaseFiles): string {
  return `CREATE TABLE events AS
    WITH repeated AS (SELECT CAST(column0 AS UUID) AS id FROM read_csv('${repeatedIds}', header = false)),
    typed AS (
      SELECT messageId, CAST(substr(userId, 2) AS UINTEGER) AS contact,
        CASE WHEN type = 'page' THEN 'page' ELSE event END AS name, epoch_ms("timestamp") AS time,
        properties.price AS price, properties.total AS total, properties.category AS category
      FROM messages WHERE type IN ('track', 'page'))
    SELECT * EXCLUDE (messageId) FROM (
      SELECT * FROM typed WHERE messageId NOT IN (SELECT id FROM repeated)
      UNION ALL
      SELECT DISTINCT ON (messageId) * FROM typed WHERE messageId IN (SELECT id FROM repeated))
    ORDER BY name, time`;
}

const contacts = `CREATE TABLE contacts AS
  SELECT CAST(substr(userId, 2) AS UINTEGER) AS contact, any_value(traits.country) AS country,
    coalesce(bool_or(reachable) FILTER (channel = 'email'), false) AS email
  FROM messages WHERE type IN ('identify', 'channel') GROUP BY contact ORDER BY contact`;

const statements: Record<RuleId, (number: number, now: number) => string> = {
  "repeat-orders": (orders, now) => `SELECT count(*)
    FROM (SELECT contact FROM events WHERE ${recent("Order Completed", 30, now)}
      GROUP BY contact HAVING count(*) >= ${orders})
    JOIN contacts USING (contact) WHERE country LIKE '%US%'`,
  "revenue-without-visit": (revenue, now) => `SELECT count(*)
    FROM (SELECT contact FROM events WHERE ${recent("Order Completed", 90, now)}
      GROUP BY contact HAVING sum(total) > ${revenue}) AS spent
    JOIN contacts USING (contact) WHERE email AND NOT EXISTS (
      SELECT 1 FROM events AS seen
      WHERE seen.contact = spent.contact AND ${recent("Product Viewed", 7, now)})`,
  "cart-abandonment": (days, now) => `SELECT count(*)
    FROM (SELECT contact, max(time) AS added FROM events
      WHERE ${recent("Product Added", days, now)} GROUP BY contact)
    LEFT JOIN (SELECT contact, max(time) AS ordered FROM events
      WHERE ${recent("Order Completed", days, now)} GROUP BY contact) USING (contact)
    WHERE ordered IS NULL OR ordered < added`,
  "cheap-views": (price, now) => `SELECT count(*)
    FROM (SELECT contact FROM events WHERE ${recent("Product Viewed", 14, now)} AND price < ${price}
      GROUP BY contact HAVING count(*) >= 2)`,
  "page-views": (views, now) => `SELECT count(*)
    FROM (SELECT contact FROM events WHERE ${recent("page", 90, now)}
      GROUP BY contact HAVING count(*) >= ${views})`,
  "average-shoes": (average, now) => `SELECT count(*)
    FROM (SELECT contact FROM events
      WHERE name = 'Order Completed' AND time <= ${now} AND category = 'shoes'
      GROUP BY contact HAVING avg(total) > ${average})`,
  "three-steps": (hours, now) => {
    const within = hours * millisecondsPerHour;
    return `WITH ordered AS (SELECT contact, time FROM events WHERE ${recent("Order Completed", 30, now)}),
      added AS (SELECT contact, time FROM events WHERE ${recent("Product Added", 30, now)}
        AND contact IN (SELECT contact FROM ordered)),
      viewed AS (SELECT contact, time FROM events WHERE ${recent("Product Viewed", 30, now)}
        AND contact IN (SELECT contact FROM ordered)),
      second AS (SELECT added.contact, added.time
        FROM added ASOF JOIN viewed ON added.contact = viewed.contact AND added.time > viewed.time
        WHERE added.time - viewed.time <= ${within})
      SELECT count(DISTINCT ordered.contact)
      FROM ordered ASOF JOIN second ON ordered.contact = second.contact AND ordered.time > second.time
      WHERE ordered.time - second.time <= ${within}`;
  },
};

export async function openDuckDb(folder: string): Promise<Database> {
  const { DuckDBInstance, version } = peerPackage("@duckdb/node-api") as Package;
  const instance = await DuckDBInstance.create(join(folder, "duckdb.db"), {
    threads: "1",
    memory_limit: "6GB",
    temp_directory: join(folder, "duckdb.temporary"),
  });
  const connection = await instance.connect();
  return {
    name: `DuckDB ${version()}`,
    async load({ messages }) {
      await connection.run(
        `CREATE TABLE messages AS SELECT * FROM read_ndjson('${messages}', columns = ${columns})`,
      );
    },
    async prepare(files) {
      await connection.run(eventsOf(files));
      await connection.run(contacts);
      await connection.run("DROP TABLE messages");
      await connection.run("CHECKPOINT");
    },
    async count(rule, number, now) {
      const answer = await connection.runAndReadAll(statements[rule](number, now));
      return Number(answer.getRows()[0]?.[0]);
    },
    close() {
      connection.closeSync();
    },
  };
}
