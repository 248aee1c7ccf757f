import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, type SegmentDefinition, SegmentError } from "@fosterflow/segments";
import {
  both,
  day,
  highRollers,
  ordered,
  startOfYear,
  viewed,
  viewers,
} from "./example_segments.ts";

function refusal(act: () => unknown): SegmentError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof SegmentError);
    return error;
  }
  return assert.fail("nothing was thrown");
}

/** What nobody could write in TypeScript, but everybody in JSON. */
const mistaken = [
  { version: 1, id: "a", when: { kind: "event", even: "Product Viewed" } },
  { version: 1, id: "b c", when: { kind: "all", of: [] } },
] as unknown as SegmentDefinition[];

test("an engine tells what its segments are and what they depend on", async () => {
  const engine = await createEngine({ segments: [viewers, highRollers, both] });
  const summaries = engine.segments();
  assert.deepEqual(
    summaries.map(({ id }) => id),
    ["both", "high-rollers", "viewers"],
  );
  const [ofBoth, ofHighRollers, ofViewers] = summaries;
  assert.equal(ofViewers?.name, "Viewers");
  assert.equal(ofViewers?.description, "Saw a product within a day.");
  assert.match(ofViewers?.definition ?? "", /^[0-9a-f]{16}$/);
  assert.deepEqual(ofViewers?.dependsOn.events, ["Product Viewed"]);
  assert.deepEqual(ofViewers?.usedBy, ["both"]);
  assert.deepEqual(ofHighRollers?.dependsOn.events, ["Order Completed"]);
  assert.deepEqual(ofBoth?.dependsOn.segments.toSorted(), ["high-rollers", "viewers"]);
});

test("one definition, a list, JSON text and bytes mean the same", async () => {
  const text = JSON.stringify(viewers);
  const inputs = [viewers, [viewers], text, `[${text}]`, new TextEncoder().encode(text)];
  for (const segments of inputs) {
    const engine = await createEngine({ segments });
    assert.equal(engine.segments()[0]?.id, "viewers");
    engine.dispose();
  }
});

test("refused definitions come with every problem and its place", async () => {
  await assert.rejects(createEngine({ segments: mistaken }), (error) => {
    assert.ok(error instanceof SegmentError);
    assert.equal(error.code, "definitions_refused");
    const paths = error.problems.map(({ path }) => path);
    assert.ok(paths.includes("/0/when/even"), paths.join());
    assert.ok(paths.includes("/1/id"), paths.join());
    assert.ok(paths.includes("/1/when/of"), paths.join());
    assert.equal(error.path, paths[0]);
    for (const problem of error.problems) {
      assert.deepEqual(Object.keys(problem).sort(), ["code", "message", "path", "severity"]);
    }
    assert.match(error.message, /refused with \d errors\. \/\d\//);
    return true;
  });
});

test("a refused set leaves the old one in force", async () => {
  const engine = await createEngine({ segments: viewers });
  const contact = engine.contact("u1");
  contact.apply(viewed("u1", startOfYear), { now: startOfYear });
  assert.equal(refusal(() => engine.define(mistaken)).code, "definitions_refused");
  assert.deepEqual(
    engine.segments().map(({ id }) => id),
    ["viewers"],
  );
  assert.equal(contact.has("viewers"), true);
});

test("define tells what has changed, and open contacts tell what it changes for them", async () => {
  const engine = await createEngine({ segments: [viewers, highRollers] });
  const contact = engine.contact("u1");
  contact.apply(ordered("u1", startOfYear, 150), { now: startOfYear });
  const cheaper = { ...highRollers, parameters: { highValue: 100 } };
  const { problems, changed } = engine.define([cheaper, { ...viewers, id: "watchers" }]);
  assert.deepEqual(problems, []);
  assert.deepEqual(changed, {
    added: ["watchers"],
    updated: ["high-rollers"],
    removed: ["viewers"],
  });
  const deltas = contact.advanceTo(startOfYear + 1000);
  assert.deepEqual(
    deltas.map(({ segment, change, cause }) => ({ segment, change, cause })),
    [{ segment: "high-rollers", change: "entered", cause: "definition" }],
  );
  assert.equal(contact.has("high-rollers"), true);
});

test("parameters are overridden without rewriting the rule, and stay so", async () => {
  const engine = await createEngine({ segments: highRollers, parameters: { highValue: 50 } });
  const contact = engine.contact("u1");
  contact.apply(ordered("u1", startOfYear, 60), { now: startOfYear });
  assert.equal(contact.has("high-rollers"), true);
  engine.define({ ...highRollers, name: "High rollers" });
  contact.advanceTo(startOfYear);
  assert.equal(contact.has("high-rollers"), true, "the override is in force still");
  engine.define(highRollers, { parameters: { highValue: 70 } });
  contact.advanceTo(startOfYear);
  assert.equal(contact.has("high-rollers"), false);
});

test("an override that no segment declares is refused, by its name", async () => {
  const engine = await createEngine({ segments: highRollers });
  const error = refusal(() => engine.define(highRollers, { parameters: { hihgValue: 1 } }));
  assert.deepEqual(error.problems, []);
  assert.match(error.parameterProblems[0]?.message ?? "", /hihgValue/);
  assert.equal(error.path, "/hihgValue");
});

test("a warning does not refuse", async () => {
  const engine = await createEngine({ segments: viewers });
  const { problems } = engine.define({
    ...viewers,
    when: { kind: "event", event: "Product Viewed", window: { last: { days: 0 } } },
  });
  assert.equal(problems[0]?.severity, "warning");
});

test("what is not JSON is refused as an argument", async () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["itself"] = cyclic;
  const values = [cyclic, undefined, 1n, () => 1];
  for (const segments of values as unknown as SegmentDefinition[]) {
    await assert.rejects(createEngine({ segments }), { code: "invalid_argument" });
  }
  const engine = await createEngine({ segments: "[]" });
  assert.equal(refusal(() => engine.contact("")).code, "invalid_argument");
  assert.equal(refusal(() => engine.contact(7 as unknown as string)).code, "invalid_argument");
  await assert.rejects(createEngine({ segments: [], source: "" }), { code: "invalid_argument" });
});

