import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { folderWith, run, runUntilFirstOutput } from "./command_line.ts";
import { highRollers, ordered, startOfYear, viewed, viewers } from "./example_segments.ts";

function lines(messages: readonly unknown[]): string {
  return messages.map((message) => `${JSON.stringify(message)}\n`).join("");
}

const events = lines([
  viewed("u2", startOfYear, "m1"),
  ordered("u1", startOfYear + 1000, 150),
  viewed("u1", startOfYear + 2000, "m2"),
  ordered("u1", startOfYear + 3000, 150),
]);
const folder = folderWith({
  "segments/viewers.json": JSON.stringify(viewers),
  "segments/more/high-rollers.json": JSON.stringify([highRollers]),
  "segments/notes.txt": "not a segment",
  "viewers.json": JSON.stringify(viewers),
  "events.ndjson": events,
  "events.ndjson.gz": gzipSync(events),
});
const at = (name: string) => join(folder, name);
const evaluate = (input: string) => [
  ...["evaluate", "--segments", at("segments"), "--input", input],
  ...["--at", "2026-01-01T00:00:10Z"],
];

test("evaluate prints a table of counts", () => {
  const { code, stdout, stderr } = run(evaluate(at("events.ndjson")));
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.equal(
    stdout,
    [
      "Segment       Contacts    Share",
      "high-rollers         1   50.0 %",
      "viewers              2  100.0 %",
      "",
      "2 contacts, at 2026-01-01T00:00:10.000Z",
      "",
    ].join("\n"),
  );
});

test("evaluate --json prints counts and members, by code point", () => {
  const { code, stdout } = run([...evaluate(at("events.ndjson")), "--json"]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), {
    "high-rollers": { count: 1, members: ["u1"] },
    viewers: { count: 2, members: ["u1", "u2"] },
  });
});

test("evaluate --members names the contacts", () => {
  const { stdout } = run([...evaluate(at("events.ndjson")), "--members"]);
  assert.match(stdout, /^high-rollers {2}1\n {2}u1\n\nviewers {2}2\n {2}u1\n {2}u2\n/);
});

test("standard input and packed files are read alike", () => {
  const expected = run(evaluate(at("events.ndjson"))).stdout;
  assert.equal(run(evaluate("-"), events).stdout, expected);
  assert.equal(run(evaluate("-"), `\ufeff${events.replaceAll("\n", "\r\n")}\r\n`).stdout, expected);
  assert.equal(run(evaluate(at("events.ndjson.gz"))).stdout, expected);
  const ofInput = [
    "evaluate",
    "--segments",
    "-",
    "--input",
    at("events.ndjson"),
    "--at",
    "now",
    "--json",
  ];
  assert.deepEqual(JSON.parse(run(ofInput, JSON.stringify([highRollers])).stdout), {
    "high-rollers": { count: 1, members: ["u1"] },
  });
});

test("--at takes what a message's timestamp may be, or now", () => {
  const counts = (instant: string) => {
    const parameters = [
      "evaluate",
      "--segments",
      at("viewers.json"),
      "--input",
      at("events.ndjson"),
    ];
    const { code, stdout } = run([...parameters, `--at=${instant}`, "--json"]);
    assert.equal(code, 0, instant);
    return (JSON.parse(stdout) as { viewers: { count: number } }).viewers.count;
  };
  assert.equal(counts("2026-01-01T01:00:00.001+01:00"), 1);
  assert.equal(counts(String(startOfYear)), 1);
  assert.equal(counts("-1"), 0);
  assert.equal(counts("2025-12-31T23:59:59.999Z"), 0);
  assert.equal(counts("now"), 0);
});

