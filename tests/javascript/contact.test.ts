import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, type Message } from "@fosterflow/segments";
import {
  day,
  highRollers,
  hour,
  ordered,
  startOfYear,
  viewed,
  viewers,
} from "./example_segments.ts";

async function contactOf(id = "u1") {
  const engine = await createEngine({
    segments: [viewers, highRollers],
    source: "test",
    epoch: "0",
  });
  return engine.contact(id);
}

const now = startOfYear;

test("a message that changes nothing has an empty result of its own", async () => {
  const contact = await contactOf();
  const message: Message = { type: "page", userId: "u1", timestamp: now };
  const first = contact.apply(message, { now });
  const second = contact.apply(message, { now });
  assert.deepEqual(first, { deltas: [], refused: [] });
  assert.notEqual(first, second);
  assert.notEqual(first.deltas, second.deltas);
});

test("memberships, their beginnings, and has", async () => {
  const contact = await contactOf();
  assert.deepEqual(contact.memberships(), []);
  assert.equal(contact.has("viewers"), false);
  contact.apply(viewed("u1", now - hour), { now });
  contact.apply(ordered("u1", now, 300), { now: now + hour });
  assert.deepEqual(contact.memberships(), [
    { segment: "high-rollers", since: now + hour },
    { segment: "viewers", since: now },
  ]);
  assert.equal(contact.has("viewers"), true);
  assert.throws(() => contact.has("no-such-segment"), { code: "unknown_segment" });
});

test("time alone changes memberships, at the exact instant", async () => {
  const contact = await contactOf();
  contact.apply(viewed("u1", now), { now });
  assert.equal(contact.nextChangeAt(), now + day);
  assert.deepEqual(contact.advanceTo(now + day - 1), []);
  const deltas = contact.advanceTo(now + 3 * day);
  assert.equal(deltas.length, 1);
  assert.equal(deltas[0]?.cause, "time");
  assert.equal(deltas[0]?.at, "2026-01-02T00:00:00.000Z");
  assert.equal(deltas[0]?.decidedAt, "2026-01-04T00:00:00.000Z");
  assert.equal(contact.nextChangeAt(), null);
});

test("the clock never runs back", async () => {
  const contact = await contactOf();
  contact.apply(viewed("u1", now), { now: now + 2 * day });
  assert.equal(contact.has("viewers"), false);
  assert.deepEqual(contact.advanceTo(now), []);
  assert.equal(contact.has("viewers"), false);
});

test("without now it is the wall clock", async () => {
  const contact = await contactOf();
  const before = Date.now();
  const { deltas } = contact.apply({ type: "track", userId: "u1", event: "Product Viewed" });
  const at = Date.parse(deltas[0]?.at ?? "");
  assert.ok(at >= before && at <= Date.now());
});

test("a list, text and bytes are the same messages", async () => {
  const messages = [viewed("u1", now), ordered("u1", now, 300), { type: "nonsense" } as never];
  const text = messages.map((message) => JSON.stringify(message)).join("\n");
  const results = await Promise.all(
    [messages, text, `${text}\n`, new TextEncoder().encode(text)].map(async (input) =>
      (await contactOf()).apply(input, { now }),
    ),
  );
  for (const result of results) assert.deepEqual(result, results[0]);
  assert.equal(results[0]?.deltas.length, 2);
  assert.deepEqual(
    results[0]?.refused.map(({ line }) => line),
    [3],
  );
});

test("refused messages are named by their line, and the rest goes on", async () => {
  const contact = await contactOf();
  const { deltas, refused } = contact.apply(
    [
      { type: "track", userId: "u1" } as never,
      viewed("u1", now),
      { type: "track", event: "Product Viewed" } as never,
      ordered("somebody else", now, 300),
    ],
    { now },
  );
  assert.equal(deltas.length, 1);
  assert.deepEqual(
    refused.map(({ line }) => line),
    [1, 3, 4],
  );
  assert.equal(refused[2]?.code, "other_contact");
  for (const { message } of refused) assert.match(message, /\w/);
});

test("what JSON cannot say is a refused message, not an exception", async () => {
  const cyclic: Record<string, unknown> = { type: "track", userId: "u1", event: "Product Viewed" };
  cyclic["itself"] = cyclic;
  const large = { ...viewed("u1", now), properties: { price: 1n } };
  const treacherous = {
    toJSON() {
      throw new Error("no");
    },
  };
  const contact = await contactOf();
  const list = [cyclic, large, undefined, () => 1, treacherous, viewed("u1", now)] as Message[];
  const { deltas, refused } = contact.apply(list, { now });
  assert.equal(deltas.length, 1);
  assert.deepEqual(
    refused.map(({ line, code }) => [line, code]),
    [1, 2, 3, 4, 5].map((line) => [line, "not_json"]),
  );
  for (const one of [cyclic, undefined, null, 5] as unknown as Message[]) {
    const result = contact.apply(one, { now });
    assert.equal(result.refused.length, 1);
    assert.equal(result.refused[0]?.line, 1);
  }
});