test("deltas carry the source and the epoch", async () => {
  const given = await createEngine({ segments: viewers, source: "edge", epoch: "e1" });
  const [delta] = given
    .contact("u1")
    .apply(viewed("u1", startOfYear, "m1"), { now: startOfYear + day / 2 }).deltas;
  assert.deepEqual(delta, {
    id: "edge:e1:u1:1",
    source: "edge",
    epoch: "e1",
    contact: "u1",
    sequence: 1,
    segment: "viewers",
    definition: given.segments()[0]?.definition,
    change: "entered",
    at: "2026-01-01T12:00:00.000Z",
    decidedAt: "2026-01-01T12:00:00.000Z",
    cause: "message",
    messageId: "m1",
  });
});

test("by default the source is local and the epoch a new UUID of version 7", async () => {
  const epochs = await Promise.all(
    [1, 2].map(async () => {
      const engine = await createEngine({ segments: viewers });
      const now = Date.now();
      const [delta] = engine.contact("u1").apply(viewed("u1", now), { now }).deltas;
      assert.equal(delta?.source, "local");
      return delta?.epoch ?? "";
    }),
  );
  for (const epoch of epochs) {
    assert.match(epoch, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const createdAt = Number.parseInt(epoch.replaceAll("-", "").slice(0, 12), 16);
    assert.ok(Math.abs(Date.now() - createdAt) < 60_000);
  }
  assert.notEqual(epochs[0], epochs[1]);
});

test("engines know nothing of each other", async () => {
  const first = await createEngine({ segments: viewers });
  const second = await createEngine({ segments: highRollers });
  first.contact("u1").apply(viewed("u1", startOfYear), { now: startOfYear });
  assert.equal(second.openContactCount, 0);
  assert.deepEqual(second.contact("u1").memberships(), []);
});

const viewedToday: SegmentDefinition = {
  version: 1,
  id: "today",
  timezone: "Pacific/Auckland",
  when: {
    kind: "event",
    event: "Product Viewed",
    window: { calendar: { unit: "day", current: true } },
  },
};

test("a segment's time zone comes from the runtime; names are exact", async () => {
  const engine = await createEngine({ segments: viewedToday });
  const contact = engine.contact("u1");
  const noon = Date.UTC(2026, 6, 1, 12);
  contact.apply(viewed("u1", noon - day), { now: noon - day });
  // Auckland is 12 hours ahead in its winter: midnight there is noon in UTC.
  assert.equal(contact.nextChangeAt(), noon);
  const misspelled = { ...viewedToday, timezone: "pacific/auckland" };
  const error = refusal(() => engine.define(misspelled));
  assert.equal(error.problems[0]?.code, "unknown_timezone");
});

test("a runtime that cannot tell a zone's offsets leaves the engine alive, in UTC", async () => {
  const engine = await createEngine({ segments: { ...viewedToday, timezone: "Asia/Tokyo" } });
  const contact = engine.contact("u1");
  const noon = Date.UTC(2026, 6, 1, 12);
  const { DateTimeFormat } = Intl;
  Intl.DateTimeFormat = (() => {
    throw new RangeError("no such zone");
  }) as unknown as typeof DateTimeFormat;
  try {
    contact.apply(viewed("u1", noon), { now: noon });
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
  }
  assert.equal(contact.has("today"), true);
  assert.equal(contact.nextChangeAt(), noon + day / 2);
});

test("a zone that no window needs is not asked for", async () => {
  const { DateTimeFormat } = Intl;
  Intl.DateTimeFormat = (() => assert.fail("asked")) as unknown as typeof DateTimeFormat;
  try {
    const engine = await createEngine({ segments: { ...viewers, timezone: "Asia/Seoul" } });
    const contact = engine.contact("u1");
    contact.apply(viewed("u1", startOfYear), { now: startOfYear });
    assert.equal(contact.nextChangeAt(), startOfYear + day);
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
  }
});

/** Two segments of which one depends on a parameter. */
const spenders: SegmentDefinition[] = [
  {
    version: 1,
    id: "spenders",
    parameters: { highValue: 200 },
    when: {
      kind: "event",
      event: "Order Completed",
      measure: { fn: "sum", property: "total" },
      op: "gte",
      value: { parameter: "highValue" },
    },
  },
  viewers,
];

test("parameters change while contacts are open, and only what depends on them changes", async () => {
  const engine = await createEngine({ segments: spenders, source: "test", epoch: "0" });
  const contact = engine.contact("u1");
  contact.apply([viewed("u1", startOfYear), ordered("u1", startOfYear, 220)], { now: startOfYear });
  assert.deepEqual(engine.setParameters({ highValue: 250 }).changed, {
    added: [],
    updated: ["spenders"],
    removed: [],
  });
  const [exited, ...others] = contact.advanceTo(startOfYear + 1);
  assert.deepEqual(others, []);
  assert.equal(exited?.segment, "spenders");
  assert.equal(exited?.change, "exited");
  assert.equal(exited?.cause, "definition");
  assert.ok(contact.has("viewers"));
  engine.setParameters({ highValue: null });
  assert.ok(contact.has("spenders"), "the definition's own value is in force again");
});

test("parameters that were set stay when others are set or the segments are defined again", async () => {
  const text = JSON.stringify({ ...spenders[0], parameters: { highValue: 200, other: 1 } });
  const engine = await createEngine({ segments: text });
  const contact = engine.contact("u1");
  contact.apply(ordered("u1", startOfYear, 220), { now: startOfYear });
  engine.setParameters({ highValue: 250 });
  engine.setParameters({ other: 2 });
  assert.equal(contact.has("spenders"), false);
  engine.define(text);
  assert.equal(contact.has("spenders"), false);
});

test("parameters that are refused leave everything as it was", async () => {
  const engine = await createEngine({ segments: spenders });
  const before = engine.segments();
  const error = refusal(() => engine.setParameters({ highValue: "much", hihgValue: 3 }));
  assert.equal(error.code, "definitions_refused");
  assert.deepEqual(error.parameterProblems.map(({ code }) => code).toSorted(), [
    "parameter_type",
    "unknown_parameter",
  ]);
  assert.deepEqual(engine.segments(), before);
  assert.equal(
    refusal(() => engine.setParameters(null as unknown as Record<string, number>)).code,
    "invalid_argument",
  );
});