test("parameters are overridden", () => {
  const parameters = [...evaluate(at("events.ndjson")), "--json", "--parameter"];
  const { stdout } = run([...parameters, "highValue=301"]);
  assert.deepEqual((JSON.parse(stdout) as Record<string, unknown>)["high-rollers"], {
    count: 0,
    members: [],
  });
  const unknown = run([...parameters, "hihgValue=1"]);
  assert.equal(unknown.code, 1);
  assert.equal(unknown.stdout, "");
  assert.match(unknown.stderr, /^--parameter#\/hihgValue: error: .*\[unknown_parameter\]\n$/);
});

test("refused lines are named with their numbers, and the others count", () => {
  const input = `${events}\nnot json\n{"type":"track","userId":"u9"}\n${"x".repeat(400_000)}\n${lines([viewed("u3", startOfYear, "m9")])}{"type":`;
  const { code, stdout, stderr } = run([...evaluate("-"), "--json"], input);
  assert.equal(code, 1);
  const answer = JSON.parse(stdout) as Record<string, { members: string[] }>;
  assert.deepEqual(answer["viewers"]?.members, ["u1", "u2", "u3"]);
  const refusals = stderr.trim().split("\n");
  assert.equal(refusals.length, 4);
  for (const [index, line] of [6, 7, 8, 10].entries()) {
    assert.match(
      refusals[index] ?? "",
      new RegExp(`^standard input:${line}: refused: .+ \\[\\w+\\]$`),
    );
  }
  assert.match(refusals[2] ?? "", /64 KiB/);
});

test("a line far beyond the bound is not kept in memory", () => {
  const piece = "x".repeat(1_000_000);
  const { code, stderr } = run([...evaluate("-")], `${piece.repeat(100)}\n${events}`);
  assert.equal(code, 1);
  assert.match(stderr, /^standard input:1: refused: [^x]*\n$/);
});

test("refused segments leave nothing on standard output", () => {
  const broken = folderWith({
    "a.json": '{"version":1,"id":"a","when":{"kind":"segment","segment":"c","op":"in"}}',
    "b.json": '[{"version":1,"id":"b","when":{"kind":"nonsense"}}]',
    "c.json": "{not json",
  });
  const parameters = ["--segments", broken, "--input", at("events.ndjson")];
  for (const command of [
    ["evaluate", ...parameters, "--at", "now"],
    ["replay", ...parameters],
  ]) {
    const { code, stdout, stderr } = run(command);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    const problems = stderr.trim().split("\n");
    assert.equal(problems.length, 2);
    assert.ok(problems[0]?.startsWith(`${join(broken, "c.json")}: error: `), problems[0]);
    assert.ok(
      problems[1]?.startsWith(`${join(broken, "b.json")}#/0/when/kind: error: `),
      problems[1],
    );
  }
});

test("validate tells every problem with its file and place", () => {
  const broken = folderWith({
    "a.json": '{"version":1,"id":"a","when":{"kind":"event","event":"","op":"xx","value":1}}',
    "b.json": '[{"version":1,"id":"b","when":{"kind":"all","of":[]}},{"version":2,"id":"a"}]',
  });
  const { code, stdout, stderr } = run([
    "validate",
    join(broken, "a.json"),
    join(broken, "b.json"),
  ]);
  assert.equal(code, 1);
  assert.equal(stderr, "");
  for (const place of [
    "a.json#/when/event:",
    "a.json#/when/op:",
    "b.json#/0/when/of:",
    "b.json#/1",
  ]) {
    assert.ok(stdout.includes(place), place);
  }
  assert.match(stdout, /\nRefused: \d+ errors, 0 warnings\.\n$/);
  const report = JSON.parse(run(["validate", broken, "--json"]).stdout) as {
    valid: boolean;
    problems: Record<string, string>[];
  };
  assert.equal(report.valid, false);
  assert.equal(report.problems.length, stdout.trim().split("\n").length - 1);
  for (const problem of report.problems) {
    assert.deepEqual(Object.keys(problem).sort(), ["code", "file", "message", "path", "severity"]);
  }
});

test("validate accepts what is right, with one file's own paths otherwise", () => {
  assert.deepEqual(run(["validate", at("segments")]), {
    code: 0,
    stdout: "2 segments are valid.\n",
    stderr: "",
  });
  const one = run(["validate", "-", "--json"], JSON.stringify({ ...viewers, tags: [] }));
  assert.equal(one.code, 1);
  const { problems } = JSON.parse(one.stdout) as { problems: { file: string; path: string }[] };
  assert.deepEqual(
    problems.map(({ file, path }) => [file, path]),
    [["standard input", "/tags"]],
  );
  const none = { ...viewers, when: { ...viewers.when, window: { last: { days: 0 } } } };
  const warned = run(["validate", "-"], JSON.stringify(none));
  assert.equal(warned.code, 0);
  assert.match(warned.stdout, /: warning: .*\n1 segment is valid: 0 errors, 1 warning\.\n$/);
});

test("replay prints the deltas in order of their instants, those of the clock included", () => {
  const { code, stdout, stderr } = run([
    ...["replay", "--segments", at("segments"), "--input", at("events.ndjson")],
    ...["--until", "2026-01-03T00:00:00Z"],
  ]);
  assert.equal(code, 0);
  assert.equal(stderr, "");
  const deltas = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  assert.deepEqual(
    deltas.map(({ id, change, segment, at: instant, cause }) => [
      id,
      change,
      segment,
      instant,
      cause,
    ]),
    [
      ["replay:0:u2:1", "entered", "viewers", "2026-01-01T00:00:00.000Z", "message"],
      ["replay:0:u1:1", "entered", "viewers", "2026-01-01T00:00:02.000Z", "message"],
      ["replay:0:u1:2", "entered", "high-rollers", "2026-01-01T00:00:03.000Z", "message"],
      ["replay:0:u2:2", "exited", "viewers", "2026-01-02T00:00:00.000Z", "time"],
      ["replay:0:u1:3", "exited", "viewers", "2026-01-02T00:00:02.000Z", "time"],
    ],
  );
});

test("replay leaves messages after --until out, and takes a source and an epoch", () => {
  const { stdout } = run(
    [
      ...[
        "replay",
        "--segments",
        at("segments"),
        "--input",
        "-",
        "--until",
        "2026-01-01T00:00:01Z",
      ],
      ...["--source", "edge", "--epoch", "e7"],
    ],
    events,
  );
  assert.deepEqual(
    stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { id: string }).id),
    ["edge:e7:u2:1"],
  );
});

