import assert from "node:assert/strict";
import { test } from "node:test";
import type { StudioCore } from "../../bindings/javascript/studio_core.ts";
import { coreFromBuild } from "../javascript/core_from_build.ts";
import { evaluate } from "./evaluate.ts";
import { Random } from "./generator/random.ts";
import { newCase } from "./generator.ts";
import type { Line } from "./messages.ts";
import { denseCase } from "./rules_of_few_subjects.ts";
import { rewritten } from "./same_meaning.ts";

// What the core says about rules, held against what the oracle decides by them.

type Json = Record<string, unknown>;

interface Finding {
  segment: string;
  path: string;
  code: string;
  related?: string[];
}

interface Input {
  definitions: Json[];
  lines: readonly Line[];
  instants: readonly number[];
  parameters?: Record<string, unknown> | undefined;
}

function ask(core: StudioCore, task: "normalForm" | "lint", input: Json[], options = {}): unknown {
  const { isRefused, response } = core.author(task, JSON.stringify(input), JSON.stringify(options));
  assert.ok(!isRefused, response);
  return JSON.parse(response);
}

function decide(input: Input, definitions: Json[]): Record<string, string[]>[] {
  const { lines, parameters } = input;
  return input.instants.map((at) => evaluate({ definitions, lines, at, parameters }).segments);
}

/** A segment of everybody besides, so that each contact is seen. */
const everybody = {
  version: 1,
  id: "every-body",
  when: { kind: "none", of: [{ kind: "list", list: "no such list", op: "in" }] },
};

test("a normal form means the same, is its own normal form, and that of every rewriting", async () => {
  const core = await coreFromBuild();
  const random = new Random(99);
  let differing = 0;
  let members = 0;
  for (let seed = 1; seed <= 800; seed += 1) {
    const made = seed % 2 === 0 ? denseCase(seed) : newCase(seed);
    if (made.lines.length > 200) continue;
    const definitions = made.definitions as Json[];
    const normal = ask(core, "normalForm", definitions) as Json[];
    const again = ask(core, "normalForm", normal);
    assert.deepEqual(again, normal, `seed ${seed}: not its own normal form`);
    const asWritten = decide(made, definitions);
    assert.deepEqual(decide(made, normal), asWritten, `seed ${seed}: decides otherwise`);
    members += asWritten.flatMap((segments) => Object.values(segments).flat()).length;
    const other = definitions.map((definition) => rewritten(definition, random) as Json);
    if (JSON.stringify(other) !== JSON.stringify(definitions)) differing += 1;
    assert.deepEqual(ask(core, "normalForm", other), normal, `seed ${seed}: of a rewriting`);
  }
  assert.ok(differing > 500, `${differing}`);
  assert.ok(members > 500, `${members}`);
});

function parts(path: string): string[] {
  return path.split("/").slice(1);
}

function valueAt(root: unknown, path: string): Json {
  return parts(path).reduce((value, key) => (value as Json)[key], root) as Json;
}

/** The definition without a condition or filter; a group that has no other goes too. */
function without(definition: Json, path: string): Json {
  const copy = structuredClone(definition);
  let keys = parts(path);
  for (;;) {
    const of = valueAt(
      copy,
      keys
        .slice(0, -1)
        .map((key) => `/${key}`)
        .join(""),
    ) as unknown as Json[];
    if (of.length > 1) {
      of.splice(Number(keys.at(-1)), 1);
      return copy;
    }
    keys = keys.slice(0, -2);
  }
}

/** Where the filter is that a path leads into, or undefined for a condition. */
function filterStart(path: string): number | undefined {
  const at = parts(path).indexOf("where");
  return at < 0 ? undefined : at;
}

/** A rule that holds for whoever has an event, or an entry of one, for which the filter does not say `expected`. */
function counterexample(definition: Json, path: string, expected: boolean): Json {
  const filter = valueAt(definition, path);
  let where: Json = expected ? { kind: "none", of: [filter] } : filter;
  const inside = parts(path).filter((key) => key === "where").length - 1;
  for (let depth = 0; depth < inside; depth += 1) {
    where = { kind: "item", items: "products", where };
  }
  const event = ["Product Viewed", "Order Completed", "page", "X", "Y", "é", "screen"];
  return { ...definition, when: { kind: "event", event, where } };
}

function checkFinding(input: Input, finding: Finding, definition: Json, path: string): void {
  const rest = input.definitions.filter((other) => other !== definition);
  const about = (changed: Json) =>
    decide(input, [...rest, changed, everybody]).map((segments) => ({
      members: segments[definition["id"] as string],
      all: segments[everybody.id],
    }));
  const message = JSON.stringify({ finding, definition });
  const isTrue = finding.code === "always_true" || finding.code === "everybody";
  switch (finding.code) {
    case "always_true":
    case "always_false":
    case "everybody":
    case "nobody":
      if (filterStart(path) !== undefined) {
        for (const { members } of about(counterexample(definition, path, isTrue))) {
          assert.deepEqual(members, [], message);
        }
        return;
      }
      for (const { members, all } of about({ ...definition, when: valueAt(definition, path) })) {
        assert.deepEqual(members, isTrue ? all : [], message);
      }
      return;
    case "duplicate":
    case "redundant": {
      const before = about(definition);
      assert.deepEqual(about(without(definition, path)), before, message);
      return;
    }
    case "admits_unknown": {
      const stranger = '{"type":"identify","userId":"a stranger","timestamp":0}';
      for (const at of input.instants) {
        const { definitions, parameters } = input;
        const { segments } = evaluate({ definitions, lines: [stranger], at, parameters });
        assert.deepEqual(segments[definition["id"] as string], ["a stranger"], message);
      }
      return;
    }
    default:
      assert.equal(finding.code, "empty_window", message);
  }
}

test("whatever lint says can never or must always be, or changes nothing, is so", async () => {
  const core = await coreFromBuild();
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= 2000; seed += 1) {
    const made: Input = seed % 4 === 0 ? newCase(seed) : denseCase(seed);
    if (made.lines.length > 200) continue;
    const options = made.parameters === undefined ? {} : { parameters: made.parameters };
    const { findings, segments } = ask(core, "lint", made.definitions, options) as {
      findings: Finding[];
      segments: { id: string }[];
    };
    assert.deepEqual(
      segments.map(({ id }) => id),
      made.definitions.map(({ id }) => id),
    );
    for (const finding of findings) {
      const [index = "", ...rest] = parts(finding.path);
      const definition = made.definitions[Number(index)] as Json;
      assert.equal(definition["id"], finding.segment);
      checkFinding(made, finding, definition, rest.map((key) => `/${key}`).join(""));
      const isFilter = filterStart(finding.path) === undefined ? "" : " filter";
      const kind = finding.code + isFilter;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
  }
  const kinds = ["always_true", "always_false", "duplicate", "redundant"];
  for (const kind of kinds) {
    assert.ok((seen.get(kind) ?? 0) >= 50, `${kind}: ${seen.get(kind)}`);
    const ofFilters = seen.get(`${kind} filter`) ?? 0;
    assert.ok(ofFilters >= 10, `${kind} filter: ${ofFilters}`);
  }
  for (const kind of ["everybody", "nobody", "admits_unknown"]) {
    assert.ok((seen.get(kind) ?? 0) >= 25, `${kind}: ${seen.get(kind)}`);
  }
});
