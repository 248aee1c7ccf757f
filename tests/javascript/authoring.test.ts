import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type SegmentDefinition, SegmentError as SharedError } from "@fosterflow/segments";
import * as authoring from "@fosterflow/segments/authoring";

const { createAuthoring, describe, diff, fromQueryBuilder, lint, normalForm, SegmentError } =
  authoring;

const buyers: SegmentDefinition = {
  version: 1,
  id: "buyers",
  name: "Buyers",
  parameters: { orders: 3 },
  when: {
    kind: "all",
    of: [
      {
        kind: "event",
        event: "Order Completed",
        op: "gte",
        value: { parameter: "orders" },
        window: { last: { days: 30 } },
      },
      { kind: "attribute", attribute: "country", op: "eq", value: "US" },
    ],
  },
};

test("the entry exports these values and no others, and starts nothing by itself", () => {
  assert.deepEqual(Object.keys(authoring).sort(), [
    "SegmentError",
    "createAuthoring",
    "describe",
    "diff",
    "fromQueryBuilder",
    "instantiate",
    "lint",
    "normalForm",
    "personaArguments",
    "personas",
    "suggestThresholds",
    "templates",
    "toQueryBuilder",
    "toSql",
  ]);
});

test("a rule is a query in three dialects", async () => {
  for (const dialect of ["duckdb", "postgres", "clickhouse"] as const) {
    const queries = await authoring.toSql(buyers, { dialect, at: Date.UTC(2026, 10, 23) });
    assert.deepEqual(Object.keys(queries), ["buyers"]);
    assert.deepEqual(queries["buyers"]?.refusals, []);
    assert.match(queries["buyers"]?.sql ?? "", /contact_id/);
  }
  await assert.rejects(authoring.toSql(buyers, { dialect: "sqlite" as never, at: 0 }), {
    code: "invalid_argument",
  });
});

test("describe says the rule in two languages, with parameters in force", async () => {
  const [english] = await describe(buyers);
  assert.equal(
    english?.sentence,
    'A contact is in "Buyers" if "Order Completed" happened at least 3 times in the last 30 days, ' +
      'and the contact\'s country is "US".',
  );
  assert.deepEqual(english?.condition, {
    kind: "all",
    path: "/when",
    phrase: "all of these hold",
    of: [
      {
        kind: "event",
        path: "/when/of/0",
        phrase: '"Order Completed" happened at least 3 times in the last 30 days',
      },
      { kind: "attribute", path: "/when/of/1", phrase: 'the contact\'s country is "US"' },
    ],
  });
  const [german] = await describe(JSON.stringify([buyers]), {
    language: "de",
    parameters: { orders: 5 },
  });
  assert.equal(
    german?.sentence,
    "Ein Kontakt ist in „Buyers“, wenn gilt: „Order Completed“ geschah mindestens 5-mal in den " +
      "letzten 30 Tagen, und country des Kontakts ist „US“.",
  );
});

test("a segment is looked at without those that it names", async () => {
  const definition: SegmentDefinition = {
    version: 1,
    id: "rest",
    when: { kind: "segment", segment: "somewhere", op: "not_in" },
  };
  const [described] = await describe(definition);
  assert.match(described?.sentence ?? "", /not in the segment "somewhere"/);
  const { findings, segments } = await lint(definition);
  assert.deepEqual(findings, []);
  assert.deepEqual(segments[0]?.local, {
    runs: false,
    reasons: [
      {
        path: "/when",
        code: "reads_segment",
        message: 'It reads the segment "somewhere", which was not given.',
      },
    ],
  });
});

test("what is refused is refused with all problems, by the one class of errors", async () => {
  assert.equal(SegmentError, SharedError);
  const broken = { ...buyers, when: { kind: "event", event: "", op: "gtee" } } as never;
  for (const call of [describe(broken), lint(broken), normalForm(broken), diff(buyers, broken)]) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof SegmentError);
      assert.equal(error.code, "definitions_refused");
      assert.deepEqual(
        error.problems.map(({ code }) => code),
        ["empty_name", "unknown_operator"],
      );
      return true;
    });
  }
  await assert.rejects(describe("not JSON"), { code: "definitions_refused" });
  await assert.rejects(describe(buyers, { parameters: { nothing: 1 } }), {
    code: "definitions_refused",
  });
});

test("one may have a core of one's own", async () => {
  const wasm = readFileSync(new URL("../../dist/studio.wasm", import.meta.url));
  const own = await createAuthoring({ wasm });
  assert.equal(own.templates().length, 15);
  own.dispose();
  assert.throws(() => own.templates(), { code: "disposed" });
  await assert.rejects(createAuthoring({ wasm: new Uint8Array(3) }), { code: "core_unavailable" });
});

