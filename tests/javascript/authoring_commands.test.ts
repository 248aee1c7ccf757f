import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderWith, run } from "./command_line.ts";
import { highRollers, ordered, startOfYear, viewers } from "./example_segments.ts";

const misspelt = {
  version: 1,
  id: "misspelt",
  when: { kind: "event", event: "Order Complete", window: { last: { days: 400 } } },
};
const folder = folderWith({
  "segments.json": JSON.stringify([viewers, highRollers]),
  "old.json": JSON.stringify(highRollers),
  "new.json": JSON.stringify({ ...highRollers, parameters: { highValue: 250 } }),
  "misspelt.json": JSON.stringify(misspelt),
  "broken.json": '{"version":1,"id":"b","when":{"kind":"evnt"}}',
  "events.ndjson": `${JSON.stringify(ordered("u1", startOfYear, 5))}\nnonsense\n`,
});
const file = (name: string) => join(folder, name);

test("describe prints a sentence for each segment, and a tree where it is wanted", () => {
  const { code, stdout, stderr } = run([
    "describe",
    file("segments.json"),
    "--parameter",
    "highValue=9",
  ]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.equal(
    stdout,
    'viewers: A contact is in "Viewers" if "Product Viewed" happened at least once in the last 24 hours.\n' +
      'high-rollers: A contact is in "high-rollers" if the sum of total over "Order Completed" is at least 9.\n',
  );
  const german = run(["describe", "-", "--tree", "--language", "de"], JSON.stringify(viewers));
  assert.equal(
    german.stdout,
    "viewers: Ein Kontakt ist in „Viewers“, wenn gilt: „Product Viewed“ geschah mindestens einmal in den letzten " +
      "24 Stunden.\n  „Product Viewed“ geschah mindestens einmal in den letzten 24 Stunden\n",
  );
  const [first] = JSON.parse(run(["describe", file("segments.json"), "--json"]).stdout);
  assert.equal(first.id, "viewers");
});

test("lint names the file, what the data never had, and what each rule costs", () => {
  const { code, stdout } = run([
    ...["lint", file("misspelt.json"), file("segments.json"), "--input", file("events.ndjson")],
    ...["--retention-days", "365"],
  ]);
  assert.equal(code, 0);
  const [event, window, unbounded, unseen] = [0, 1, 3, 2].map((line) => stdout.split("\n")[line]);
  assert.equal(
    event,
    `${file("misspelt.json")}#/when/event: warning: No event "Order Complete" was seen in the data. ` +
      'Did you mean "Order Completed"? [unknown_event]',
  );
  assert.match(window ?? "", /#\/when\/window: warning: .* \[window_beyond_retention\]$/);
  assert.match(
    unseen ?? "",
    /segments\.json#\/0\/when\/event: .*"Product Viewed".*\[unknown_event\]$/,
  );
  assert.match(unbounded ?? "", /segments\.json#\/1\/when: info: .*\[window_unbounded\]$/);
  assert.match(stdout, /^high-rollers +low +\d+ +\d+ +yes$/m);
  const report = JSON.parse(run(["lint", file("misspelt.json"), "--json"]).stdout);
  assert.deepEqual(report.findings, []);
  assert.equal(report.segments[0].local.runs, true);
});

test("diff tells what changed, also of a version from standard input", () => {
  const { code, stdout } = run(["diff", "-", file("new.json")], JSON.stringify(highRollers));
  assert.equal(code, 0);
  assert.equal(stdout, "high-rollers\n  ~ highValue changed from 200 to 250\n");
  assert.equal(run(["diff", file("old.json"), file("old.json")]).stdout, "");
  assert.equal(run(["diff", file("segments.json"), file("old.json")]).stdout, "- viewers\n");
  const [entry] = JSON.parse(run(["diff", file("old.json"), file("new.json"), "--json"]).stdout);
  assert.equal(entry.same, false);
  assert.equal(entry.changes[0].path, "/parameters/highValue");
});

test("docs/authoring.md shows what diff prints", () => {
  const text = readFileSync(new URL("../../docs/authoring.md", import.meta.url), "utf8");
  const shown = /diff old\.json new\.json\n```\n\n```\n([^`]*)```/.exec(text)?.[1];
  const before = { ...highRollers, id: "vip" };
  const reachable = { kind: "channel", channel: "email", op: "reachable" };
  const all = (...of: unknown[]) => ({ kind: "all", of: [before.when, ...of] });
  const versions = folderWith({
    "old.json": JSON.stringify({ ...before, when: all({ kind: "list", list: "a", op: "in" }) }),
    "new.json": JSON.stringify({
      ...before,
      parameters: { highValue: 250 },
      when: all({ kind: "list", list: "a", op: "in" }, reachable),
    }),
  });
  const { stdout } = run(["diff", join(versions, "old.json"), join(versions, "new.json")]);
  assert.equal(stdout, shown);
});

test("templates and personas print definitions that the other commands read", () => {
  assert.match(run(["templates"]).stdout, /^cart-abandonment +Put something into the cart/m);
  const made = run(["templates", "cart-abandonment", "--set", "waitHours=12", "--id", "carts"]);
  assert.equal(made.code, 0);
  assert.equal(run(["validate", "-"], made.stdout).stdout, "1 segment is valid.\n");
  assert.match(run(["describe", "-"], made.stdout).stdout, /within 12 hours/);
  const personas = run(["personas", "--exclusive", "--set", "highValue=1000"]);
  assert.equal(run(["validate", "-"], personas.stdout).stdout, "8 segments are valid.\n");
  assert.match(
    run(["templates", "win-back", "--arguments"]).stdout,
    /^lostDays +365 +2 to 7300 days/m,
  );
  assert.equal(JSON.parse(run(["personas", "--arguments", "--json"]).stdout).length, 13);
});

test("templates and personas are told in German, too", () => {
  const language = ["--language", "de"];
  assert.match(
    run(["templates", ...language]).stdout,
    /^cart-abandonment +Hat etwas in den Warenkorb gelegt/m,
  );
  const { name } = JSON.parse(run(["templates", "win-back", ...language]).stdout);
  assert.equal(name, "Rückgewinnung");
  assert.equal(JSON.parse(run(["personas", ...language]).stdout)[0].name, "Spitzenkunden");
  assert.equal(run(["templates", "--language", "fr"]).code, 2);
});

test("what is refused is named, and a wrong call is told apart", () => {
  for (const command of ["describe", "lint"]) {
    const { code, stdout, stderr } = run([command, file("broken.json")]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /broken\.json#\/when\/kind: error: .*\[unknown_kind\]/);
  }
  assert.equal(run(["diff", file("old.json"), file("broken.json")]).code, 1);
  const argument = run(["templates", "sign-up", "--set", "withinDays=0", "--set", "odd=1"]);
  assert.equal(argument.code, 1);
  assert.equal(argument.stdout, "");
  assert.match(
    argument.stderr,
    /--set withinDays: .*from 1 to 365 \(days\), but it is 0\. \[invalid_value\]/,
  );
  assert.match(argument.stderr, /--set odd: .*\[unknown_key\]/);
  assert.equal(run(["templates", "nothing"]).code, 1);
  for (const wrong of [
    ["describe"],
    ["describe", file("old.json"), "--language", "fr"],
    ["describe", file("missing.json")],
    ["lint"],
    ["lint", "-", "--input", "-"],
    ["lint", file("old.json"), "--retention-days", "soon"],
    ["diff", file("old.json")],
    ["diff", "-", "-"],
    ["diff", file("old.json"), file("missing.json")],
    ["templates", "--set", "a=1"],
    ["templates", "sign-up", "--set", "withinDays"],
    ["templates", "sign-up", "more"],
    ["personas", "more"],
  ]) {
    assert.equal(run(wrong).code, 2, wrong.join(" "));
  }
  for (const command of ["describe", "lint", "diff", "templates", "personas"]) {
    const { code, stdout } = run([command, "--help"]);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Usage: fosterflow-segments ${command}`));
    assert.match(stdout, /Exit codes: 0 ok/);
  }
});
