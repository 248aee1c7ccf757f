import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createEngine, SegmentError } from "@fosterflow/segments";
import {
  both,
  day,
  highRollers,
  ordered,
  startOfYear,
  viewed,
  viewers,
} from "./example_segments.ts";

const now = startOfYear + 10 * day;

test("an explanation says what holds, by which events, and what is missing", async () => {
  const engine = await createEngine({ segments: [viewers, highRollers, both] });
  const contact = engine.contact("u1");
  contact.apply([ordered("u1", now - 5 * day, 150), viewed("u1", now - day / 2)], { now });

  const { at, holds, changesAt, exists, notes, condition } = contact.explain("high-rollers");
  assert.deepEqual([at, holds, changesAt, exists, notes], [now, false, null, true, []]);
  assert.ok(condition.kind === "event");
  assert.equal(condition.sentence, 'The sum of total over "Order Completed" is at least 200.');
  assert.equal(condition.finding, "It is 150.");
  assert.equal(condition.missing, '50 more in the sum of total over "Order Completed"');
  assert.equal(condition.observed, 150);
  assert.deepEqual(condition.wanted, { op: "gte", value: 200 });
  assert.deepEqual(condition.window, { after: null, until: now });
  assert.deepEqual(condition.events, [
    { at: now - 5 * day, event: "Order Completed", properties: { total: 150 } },
  ]);

  const nested = contact.explain("both");
  assert.ok(nested.condition.kind === "all");
  const [first, second] = nested.condition.of;
  assert.ok(first?.kind === "segment" && second?.kind === "segment");
  assert.equal(first.name, "Viewers");
  assert.equal(first.observed, "in");
  assert.equal(first.changesAt, now + day / 2);
  assert.equal(first.condition?.holds, true);
  assert.equal(second.missing, 'that the contact is in the segment "high-rollers"');
  engine.dispose();
});

test("an explanation speaks the language that is asked for", async () => {
  const engine = await createEngine({ segments: highRollers });
  const contact = engine.contact("u1");
  contact.apply(ordered("u1", now, 150.5), { now });
  const { condition } = contact.explain("high-rollers", { language: "de" });
  assert.equal(
    condition.sentence,
    "Die Summe von total über „Order Completed“ ist mindestens 200.",
  );
  assert.equal(condition.finding, "Es ist 150,5.");
  assert.equal(condition.missing, "49,5 mehr: die Summe von total über „Order Completed“");
  const english = contact.explain("high-rollers");
  assert.deepEqual(contact.explain("high-rollers", { language: "en" }), english);
  assert.throws(
    () => contact.explain("high-rollers", { language: "fr" as "de" }),
    (error) =>
      error instanceof SegmentError &&
      error.code === "invalid_argument" &&
      error.message === 'There is no language "fr" here; use one of en, de.',
  );
  assert.deepEqual(contact.explain("high-rollers"), english);
  engine.dispose();
});

test("an explanation is of any instant, and by default of the clock", async () => {
  const engine = await createEngine({ segments: viewers });
  const contact = engine.contact("u1");
  contact.apply(viewed("u1", now), { now });
  assert.equal(contact.explain("viewers").at, now);
  assert.equal(contact.explain("viewers").changesAt, now + day);
  contact.advanceTo(now + 2 * day);
  assert.equal(contact.explain("viewers").holds, false);
  assert.equal(contact.explain("viewers", { at: now }).holds, true);
  assert.equal(contact.explain("viewers", { at: now - 1 }).changesAt, now);
  assert.equal(contact.explain("viewers", { at: now + 500 * day }).lookedUntil, now + 900 * day);
  // Asking changes nothing.
  assert.equal(contact.has("viewers"), false);
  assert.equal(contact.nextChangeAt(), null);
  engine.dispose();
});

