import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the README's example does what its comments say", async () => {
  const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const code = /```ts\n([^`]*)```/.exec(text)?.[1];
  assert.ok(code);
  const observed = code
    .replace(/^contact\.has\((.*)\);.*$/m, "export const member = contact.has($1);")
    .replace(/^new Date\((.*)\);.*$/m, "export const next = new Date($1);")
    .replace(/^contact\.advanceTo/m, "export const deltas = contact.advanceTo");
  const file = fileURLToPath(new URL(`./readme_example_${process.pid}.mjs`, import.meta.url));
  writeFileSync(file, observed);
  try {
    const { member, next, deltas } = await import(file);
    assert.equal(member, false);
    assert.equal(next.toISOString(), "2026-11-23T11:00:00.000Z");
    assert.equal(deltas.length, 1);
    const { segment, change, at, cause } = deltas[0];
    assert.deepEqual(
      [segment, change, at, cause],
      ["cart-abandoners", "entered", "2026-11-23T11:00:00.000Z", "time"],
    );
  } finally {
    rmSync(file);
  }
});
