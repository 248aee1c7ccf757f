import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  type Condition,
  type SegmentDefinition,
  SegmentError as SharedError,
} from "@fosterflow/segments";
import * as authoring from "@fosterflow/segments/authoring";
import { evaluate } from "../oracle/evaluate.ts";
import { Random } from "../oracle/generator/random.ts";

const {
  createAuthoring,
  describe,
  diff,
  fromQueryBuilder,
  lint,
  normalForm,
  SegmentError,
  toQueryBuilder,
} = authoring;

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
  ]);
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
  assert.deepEqual(summary?.cost, { class: "low", points: 12 });
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

const query = {
  combinator: "and",
  rules: [
    { field: "country", operator: "=", value: "US" },
    { field: "age", operator: ">=", value: "18" },
    {
      combinator: "or",
      not: true,
      rules: [
        { field: "plan", operator: "in", value: "free, trial" },
        { field: "tags", operator: "null", value: "" },
      ],
    },
    { field: "score", operator: "between", value: "1,5" },
    { field: "city", operator: "doesNotBeginWith", value: "New" },
    { field: "city", operator: "!=", value: "homeCity", valueSource: "field" },
  ],
};

test("a query of react-querybuilder is a condition over attributes, and goes back", async () => {
  const condition = await fromQueryBuilder(query);
  assert.deepEqual(condition, {
    kind: "all",
    of: [
      { kind: "attribute", attribute: "country", op: "eq", value: "US" },
      { kind: "attribute", attribute: "age", op: "gte", value: 18 },
      {
        kind: "none",
        of: [
          {
            kind: "any",
            of: [
              { kind: "attribute", attribute: "plan", op: "in", value: ["free", "trial"] },
              { kind: "attribute", attribute: "tags", op: "is_not_set" },
            ],
          },
        ],
      },
      { kind: "attribute", attribute: "score", op: "between", value: [1, 5] },
      {
        kind: "none",
        of: [{ kind: "attribute", attribute: "city", op: "starts_with", value: "New" }],
      },
      { kind: "attribute", attribute: "city", op: "ne", value: { attribute: "homeCity" } },
    ],
  });
  const back = await fromQueryBuilder(await toQueryBuilder(condition));
  const definition = (when: Condition): SegmentDefinition => ({ version: 1, id: "q", when });
  assert.deepEqual(await normalForm(definition(back)), await normalForm(definition(condition)));
  const independent = {
    rules: [
      { field: "a", operator: "=", value: 1 },
      "or",
      { field: "b", operator: "=", value: true },
      "and",
      { field: "c", operator: "=", value: "x" },
    ],
  };
  assert.deepEqual(await fromQueryBuilder(independent), {
    kind: "any",
    of: [
      { kind: "attribute", attribute: "a", op: "eq", value: 1 },
      {
        kind: "all",
        of: [
          { kind: "attribute", attribute: "b", op: "eq", value: true },
          { kind: "attribute", attribute: "c", op: "eq", value: "x" },
        ],
      },
    ],
  });
});

async function places(call: Promise<unknown>): Promise<string[]> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof SegmentError);
    assert.equal(error.code, "invalid_argument");
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
  return assert.fail("it was taken");
}

test("what a query or a condition cannot say is named with its place", async () => {
  const rules = [
    { field: "a", operator: "sounds like", value: "x" },
    { field: "a", operator: "<", value: "x" },
    { field: "a", operator: "between", value: [5, 1] },
    { field: "", operator: "=", value: 1 },
    { field: "a", operator: "=", value: [1] },
    { field: "a", operator: "=", value: 1, match: { mode: "all" } },
    { combinator: "and", rules: [] },
    { combinator: "xor", rules: [{ field: "a", operator: "null", value: null }] },
  ];
  assert.deepEqual(await places(fromQueryBuilder({ combinator: "and", rules } as never)), [
    "/rules/0/operator unknown_operator",
    "/rules/1/value invalid_value",
    "/rules/2/value reversed_range",
    "/rules/3/field missing_key",
    "/rules/4/value invalid_value",
    "/rules/5/match unknown_key",
    "/rules/6/rules empty_list",
    "/rules/7/combinator unknown_kind",
  ]);
  assert.deepEqual(await places(fromQueryBuilder("nothing" as never)), [" wrong_type"]);
  assert.deepEqual(
    await places(
      toQueryBuilder({
        kind: "any",
        of: [
          { kind: "event", event: "X" },
          { kind: "attribute", attribute: "a", op: "like", value: "x*" },
          { kind: "attribute", attribute: "a", op: "eq", value: "x", ignoreCase: true },
        ],
      }),
    ),
    [
      "/when/of/0/kind unknown_kind",
      "/when/of/1/op unknown_operator",
      "/when/of/2/ignoreCase unknown_key",
    ],
  );
});

test("random conditions over attributes go through react-querybuilder and back unchanged in meaning", async () => {
  const random = new Random(5);
  const leaf = () => {
    const attribute = random.pick(["a", "b.c"]);
    const op = random.pick([
      "eq",
      "ne",
      "gt",
      "lte",
      "in",
      "not_in",
      "between",
      "contains",
      "is_set",
    ]);
    const kind = "attribute";
    if (op === "is_set") return { kind, attribute, op };
    if (op === "in" || op === "not_in") return { kind, attribute, op, value: ["x", 2, true] };
    if (op === "between") return { kind, attribute, op, value: [1, random.integer(1, 5)] };
    if (op === "contains") return { kind, attribute, op, value: "x" };
    const isOrder = op === "gt" || op === "lte";
    return {
      kind,
      attribute,
      op,
      value: isOrder ? random.integer(0, 4) : random.pick(["x", 2, true]),
    };
  };
  const condition = (depth: number): unknown => {
    if (depth === 0 || random.chance(0.4)) return leaf();
    const of = Array.from({ length: random.integer(1, 3) }, () => condition(depth - 1));
    return { kind: random.pick(["all", "any", "none"]), of };
  };
  const lines = ["x", "xy", 2, 3, true, null, ["x"]].flatMap((value, index) => [
    JSON.stringify({ type: "identify", userId: `u${index}`, timestamp: 0, traits: { a: value } }),
    JSON.stringify({
      type: "identify",
      userId: `v${index}`,
      timestamp: 0,
      traits: { b: { c: value } },
    }),
  ]);
  let members = 0;
  for (let round = 0; round < 300; round += 1) {
    const when = condition(3) as SegmentDefinition["when"];
    const back = await fromQueryBuilder(await toQueryBuilder(when));
    const decided = [when, back].map(
      (rule) =>
        evaluate({ definitions: [{ version: 1, id: "s", when: rule }], lines, at: 1 }).segments[
          "s"
        ],
    );
    assert.deepEqual(decided[1], decided[0], JSON.stringify(when));
    members += decided[0]?.length ?? 0;
  }
  assert.ok(members > 500);
});

test("the examples of docs/import-rules.md are valid", async () => {
  const text = readFileSync(new URL("../../docs/import-rules.md", import.meta.url), "utf8");
  const examples = [...text.matchAll(/```json\n([^`]*)```/g)].map(([, json = ""]) => json);
  assert.equal(examples.length, 12);
  for (const [index, json] of examples.entries()) {
    const when = JSON.parse(json) as SegmentDefinition["when"];
    const [described] = await describe({ version: 1, id: `example-${index + 1}`, when });
    assert.ok(described?.sentence);
  }
});
