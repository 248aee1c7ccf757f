import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  ExplainedCondition,
  Explanation,
} from "../../bindings/javascript/explanation_types.ts";
import { compareCase, newTally } from "./differential.ts";
import type { EngineUnderTest } from "./engine_under_test.ts";
import { caseSeed } from "./generator/random.ts";
import { newCase } from "./generator.ts";
import { createEngineUnderTest } from "./wasm_engine.ts";

const engine = await createEngineUnderTest();

/** The last of the conditions that nothing is below. */
function lastLeaf(condition: ExplainedCondition): ExplainedCondition {
  const below = "of" in condition ? condition.of.at(-1) : undefined;
  return below === undefined ? condition : lastLeaf(below);
}

function liar(lie: (explanation: Explanation) => void): EngineUnderTest {
  return {
    ...engine,
    explain: (input) => {
      const explanations = engine.explain?.(input) ?? [];
      for (const explanation of explanations) lie(explanation);
      return explanations;
    },
  };
}

function isTold(suspect: EngineUnderTest, cases: number): boolean {
  for (let index = 0; index < cases; index += 1) {
    const one = newCase(caseSeed(77, index));
    if (compareCase(one, suspect, newTally(), true)?.kind === "explain") return true;
  }
  return false;
}

test("explanations of the engine are those of the law, with every instant of change", () => {
  const tally = newTally();
  for (let index = 0; index < 60; index += 1) {
    assert.equal(compareCase(newCase(caseSeed(77, index)), engine, tally, true), undefined);
  }
  assert.ok(tally.explanations > 60 && tally.explainedConditions > 120, JSON.stringify(tally));
});

const lies: Record<string, (explanation: Explanation) => void> = {
  "another membership": (explanation) => {
    explanation.holds = !explanation.holds;
  },
  "another answer of a condition": ({ condition }) => {
    const leaf = lastLeaf(condition);
    leaf.holds = !leaf.holds;
  },
  "a change that is a millisecond late": (explanation) => {
    if (explanation.changesAt !== null) explanation.changesAt += 1;
  },
  "a condition's change that is not told": ({ condition }) => {
    lastLeaf(condition).changesAt = null;
  },
  "a condition that is missing": ({ condition }) => {
    if ("of" in condition) condition.of.pop();
  },
};

for (const [name, lie] of Object.entries(lies)) {
  test(`tells an explanation with ${name}`, () => {
    assert.ok(isTold(liar(lie), 200), "no case told the difference");
  });
}