test("lint finds contradictions, repetitions and strangers, and says where", async () => {
  const often = { kind: "event", event: "X", op: "gte", value: 3, window: { last: { days: 7 } } };
  const seldom = { kind: "event", event: "X", op: "lte", value: 1, window: { last: { days: 30 } } };
  const report = async (when: unknown) =>
    (await lint({ version: 1, id: "s", when } as SegmentDefinition)).findings.map(
      ({ code, path, related = [] }) => [code, path, ...related].join(" "),
    );
  assert.deepEqual(await report({ kind: "all", of: [often, seldom] }), [
    "always_false /when /when/of/0 /when/of/1",
    "nobody /when",
  ]);
  assert.deepEqual(await report({ kind: "all", of: [often, { kind: "event", event: "X" }] }), [
    "redundant /when/of/1 /when/of/0",
  ]);
  assert.deepEqual(await report({ kind: "all", of: [often, often] }), [
    "duplicate /when/of/1 /when/of/0",
  ]);
  assert.deepEqual(await report({ kind: "none", of: [often] }), [
    "admits_unknown /when /when/of/0",
  ]);
  assert.deepEqual(await report({ kind: "any", of: [seldom, { ...seldom, op: "gt" }] }), [
    "always_true /when /when/of/0 /when/of/1",
    "everybody /when",
  ]);
  const [first] = (
    await lint({ version: 1, id: "s", when: { kind: "all", of: [often, seldom] } } as never)
  ).findings;
  assert.equal(
    first?.message,
    'These two can never hold together: "X" happened at least 3 times in the last 7 days; ' +
      '"X" happened at most 1 time in the last 30 days.',
  );
});

test("lint knows what was seen, how long events are kept, and what a rule costs", async () => {
  const { findings, segments } = await lint(
    [
      {
        version: 1,
        id: "s",
        when: {
          kind: "all",
          of: [
            {
              kind: "event",
              event: "order completed",
              measure: { fn: "distinct", property: "sku" },
              op: "gte",
              value: 2,
              window: { last: { days: 400 } },
            },
            {
              kind: "event",
              event: "Product Viewed",
              where: {
                kind: "item",
                items: "products",
                where: { kind: "property", property: "categry", op: "eq", value: "Shoes" },
              },
            },
            { kind: "attribute", attribute: "address", op: "is_set" },
            { kind: "attribute", attribute: "contry", op: "eq", value: "US" },
            { kind: "list", list: "vip", op: "in" },
            { kind: "channel", channel: "emial", op: "reachable" },
          ],
        },
      },
    ],
    {
      retentionDays: 365,
      seen: {
        events: {
          "Order Completed": { properties: ["total"] },
          "Product Viewed": { properties: ["products", "products[].category"] },
        },
        traits: { country: 3, "address.city": 1 },
        channels: ["email", "sms"],
        lists: [],
      },
    },
  );
  assert.deepEqual(
    findings.map(({ code, path, suggestion = "" }) => `${code} ${path} ${suggestion}`.trim()),
    [
      "unknown_event /0/when/of/0/event Order Completed",
      "unknown_property /0/when/of/1/where/where/property products[].category",
      "unknown_trait /0/when/of/3/attribute country",
      "unknown_list /0/when/of/4/list",
      "unknown_channel /0/when/of/5/channel email",
      "window_beyond_retention /0/when/of/0/window",
      "window_unbounded /0/when/of/1",
    ],
  );
  assert.equal(
    findings[0]?.message,
    'No event "order completed" was seen in the data. Did you mean "Order Completed"?',
  );
  const [summary] = segments;
  assert.deepEqual(summary?.cost, { class: "medium", points: 11 });
  assert.ok((summary?.state.bytes ?? 0) > 100 && (summary?.state.bytesPerEvent ?? 0) > 0);
  assert.deepEqual(
    summary?.local.reasons.map(({ code }) => code),
    ["reads_list", "reads_channel"],
  );
});

test("definitions that mean the same have one normal form", async () => {
  const other = {
    ...buyers,
    name: "Others",
    timezone: "UTC",
    meta: { color: "red" },
    when: {
      kind: "all",
      of: [
        { kind: "all", of: [{ kind: "attribute", attribute: "country", op: "in", value: ["US"] }] },
        {
          kind: "none",
          of: [
            {
              kind: "event",
              event: ["Order Completed"],
              measure: { fn: "count" },
              op: "lt",
              value: { parameter: "orders" },
              window: { last: { hours: 720 } },
            },
          ],
        },
        { kind: "attribute", attribute: "country", op: "eq", value: "US" },
      ],
    },
  } as SegmentDefinition;
  assert.deepEqual(await normalForm(other), await normalForm(buyers));
  assert.equal((await diff(buyers, other)).same, true);
});