test("equal input gives equal output, however it is cut", () => {
  const sample = new URL("../../docs/examples/", import.meta.url).pathname;
  const parameters = ["replay", "--segments", join(sample, "segments"), "--input"];
  const fromFile = run([...parameters, join(sample, "events.ndjson")]);
  const fromInput = run([...parameters, "-"], readFileSync(join(sample, "events.ndjson")));
  assert.equal(fromFile.code, 0);
  assert.ok(fromFile.stdout.length > 100_000);
  assert.ok(fromFile.stdout === fromInput.stdout);
});

test("a reader that has seen enough ends the program in peace", async () => {
  const sample = new URL("../../docs/examples/", import.meta.url).pathname;
  const { code, stdout, stderr } = await runUntilFirstOutput([
    ...["replay", "--segments", join(sample, "segments"), "--input", join(sample, "events.ndjson")],
  ]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.ok(stdout.startsWith('{"id":'));
});

test("every command has a help, and the program tells its versions", () => {
  const overview = run(["--help"]);
  assert.equal(overview.code, 0);
  for (const command of ["validate", "evaluate", "replay", "import csv"]) {
    assert.ok(overview.stdout.includes(`\n  ${command} `), command);
    const { code, stdout } = run([...command.split(" "), "--help"]);
    assert.equal(code, 0);
    assert.ok(stdout.startsWith(`Usage: fosterflow-segments ${command} `), command);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 110, line);
  }
  const { version } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  ) as { version: string };
  const told = run(["--version"]).stdout;
  assert.ok(told.includes(`fosterflow-segments ${version} `), told);
  assert.ok(told.includes(`time zone tables ${process.versions["tz"]}`), told);
});

test("a wrong call ends with 2 and says what is wrong", () => {
  const valid = evaluate(at("events.ndjson"));
  for (const [parameters, expected] of [
    [[], /Say which command/],
    [["evaluat"], /no command "evaluat"/],
    [["validate"], /Say which files/],
    [["validate", at("nothing.json")], /no file .*nothing\.json/],
    [["evaluate", "--input", "-", "--at", "now"], /--segments is missing/],
    [["evaluate", "--segments", at("segments"), "--at", "now"], /--input is missing/],
    [["evaluate", "--segments", at("segments"), "--input", "-"], /--at is missing/],
    [[...valid, "--at", "2026-01-01"], /time and offset/],
    [[...valid, "--at", "soon"], /--at soon/],
    [[...valid, "--nonsense"], /--nonsense/],
    [[...valid, "extra"], /"extra" is not expected/],
    [[...valid, "--parameter", "highValue"], /name=JSON/],
    [[...valid, "--parameter", "highValue=a"], /needs quotes/],
    [[...valid, "--input", at("nothing.ndjson")], /no file/],
    [[...valid, "--input", at("segments")], /is a folder/],
    [["replay", "--segments", "-", "--input", "-"], /not for both/],
    [["import", "xml"], /no command "import xml"/],
  ] as const) {
    const { code, stdout, stderr } = run(parameters);
    assert.equal(code, 2, parameters.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, expected);
    assert.match(stderr, /--help/);
  }
});

test("a packed file that is broken is refused", () => {
  const broken = folderWith({ "events.ndjson.gz": "not gzip" });
  const { code, stdout, stderr } = run(evaluate(join(broken, "events.ndjson.gz")));
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /cannot be read/);
});
