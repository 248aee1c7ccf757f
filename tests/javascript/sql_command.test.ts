import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderWith, run } from "./command_line.ts";
import { day, highRollers, ordered, startOfYear, viewed, viewers } from "./example_segments.ts";

const folded = {
  version: 1,
  id: "folded",
  when: { kind: "attribute", attribute: "city", op: "eq", value: "Köln", ignoreCase: true },
};
const folder = folderWith({
  "segments.json": JSON.stringify([viewers, highRollers]),
  "refused.json": JSON.stringify([viewers, folded]),
  "broken.json": JSON.stringify({ ...viewers, when: { kind: "nothing" } }),
  "events.ndjson": [
    viewed("anonymous", startOfYear, "m1"),
    viewed("anonymous", startOfYear, "m1"),
    { type: "alias", previousId: "anonymous", userId: "u\t1", timestamp: startOfYear },
    ordered("u\t1", startOfYear + day, 150),
    {
      type: "identify",
      userId: "u\t1",
      timestamp: startOfYear,
      traits: { name: 'a\\"\n', n: 1e20 },
    },
    { type: "channel", userId: "u\t1", channel: "email", reachable: true, timestamp: startOfYear },
    { type: "list", userId: "u\t1", list: "vip", action: "add", timestamp: startOfYear },
  ]
    .map((message) => `${JSON.stringify(message)}\n`)
    .join(""),
  "null.ndjson": `${JSON.stringify({ type: "identify", userId: "u1", timestamp: startOfYear, traits: { a: "\0" } })}\n`,
  "old.ndjson": `${JSON.stringify(viewed("u1", -2_300_000_000_000))}\n`,
});
const file = (name: string) => join(folder, name);
const sql = (name: string, ...more: string[]) =>
  run(["sql", "--segments", file(name), "--at", "2026-01-02T00:00:00Z", ...more]);
const load = (dialect: string, path: string, input = "events.ndjson") =>
  run(["load", "--to", dialect, file(path), "--input", file(input)]);

test("sql writes one statement a segment", () => {
  for (const dialect of ["duckdb", "postgres", "clickhouse"]) {
    const { code, stdout, stderr } = sql("segments.json", "--dialect", dialect);
    assert.equal(stderr, "");
    assert.equal(code, 0);
    assert.match(stdout, /^-- Segment high-rollers .*\n[^;]*;\n\n-- Segment viewers .*\n[^;]*;\n$/);
  }
});

test("sql takes parameters, one segment, and the database's clock", () => {
  const more = ["--dialect", "duckdb", "--segment", "high-rollers", "--parameter", "highValue=777"];
  const { stdout } = run(["sql", "--segments", file("segments.json"), "--at", "now", ...more]);
  assert.match(stdout, />= 777;/);
  assert.match(stdout, / at now\n/);
  assert.doesNotMatch(stdout, /viewers/);
});

test("sql names what a dialect cannot say, and writes the others", () => {
  const { code, stdout, stderr } = sql("refused.json", "--dialect", "postgres");
  assert.equal(code, 1);
  assert.match(
    stderr,
    /refused\.json#\/1\/when: error: PostgreSQL cannot say "eq" here: .* \[sql_refused\]\n$/,
  );
  assert.match(stdout, /^-- Segment viewers/);
  const json = JSON.parse(sql("refused.json", "--dialect", "postgres", "--json").stdout);
  assert.equal(json.folded.sql, null);
  assert.deepEqual(
    json.folded.refusals.map(({ path, what }: { path: string; what: string }) => [path, what]),
    [["/1/when", "eq"]],
  );
  assert.deepEqual(json.viewers.refusals, []);
});

test("sql refuses what is no segment, and what it does not know", () => {
  const broken = sql("broken.json", "--dialect", "duckdb");
  assert.equal(broken.code, 1);
  assert.equal(broken.stdout, "");
  assert.equal(sql("segments.json", "--dialect", "oracle").code, 2);
  assert.equal(sql("segments.json").code, 2);
  assert.equal(sql("segments.json", "--dialect", "duckdb", "--segment", "nobody").code, 1);
});

test("load writes a script for psql, with what is kept", () => {
  const { code, stderr } = load("postgres", "load.sql");
  assert.equal(code, 0);
  assert.match(stderr, /1 contacts and 2 events/);
  const script = readFileSync(file("load.sql"), "utf8");
  assert.match(script, /^BEGIN;\n/);
  assert.match(script, /\nCOMMIT;\n/);
  assert.ok(
    script.includes(
      'COPY contacts (id, attributes) FROM stdin;\nu\\t1\t{"n":100000000000000000000.0,"name":"a\\\\\\\\\\\\"\\\\n"}\n\\.\n',
    ),
  );
  assert.match(script, /\nu\\t1\tm1\tProduct Viewed\t2026-01-01 00:00:00.000\t\{/);
  assert.match(script, /\nu\\t1\temail\ttrue\n/);
  assert.match(script, /\nu\\t1\tvip\n/);
});

test("load writes files for ClickHouse", () => {
  assert.equal(load("clickhouse", "clickhouse").code, 0);
  const rows = (table: string) =>
    readFileSync(file(`clickhouse/${table}.jsonl`), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  assert.deepEqual(rows("lists"), [{ contact_id: "u\t1", list: "vip" }]);
  assert.deepEqual(rows("channels"), [{ contact_id: "u\t1", channel: "email", reachable: true }]);
  assert.equal(rows("events").length, 2);
  assert.equal(rows("events")[0].time, "2026-01-01 00:00:00.000");
  assert.match(readFileSync(file("clickhouse/load.sql"), "utf8"), /INSERT INTO lists FROM INFILE/);
});

test("load names what a database cannot hold, and leaves nothing", () => {
  const nulls = load("postgres", "nulls.sql", "null.ndjson");
  assert.equal(nulls.code, 1);
  assert.match(nulls.stderr, /cannot hold the contact "u1": a text has U\+0000/);
  assert.ok(!existsSync(file("nulls.sql")));
  const old = load("clickhouse", "old", "old.ndjson");
  assert.equal(old.code, 1);
  assert.match(old.stderr, /1900 to 2299/);
  assert.equal(load("oracle", "x").code, 2);
});

test("load --to duckdb names the package that it needs", () => {
  const { code, stderr } = load("duckdb", "shop.db");
  assert.equal(code, 2);
  assert.match(stderr, /npm install @duckdb\/node-api/);
});
