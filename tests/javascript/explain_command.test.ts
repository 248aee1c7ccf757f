import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folderWith, run } from "./command_line.ts";
import { day, highRollers, ordered, startOfYear, viewed, viewers } from "./example_segments.ts";

const folder = folderWith({
  "segments.json": JSON.stringify([viewers, highRollers]),
  "events.ndjson": [
    viewed("anonymous", startOfYear, "m1"),
    { type: "alias", previousId: "anonymous", userId: "u1", timestamp: startOfYear },
    ordered("u1", startOfYear + day, 150),
  ]
    .map((message) => `${JSON.stringify(message)}\n`)
    .join(""),
  "broken.ndjson": `nonsense\n${JSON.stringify(viewed("u1", startOfYear))}\n`,
});
const explain = (contact: string, segment: string, input = "events.ndjson") => [
  ...["explain", "--segments", join(folder, "segments.json"), "--input", join(folder, input)],
  ...["--contact", contact, "--segment", segment, "--at", "2026-01-02T00:00:00Z"],
];

test("explain prints the tree of the rule", () => {
  const { code, stdout, stderr } = run(explain("u1", "high-rollers"));
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.equal(
    stdout,
    [
      "u1 is not in high-rollers, at 2026-01-02T00:00:00.000Z",
      "",
      '✗ The sum of total over "Order Completed" is at least 200.',
      "    found: It is 150.",
      "    2026-01-02T00:00:00.000Z  Order Completed  total 150",
      '    missing: 50 more in the sum of total over "Order Completed"',
      "",
    ].join("\n"),
  );
});

test("explain finds a contact by any of its ids, and takes parameters", () => {
  const parameter = ["--parameter", "highValue=100"];
  const { code, stdout } = run([...explain("anonymous", "high-rollers"), ...parameter]);
  assert.equal(code, 0);
  assert.match(stdout, /^u1 is in high-rollers, at /);
});

test("explain --json prints what contact.explain answers", () => {
  const { code, stdout } = run([...explain("u1", "viewers"), "--json"]);
  assert.equal(code, 0);
  const { segment, contact, holds, condition } = JSON.parse(stdout);
  assert.deepEqual([segment, contact, holds], ["viewers", "u1", false]);
  assert.equal(condition.missing, '1 more "Product Viewed" in the last 24 hours');
});

test("explain names what it does not know", () => {
  const contact = run(explain("nobody", "viewers"));
  assert.equal(contact.code, 1);
  assert.equal(contact.stdout, "");
  assert.equal(contact.stderr, 'No message is about a contact "nobody".\n');
  const segment = run(explain("u1", "nothing"));
  assert.equal(segment.code, 1);
  assert.equal(segment.stderr, 'No segment "nothing" is defined.\n');
  const missing = run(["explain", "--segments", join(folder, "segments.json")]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /--input is missing/);
});

test("explain names refused lines and explains the others", () => {
  const { code, stdout, stderr } = run(explain("u1", "viewers", "broken.ndjson"));
  assert.equal(code, 1);
  assert.match(stderr, /broken\.ndjson:1: refused/);
  assert.match(stdout, /^u1 is not in viewers \(Viewers\)/);
});

test("explain --help says what there is", () => {
  const { code, stdout } = run(["explain", "--help"]);
  assert.equal(code, 0);
  for (const option of ["--contact", "--segment", "--at", "--parameter", "--json"]) {
    assert.ok(stdout.includes(option), option);
  }
});

test("docs/explain.md shows what the program prints", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const text = readFileSync(join(root, "docs", "explain.md"), "utf8");
  const examples = [
    ...text.matchAll(/```sh\nfosterflow-segments ([^`]*)```\n\n```(json)?\n([^`]*)```/g),
  ];
  assert.equal(examples.length, 3);
  for (const [, command = "", format, printed = ""] of examples) {
    const words = command.replaceAll("\\\n", " ").trim().split(/\s+/);
    const parameters = words.map((word) => (word.startsWith("docs/") ? join(root, word) : word));
    const { stdout } = run(parameters);
    if (format === undefined) assert.equal(stdout, printed);
    else assert.deepEqual(JSON.parse(stdout), JSON.parse(printed));
  }
});
