import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Audience, LoadProgress, SegmentDefinition } from "@fosterflow/segments/audience";
import { createAudience, SegmentError } from "@fosterflow/segments/audience";

const day = 86_400_000;
const at = Date.UTC(2026, 10, 1);

const buyers: SegmentDefinition = {
  version: 1,
  id: "buyers",
  when: {
    kind: "event",
    event: "Order Completed",
    op: "gte",
    value: 2,
    window: { last: { days: 30 } },
  },
};
const reachable: SegmentDefinition = {
  version: 1,
  id: "reachable",
  when: { kind: "channel", channel: "email", op: "reachable" },
};
const both: SegmentDefinition = {
  version: 1,
  id: "reachable-buyers",
  when: {
    kind: "all",
    of: [
      { kind: "segment", segment: "buyers", op: "in" },
      { kind: "segment", segment: "reachable", op: "in" },
    ],
  },
};
const spent = { event: "Order Completed", measure: { fn: "sum", property: "total" } } as const;

function order(contact: string, daysAgo: number, total: number, id?: string): string {
  return JSON.stringify({
    type: "track",
    event: "Order Completed",
    userId: contact,
    timestamp: at - daysAgo * day,
    properties: { total, category: "shoes" },
    ...(id === undefined ? {} : { messageId: id }),
  });
}
const email = (contact: string) =>
  `{"type":"channel","userId":"${contact}","channel":"email","reachable":true,"timestamp":${at}}`;

const lines = [
  order("a", 1, 10, "m1"),
  order("a", 2, 20, "m2"),
  order("b", 40, 30),
  order("b", 3, 40),
  order("c", 4, 50, "m1"),
  order("c", 5, 60, "m1"),
  order("d", 1, 5),
  order("d", 1, 5),
  email("d"),
  email("b"),
  `{"type":"identify","userId":"e","timestamp":${at}}`,
];
const ndjson = `${lines.join("\n")}\n`;

async function loaded(): Promise<Audience> {
  const audience = await createAudience({ segments: [buyers, reachable, both] });
  await audience.load(ndjson);
  return audience;
}

function rejection(code: string) {
  return (error: unknown) => error instanceof SegmentError && error.code === code;
}

test("counts, members and statistics", async () => {
  const audience = await loaded();
  assert.equal(audience.count("buyers", { at }), 2);
  assert.deepEqual(audience.counts({ at }), { buyers: 2, reachable: 2, "reachable-buyers": 1 });
  assert.deepEqual(audience.members("buyers", { at }), ["a", "d"]);
  assert.deepEqual(audience.members("buyers", { at, limit: 1 }), ["a"]);
  assert.deepEqual(audience.members("buyers", { at, after: "a" }), ["d"]);
  assert.equal(audience.count("buyers", { at: at - 2 * day }), 0);
  const { contacts, events, messages } = audience.statistics();
  assert.deepEqual({ contacts, events, messages }, { contacts: 5, events: 7, messages: 11 });
});

test("a definition that is being edited sees the segments in force", async () => {
  const audience = await loaded();
  const draft = structuredClone(both);
  (draft.when as unknown as { of: unknown[] }).of.pop();
  assert.equal(audience.count(draft, { at }), 2);
  assert.equal(audience.count("reachable-buyers", { at }), 1);
  assert.deepEqual(audience.impact(draft, { at }), {
    before: 1,
    after: 2,
    entering: { count: 1, members: ["a"] },
    leaving: { count: 0, members: [] },
  });
  assert.equal(audience.impact({ ...draft, id: "new" }, { at }).before, 0);
  assert.throws(
    () => audience.count({ ...buyers, when: { kind: "event", event: "" } } as never),
    (error) =>
      error instanceof SegmentError &&
      error.code === "definitions_refused" &&
      error.problems[0]?.path === "/when/event",
  );
  assert.throws(() => audience.count("nobody"), rejection("unknown_segment"));
  assert.throws(() => audience.count([] as never), rejection("definitions_refused"));
});