test("a parameter in the place of a value is no change of words", async () => {
  const parameters = { enough: 3 } as const;
  const when = { kind: "event", event: "Order Completed", op: "gte" } as const;
  const before = { version: 1, id: "s", parameters, when: { ...when, value: 3 } } as const;
  const after = { ...before, when: { ...when, value: { parameter: "enough" } } } as const;
  const { same, changes } = await diff(before, after);
  assert.equal(same, false);
  assert.deepEqual(
    changes.map(({ line }) => line),
    ['rewritten, in the same words as before: "Order Completed" happened at least 3 times'],
  );
});

test("a difference is told by line, by place and as data", async () => {
  const after: SegmentDefinition = {
    ...buyers,
    name: "Good buyers",
    parameters: { orders: 4 },
    when: {
      kind: "all",
      of: [
        { kind: "attribute", attribute: "country", op: "in", value: ["US", "CA"] },
        { kind: "channel", channel: "email", op: "reachable" },
      ],
    },
  };
  const { same, changes } = await diff(buyers, after);
  assert.equal(same, false);
  assert.deepEqual(
    changes.map(({ change, what, path, line }) => `${change} ${what} ${path}: ${line}`),
    [
      'changed name /name: name changed from "Buyers" to "Good buyers"',
      "changed parameter /parameters/orders: orders changed from 3 to 4",
      'changed condition /when/of/0: changed: the contact\'s country is "CA" or "US"; before: ' +
        'the contact\'s country is "US"',
      'removed condition /when/of/0: removed: "Order Completed" happened at least 3 times in the last 30 days',
      'added condition /when/of/1: added: the contact can be reached by "email"',
    ].map((line) => line.replace('"CA" or "US"', '"US" or "CA"')),
  );
  assert.deepEqual(changes[2]?.before, buyers.when.kind === "all" ? buyers.when.of[1] : null);
  assert.deepEqual(await diff(buyers, buyers), { same: true, changes: [] });
});

test("options that do not suit are refused, and deep or odd input is no more than refused", async () => {
  for (const [call, path] of [
    [describe(buyers, { language: "fr" as never }), "/language"],
    [lint(buyers, { retentionDays: -1 }), "/retentionDays"],
    [lint(buyers, { retentionDays: "365" as never }), "/retentionDays"],
    [lint(buyers, { seen: [] as never }), "/seen"],
  ] as const) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof SegmentError);
      assert.equal(error.code, "invalid_argument");
      assert.equal(error.path, path);
      return true;
    });
  }
  await assert.rejects(diff([buyers] as never, [buyers, buyers] as never), {
    code: "definitions_refused",
  });
  for (const depth of [30, 33, 100, 250, 300, 1000]) {
    let group: unknown = { field: "a", operator: "null" };
    let list: unknown = [];
    for (let level = 0; level < depth; level += 1) {
      group = { combinator: "and", not: true, rules: [group] };
      list = [list];
    }
    if (depth > 32) await assert.rejects(fromQueryBuilder(group as never), SegmentError);
    const seen = { seen: { events: { X: { properties: list } } } } as never;
    if (depth < 250) assert.ok(await lint(buyers, seen));
    else if (depth > 300) await assert.rejects(lint(buyers, seen), { code: "invalid_argument" });
    const deep = { ...buyers, meta: list };
    if (depth < 60) assert.equal((await diff(deep, buyers)).same, true);
    else if (depth > 64) await assert.rejects(diff(buyers, deep), SegmentError);
  }
  // The core still answers.
  assert.equal((await describe(buyers)).length, 1);
});

test("large rules are looked at in bounded time", async () => {
  const leaf = (index: number) => ({
    kind: "event",
    event: "X",
    op: "gte",
    value: index,
    window: { last: { days: 1 + (index % 300) } },
  });
  const of = Array.from({ length: 4000 }, (_, index) => leaf(index));
  const large = { version: 1, id: "large", when: { kind: "any", of } } as SegmentDefinition;
  const began = performance.now();
  assert.ok((await describe(large))[0]?.sentence);
  assert.ok((await lint(large)).findings.length > 0);
  assert.equal((await diff(large, { ...large, name: "Large" })).same, true);
  assert.ok(performance.now() - began < 20_000);
});
