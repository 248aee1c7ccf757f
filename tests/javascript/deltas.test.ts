import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine } from "@fosterflow/segments";
import { day, highRollers, ordered, startOfYear, viewed, viewers } from "./example_segments.ts";

const now = startOfYear;

test("deltas are the same in JSON everywhere: every member, in this order", async () => {
  const engine = await createEngine({ segments: viewers, source: "edge", epoch: 'e"1' });
  const contact = engine.contact('u"1');
  const hash = engine.segments()[0]?.definition;
  const start = String.raw`{"id":"edge:e\"1:u\"1:1","source":"edge","epoch":"e\"1","contact":"u\"1"`;
  assert.equal(
    JSON.stringify(contact.apply(viewed('u"1', now, "m"), { now }).deltas),
    `[${start},"sequence":1,"segment":"viewers","definition":"${hash}","change":"entered",` +
      '"at":"2026-01-01T00:00:00.000Z","decidedAt":"2026-01-01T00:00:00.000Z",' +
      '"cause":"message","messageId":"m"}]',
  );
  const [exited] = contact.advanceTo(now + 2 * day);
  assert.ok(exited !== undefined && !("messageId" in exited));
  assert.equal(exited.decidedAt, "2026-01-03T00:00:00.000Z");
});

test("each delta names its own message, contact and instant, also in a batch", async () => {
  const engine = await createEngine({ segments: [viewers, highRollers], source: "s", epoch: "e" });
  const contact = engine.contact("u1");
  const messages = [viewed("u1", now, "first"), ordered("u1", now, 300)];
  const { deltas } = contact.apply(messages, { now });
  const later = contact.apply(
    [
      { type: "alias", previousId: "u1", userId: "u2" },
      { ...viewed("u2", now + 3 * day), messageId: "\ufeffmark" },
    ],
    { now: now + 3 * day },
  );
  assert.deepEqual(
    [...deltas, ...later.deltas].map((delta) => [
      ...[delta.id, delta.segment, delta.change, delta.at.slice(0, 10), delta.cause],
      delta.messageId,
    ]),
    [
      ["s:e:u1:1", "viewers", "entered", "2026-01-01", "message", "first"],
      ["s:e:u1:2", "high-rollers", "entered", "2026-01-01", "message", undefined],
      ["s:e:u1:3", "viewers", "exited", "2026-01-02", "time", undefined],
      ["s:e:u1:4", "high-rollers", "exited", "2026-01-04", "merge", undefined],
      ["s:e:u2:1", "high-rollers", "entered", "2026-01-04", "merge", undefined],
      ["s:e:u2:2", "viewers", "entered", "2026-01-04", "message", "\ufeffmark"],
    ],
  );
});

test("each delta names the definition that decided, however often the set has changed", async () => {
  const engine = await createEngine({ segments: [highRollers, viewers] });
  const contact = engine.contact("u1");
  const hashes = () => engine.segments().map(({ id, definition }) => [id, definition]);
  const first = hashes();
  const entered = contact.apply([viewed("u1", now), ordered("u1", now, 300)], { now }).deltas;
  assert.deepEqual(
    entered.map(({ segment, definition }) => [segment, definition]),
    [first[1], first[0]],
  );
  engine.define([{ ...viewers, id: "a" }]);
  const second = hashes();
  contact.has("a");
  engine.define([{ ...viewers, id: "b" }, highRollers]);
  const third = hashes();
  assert.deepEqual(
    contact
      .advanceTo(now + 1)
      .map(({ change, segment, definition }) => [change, segment, definition]),
    [
      ["entered", ...(second[0] ?? [])],
      ["exited", ...(first[0] ?? [])],
      ["exited", ...(first[1] ?? [])],
      ["exited", ...(second[0] ?? [])],
      ["entered", ...(third[0] ?? [])],
      ["entered", ...(third[1] ?? [])],
    ],
  );
  assert.deepEqual(
    contact.advanceTo(now + day).map(({ segment, definition }) => [segment, definition]),
    [third[0]],
  );
});

test("instants of all times, in any order, are written as Date writes them", async () => {
  const engine = await createEngine({ segments: viewers });
  const ends = [-8.64e15 + 2 * day, -62_198_755_200_000, 253_402_300_800_000, 8.64e15];
  const dayEnds = [-day - 1, -day, -1, 0, 1, day - 1, day, now + day - 1, now + day];
  const steps = Array.from({ length: 2_000 }, (_, index) => now + index * 7_654_321);
  for (const instant of [...ends, ...dayEnds, ...steps, ...ends]) {
    const contact = engine.contact("u1");
    const [delta] = contact.apply(viewed("u1", instant), { now: instant }).deltas;
    assert.equal(delta?.at, new Date(instant).toISOString());
    contact.dispose();
  }
});