test("overlap, distribution and quantiles", async () => {
  const audience = await loaded();
  assert.deepEqual(audience.overlap("buyers", "reachable", { at }), {
    first: 2,
    second: 2,
    both: 1,
    either: 3,
  });
  // a 30, b 70, c 60 (one message), d 10, e 0
  assert.deepEqual(audience.distribution(spent, { at, buckets: [0, 30, 70] }), {
    contacts: 5,
    missing: 0,
    minimum: 0,
    maximum: 70,
    mean: 34,
    buckets: [
      { from: 0, to: 30, count: 2 },
      { from: 30, to: 70, count: 3 },
    ],
  });
  assert.equal(audience.distribution(spent, { at, buckets: 7 }).buckets.length, 7);
  assert.equal(audience.quantile(spent, 0.5, { at }), 30);
  assert.equal(audience.quantile(spent, 0, { at }), 0);
  assert.equal(audience.quantile(spent, 1, { at }), 70);
  const average = { ...spent, measure: { fn: "avg", property: "total" } } as const;
  assert.equal(audience.distribution(average, { at }).missing, 1);
  assert.equal(audience.quantile({ ...average, event: "Nothing" }, 0.5, { at }), undefined);
  assert.deepEqual(audience.distribution({ ...average, event: "Nothing" }, { at }), {
    contacts: 0,
    missing: 5,
    buckets: [],
  });
  // Of the buyers a and d alone, by the segment; of the others by a definition.
  const { contacts, missing, mean } = audience.distribution(spent, { at, within: "buyers" });
  assert.deepEqual([contacts, missing, mean], [2, 0, 20]);
  const others = { ...buyers, id: "others", when: { kind: "none", of: [buyers.when] } } as const;
  assert.equal(audience.distribution(spent, { at, within: others }).contacts, 3);
  assert.equal(audience.distribution(average, { at, within: others }).missing, 1);
  assert.equal(audience.quantile(spent, 1, { at, within: others }), 70);
  assert.equal(audience.quantile(spent, 1, { at, within: "buyers" }), 30);
  assert.throws(() => audience.quantile(spent, 1, { within: "x" }), rejection("unknown_segment"));
  assert.throws(() => audience.quantile(spent, 1.1), rejection("invalid_argument"));
  assert.throws(
    () => audience.distribution(spent, { buckets: [2, 1] }),
    rejection("invalid_argument"),
  );
  assert.throws(
    () => audience.quantile({ event: "X", measure: { fn: "none" } } as never, 0.5),
    (error) => error instanceof SegmentError && error.path === "/measure/fn",
  );
});

test("every kind of source gives the same", async () => {
  const bytes = new TextEncoder().encode(ndjson);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let place = 0; place < bytes.length; place += 7) {
        controller.enqueue(bytes.subarray(place, place + 7));
      }
      controller.close();
    },
  });
  const expected = (await loaded()).counts({ at });
  for (const source of [bytes, new Blob([bytes]), stream]) {
    const audience = await createAudience({ segments: [buyers, reachable, both] });
    const { lines: count, refusedCount } = await audience.load(source);
    assert.deepEqual([count, refusedCount], [lines.length, 0]);
    assert.deepEqual(audience.counts({ at }), expected);
  }
  const audience = await createAudience({ segments: [buyers] });
  await assert.rejects(audience.load(17 as never), rejection("invalid_argument"));
});

test("refused lines are told with their numbers, and the others count", async () => {
  const audience = await createAudience({ segments: [buyers] });
  const told: number[] = [];
  const progress: LoadProgress[] = [];
  const result = await audience.load(
    `${order("a", 1, 1)}\n{"type":"track"}\n\nnonsense\n${order("a", 2, 1)}`,
    {
      onRefused: (refused) => told.push(...refused.map(({ line }) => line)),
      onProgress: (step) => progress.push(step),
    },
  );
  assert.deepEqual(told, [2, 4]);
  assert.equal(result.refusedCount, 2);
  assert.equal(result.refused[0]?.code, "missing_id");
  assert.equal(audience.count("buyers", { at }), 1);
  assert.equal(progress.at(-1)?.refused, 2);
  assert.equal(progress.at(-1)?.bytes, progress.at(-1)?.totalBytes);
});

