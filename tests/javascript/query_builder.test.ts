import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { SegmentDefinition } from "@fosterflow/segments";
import {
  describe,
  fromQueryBuilder,
  normalForm,
  SegmentError,
  toQueryBuilder,
} from "@fosterflow/segments/authoring";
import { evaluate } from "../oracle/evaluate.ts";
import { Random } from "../oracle/generator/random.ts";

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
  assert.deepEqual<unknown>(condition, {
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
  const definition = (when: typeof condition): SegmentDefinition => ({ version: 1, id: "q", when });
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