test("a contact without a clock is explained at the wall clock", async () => {
  const engine = await createEngine({ segments: viewers });
  const before = Date.now();
  const { at, exists, holds, notes } = engine.contact("u1").explain("viewers");
  assert.ok(at >= before && at <= Date.now());
  assert.deepEqual([exists, holds, notes.length], [false, false, 1]);
  engine.dispose();
});

test("parameters in force are explained, also when others of the set declare them", async () => {
  const engine = await createEngine({
    segments: [viewers, highRollers],
    parameters: { highValue: 100 },
  });
  const contact = engine.contact("u1");
  contact.apply(ordered("u1", now, 150), { now });
  const { condition, holds } = contact.explain("high-rollers");
  assert.equal(holds, true);
  assert.ok(condition.kind === "event" && condition.wanted.value === 100);
  assert.equal(contact.explain("viewers").holds, false);
  engine.define([highRollers], { parameters: { highValue: 300 } });
  assert.equal(contact.explain("high-rollers").holds, false);
  engine.dispose();
});

test("what cannot be explained is an error with a code", async () => {
  const engine = await createEngine({ segments: viewers });
  const contact = engine.contact("u1");
  const codeOf = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      return error instanceof SegmentError ? error.code : error;
    }
    return undefined;
  };
  assert.equal(
    codeOf(() => contact.explain("nobody")),
    "unknown_segment",
  );
  for (const at of [1.5, Number.NaN, 9e15, "now" as unknown as number]) {
    assert.equal(
      codeOf(() => contact.explain("viewers", { at })),
      "invalid_argument",
    );
  }
  contact.dispose();
  assert.equal(
    codeOf(() => contact.explain("viewers")),
    "disposed",
  );
  engine.dispose();
});

test("the lean core decides as the other does, and says what would explain", async () => {
  const wasm = readFileSync(new URL("../../dist/contact.wasm", import.meta.url));
  const engine = await createEngine({ segments: viewers, wasm });
  const contact = engine.contact("u1");
  const { deltas } = contact.apply(viewed("u1", now), { now });
  assert.equal(deltas[0]?.segment, "viewers");
  assert.equal(contact.nextChangeAt(), now + day);
  assert.throws(
    () => contact.explain("viewers"),
    (error) =>
      error instanceof SegmentError &&
      error.code === "explain_unavailable" &&
      /give it core\.wasm/.test(error.message),
  );
  assert.equal(contact.has("viewers"), true);
  engine.dispose();
});

test("the package exports both cores", () => {
  const file = new URL("../../package.json", import.meta.url);
  const { exports } = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(exports["./core.wasm"], "./dist/core.wasm");
  assert.equal(exports["./contact.wasm"], "./dist/contact.wasm");
});

test("the deepest rules are explained without an overflow of the stack", async () => {
  const deepFilter = (depth: number): object =>
    depth === 0
      ? { kind: "property", property: "p", op: "eq", value: 1 }
      : { kind: "item", items: "i", where: deepFilter(depth - 1) };
  const deep = (depth: number, inner: object): object =>
    depth === 0 ? inner : { kind: "none", of: [deep(depth - 1, inner)] };
  const segments = Array.from({ length: 32 }, (_, index) => ({
    version: 1,
    id: `s${index}`,
    when:
      index === 0
        ? { kind: "event", event: "X", where: deepFilter(30) }
        : deep(index === 31 ? 31 : 8, { kind: "segment", segment: `s${index - 1}`, op: "in" }),
  }));
  const engine = await createEngine({ segments: JSON.stringify(segments) });
  const contact = engine.contact("u1");
  let properties: object = { p: 1 };
  for (let depth = 0; depth < 30; depth += 1) properties = { i: [properties] };
  contact.apply(
    { type: "track", userId: "u1", event: "X", timestamp: now, properties: properties as never },
    { now },
  );
  for (const { id } of segments) {
    assert.equal(contact.explain(id).holds, contact.has(id), id);
  }
  engine.dispose();
});