test("a message that JSON cannot say moves the clock like any other", async () => {
  const contact = await contactOf();
  contact.apply(viewed("u1", now), { now });
  for (const nothing of [[], "", new Uint8Array(0)]) {
    assert.deepEqual(contact.apply(nothing, { now: now + 1 }), { deltas: [], refused: [] });
  }
  const { deltas, refused } = contact.apply(undefined as never, { now: now + day });
  assert.equal(deltas[0]?.cause, "time");
  assert.equal(refused.length, 1);
});

test("dates among the properties are texts, and a Date is a timestamp", async () => {
  const contact = await contactOf();
  const { deltas } = contact.apply(
    { type: "track", userId: "u1", event: "Product Viewed", timestamp: new Date(now) },
    { now: now + hour },
  );
  assert.equal(deltas.length, 1);
  assert.equal(contact.nextChangeAt(), now + day);
});

test("texts of any alphabet arrive as they are, and lone surrogates harm nobody", async () => {
  const engine = await createEngine({ segments: { ...viewers, id: "x" }, epoch: "0" });
  const id = "Zoë 😀 日本";
  const contact = engine.contact(id);
  const { deltas } = contact.apply([viewed(id, now, "é😀"), viewed(id, now, "\ud800")], { now });
  assert.equal(deltas[0]?.contact, id);
  assert.equal(deltas[0]?.messageId, "é😀");
});

test("a message beyond 64 KiB is refused, however large", async () => {
  const contact = await contactOf();
  for (const length of [70_000, 300_000, 3_000_000]) {
    const large = { ...viewed("u1", now), properties: { text: "x".repeat(length) } };
    const text = JSON.stringify(large);
    const good = JSON.stringify(ordered("u1", now, 1));
    const inputs = [
      [large, ordered("u1", now, 1)],
      `${text}\n${good}`,
      Buffer.from(`${text}\n${good}`),
    ];
    for (const input of [large as Message, ...inputs]) {
      const { refused } = contact.apply(input, { now });
      assert.deepEqual(
        refused.map(({ line }) => line),
        [1],
        `${length}`,
      );
    }
  }
});

test("line numbers go on through lists of any length", async () => {
  const contact = await contactOf();
  const messages = Array.from({ length: 20_000 }, (_, index) =>
    index % 5_000 === 4_999 ? ({ type: "?" } as never) : viewed("u1", now - index, `m${index}`),
  );
  const expected = [5_000, 10_000, 15_000, 20_000];
  const text = messages.map((message) => `${JSON.stringify(message)}\n`).join("");
  for (const input of [messages, text, Buffer.from(text)]) {
    const { refused } = contact.apply(input, { now });
    assert.deepEqual(
      refused.map(({ line }) => line),
      expected,
    );
  }
});

test("a clock that is none is refused before anything is applied", async () => {
  const contact = await contactOf();
  for (const clock of [Number.NaN, 1.5, 9e15, "now", null, new Date()] as unknown as number[]) {
    assert.throws(() => contact.advanceTo(clock), { code: "invalid_argument" });
    assert.throws(() => contact.apply(viewed("u1", 0), { now: clock }), {
      code: "invalid_argument",
    });
  }
  assert.deepEqual(contact.memberships(), []);
});

test("two contacts of one id know nothing of each other", async () => {
  const engine = await createEngine({ segments: viewers });
  const first = engine.contact("u1");
  const second = engine.contact("u1");
  first.apply(viewed("u1", now), { now });
  assert.equal(first.has("viewers"), true);
  assert.equal(second.has("viewers"), false);
});

test("a timeline tells every change in a range, also of windows that nobody was there to see", async () => {
  const contact = await contactOf();
  contact.apply([viewed("u1", now), viewed("u1", now + 3 * day)], { now: now + 10 * day });
  const whole = contact.timeline("viewers", { from: now, to: now + 10 * day });
  assert.deepEqual(whole, [
    { change: "entered", at: now },
    { change: "exited", at: now + day },
    { change: "entered", at: now + 3 * day },
    { change: "exited", at: now + 4 * day },
  ]);
  assert.deepEqual(contact.timeline("viewers", { from: now + 1, to: now + day }), [whole[1]]);
  assert.deepEqual(contact.timeline("viewers", { from: now + day + 1, to: now + 2 * day }), []);
  assert.equal(contact.has("viewers"), false, "asking changes nothing");
});

test("a timeline of a segment that nobody defined, or of no range, is refused", async () => {
  const contact = await contactOf();
  const range = { from: now, to: now };
  assert.throws(() => contact.timeline("nobody", range), { code: "unknown_segment" });
  assert.throws(() => contact.timeline("viewers", { from: now, to: Number.NaN }), {
    code: "invalid_argument",
  });
  assert.deepEqual(contact.timeline("viewers", { from: now, to: now - 1 }), []);
  contact.dispose();
  assert.throws(() => contact.timeline("viewers", range), { code: "disposed" });
});
