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
        `SELECT arrayMap(t -> toUnixTimestamp64Milli(toDateTime64(
             toString(fromUnixTimestamp64Milli(toInt64(t), '${zone}')), 3, 'UTC')) - t,
           [${instants.join()}])`,
        "JSONCompactEachRow",
      );
      return (JSON.parse(answer) as [(number | string)[]])[0].map(Number);
    },
    async close() {
      session.close();
    },
  };
}
