import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./command_line.ts";

const examples = fileURLToPath(new URL("../../docs/examples/", import.meta.url));
const at = "2026-11-23T00:00:00Z";

function evaluate(folder: string): Record<string, { count: number; members: string[] }> {
  const { code, stdout, stderr } = run([
    ...["evaluate", "--segments", `${examples}segments/${folder}`],
    ...["--input", `${examples}events.ndjson`, "--at", at, "--json"],
  ]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  return JSON.parse(stdout) as Record<string, { count: number; members: string[] }>;
}

test("the example segments are valid, without warnings", () => {
  const { code, stdout } = run(["validate", `${examples}segments`]);
  assert.equal(stdout, "27 segments are valid.\n");
  assert.equal(code, 0);
});

test("each example contact is one persona, and each persona has somebody", () => {
  const personas = evaluate("personas");
  assert.equal(Object.keys(personas).length, 8);
  const contacts = Object.values(personas).flatMap(({ members }) => members);
  assert.equal(contacts.length, 51);
  assert.equal(new Set(contacts).size, contacts.length);
  for (const [id, { count }] of Object.entries(personas)) assert.ok(count > 0, id);
});

test("each example scenario has somebody and not everybody", () => {
  for (const [id, { count }] of Object.entries(evaluate("scenarios"))) {
    assert.ok(count > 0 && count < 51, `${id}: ${count}`);
  }
});
