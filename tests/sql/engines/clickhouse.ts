import { Session } from "chdb";
import {
  clickHouseLines,
  clickHouseSchema,
} from "../../../bindings/command-line/clickhouse_tables.ts";
import { type SqlEngine, whyRefused } from "./engine.ts";

export async function startEngine(): Promise<SqlEngine> {
  const session = new Session();
  session.query("CREATE DATABASE segments ENGINE = Atomic");
  session.query("USE segments");
  // Of so few rows, starting threads takes longer than reading.
  session.query("SET max_threads = 1");
  for (const statement of Object.values(clickHouseSchema)) session.query(statement);
  return {
    dialect: "clickhouse",
    version: `ClickHouse ${session.query("SELECT version()", "TSV").trim()}`,
    whyNot: (rows) => whyRefused(() => clickHouseLines(rows)),
    async load(rows) {
      for (const [table, lines] of Object.entries(clickHouseLines(rows))) {
        session.query(`TRUNCATE TABLE ${table}`);
        if (lines !== "") session.query(`INSERT INTO ${table} FORMAT JSONEachRow ${lines}`);
      }
    },
    async contactIds(sql) {
      const answer = session.query(sql, "JSONCompactEachRow");
      return answer
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as [string])[0]);
    },
    async offsets(zone, instants) {
      const answer = session.query(
        `SELECT arrayMap(t -> 1000 * timezoneOffset(fromUnixTimestamp64Milli(toInt64(t), '${zone}')),
           [${instants.join()}])`,
        "JSONCompactEachRow",
      );
      return (JSON.parse(answer) as [number[]])[0];
    },
    async close() {
      session.close();
    },
  };
}
