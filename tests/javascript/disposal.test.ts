import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createEngine, type Engine, SegmentError } from "@fosterflow/segments";
import { startOfYear, viewed, viewers } from "./example_segments.ts";

function isDisposed(error: unknown): boolean {
  return error instanceof SegmentError && error.code === "disposed";
}

test("a contact that was disposed answers nothing, and is no longer counted", async () => {
  const engine = await createEngine({ segments: viewers });
  const contact = engine.contact("u1");
  assert.equal(engine.openContactCount, 1);
  contact.dispose();
  contact.dispose();
  assert.equal(engine.openContactCount, 0);
  for (const use of [
    () => contact.apply(viewed("u1", startOfYear)),
    () => contact.advanceTo(startOfYear),
    () => contact.nextChangeAt(),
    () => contact.memberships(),
    () => contact.has("viewers"),
  ]) {
    assert.throws(use, isDisposed);
  }
  assert.equal(contact.id, "u1");
});

test("disposing the engine disposes all", async () => {
  const engine = await createEngine({ segments: viewers });
  const contact = engine.contact("u1");
  engine.dispose();
  engine.dispose();
  for (const use of [
    () => engine.define(viewers),
    () => engine.segments(),
    () => engine.contact("u2"),
    () => engine.openContactCount,
    () => contact.has("viewers"),
    () => contact.apply(viewed("u1", startOfYear)),
  ]) {
    assert.throws(use, isDisposed);
  }
  contact.dispose();
});

test("`using` disposes", async () => {
  const engine = await createEngine({ segments: viewers });
  const contact = engine.contact("u1");
  contact[Symbol.dispose]();
  assert.equal(engine.openContactCount, 0);
  engine[Symbol.dispose]();
  assert.throws(() => engine.segments(), isDisposed);
});

test("thousands of contacts leave nothing behind", async () => {
  const engine = await createEngine({ segments: viewers });
  for (let round = 0; round < 5; round += 1) {
    const contacts = Array.from({ length: 1000 }, (_, index) => engine.contact(`u${index}`));
    for (const contact of contacts) {
      contact.apply(viewed(contact.id, startOfYear), { now: startOfYear });
    }
    assert.equal(engine.openContactCount, 1000);
    for (const contact of contacts) contact.dispose();
    assert.equal(engine.openContactCount, 0);
  }
});

/** In a function of its own, so that nothing on the stack keeps the contacts. */
function forgetContacts(engine: Engine): void {
  for (let index = 0; index < 100; index += 1) engine.contact(`u${index}`);
}

test("a forgotten contact is freed when it is collected", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const engine = await createEngine({ segments: viewers });
  forgetContacts(engine);
  assert.equal(engine.openContactCount, 100);
  for (let attempt = 0; attempt < 50 && engine.openContactCount > 0; attempt += 1) {
    collectGarbage();
    await setTimeout(10);
  }
  assert.equal(engine.openContactCount, 0);
});