test("a load that is ended takes nothing", async () => {
  const audience = await loaded();
  const before = audience.counts({ at });
  const controller = new AbortController();
  const endless = new ReadableStream<Uint8Array>({
    pull(controllerOfStream) {
      controllerOfStream.enqueue(new TextEncoder().encode(`${order("z", 1, 1)}\n`));
    },
  });
  const loading = audience.load(endless, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  assert.throws(() => audience.count("buyers"), rejection("invalid_argument"));
  await assert.rejects(audience.load(ndjson), rejection("invalid_argument"));
  await assert.rejects(loading, /enough/);
  assert.deepEqual(audience.counts({ at }), before);
  assert.equal(audience.statistics().contacts, 5);
});

test("messages that come later count at once", async () => {
  const audience = await loaded();
  const message = JSON.parse(order("c", 1, 1)) as never;
  assert.deepEqual(audience.append(message), { refused: [] });
  assert.deepEqual(audience.members("buyers", { at }), ["a", "c", "d"]);
  const { refused } = audience.append([message, { type: "what" }, 7n] as never);
  assert.deepEqual(
    refused.map(({ line, code }) => [line, code]),
    [
      [2, "unknown_type"],
      [3, "not_json"],
    ],
  );
  audience.append(`{"type":"alias","previousId":"a","userId":"b","timestamp":1}\n${email("c")}`);
  assert.deepEqual(audience.members("reachable-buyers", { at }), ["b", "c", "d"]);
  assert.equal(audience.statistics().contacts, 4);
});

test("a file opens as it was saved", async () => {
  const audience = await loaded();
  const file = audience.save();
  const other = await createAudience({ segments: [buyers, both, reachable] });
  other.open(file);
  assert.deepEqual(other.counts({ at }), audience.counts({ at }));
  // What finds copies is in it, too.
  await other.load(order("c", 9, 1, "m1"));
  assert.equal(other.statistics().events, 7);
  const damaged = file.slice();
  damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
  assert.throws(() => other.open(damaged), rejection("audience_damaged"));
  const newer = file.slice();
  newer[8] = 9;
  assert.throws(() => other.open(newer), rejection("audience_version"));
  assert.throws(() => other.open(new Uint8Array(3)), rejection("audience_damaged"));
  assert.equal(other.count("reachable-buyers", { at }), 1);
});

test("segments and parameters are put in force as a whole", async () => {
  const segment: SegmentDefinition = {
    ...buyers,
    parameters: { orders: 2 },
    when: { ...buyers.when, value: { parameter: "orders" } } as SegmentDefinition["when"],
  };
  const audience = await createAudience({ segments: segment, parameters: { orders: 1 } });
  await audience.load(ndjson);
  assert.equal(audience.count("buyers", { at }), 4);
  assert.throws(() => audience.define("[{}]"), rejection("definitions_refused"));
  assert.equal(audience.count("buyers", { at }), 4);
  audience.define(segment, { parameters: {} });
  assert.equal(audience.count("buyers", { at }), 2);
  audience.clear();
  assert.equal(audience.count("buyers", { at }), 0);
  audience.dispose();
  assert.throws(() => audience.count("buyers"), rejection("disposed"));
});

test("the core may be handed in", async () => {
  const wasm = readFileSync(new URL("../../dist/audience.wasm", import.meta.url));
  const audience = await createAudience({ segments: [buyers], wasm });
  await audience.load(ndjson);
  assert.equal(audience.count("buyers", { at }), 2);
});
