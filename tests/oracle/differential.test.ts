import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareCase, type Difference } from "./differential.ts";
import type { EngineUnderTest } from "./engine_under_test.ts";
import { evaluate } from "./evaluate.ts";
import { caseSeed, Random } from "./generator/random.ts";
import { type Case, newCase } from "./generator.ts";
import { readMessages } from "./messages.ts";
import { mutantOf, mutations } from "./mutants.ts";
import { createEngineUnderTest } from "./self_engine.ts";
import { shrink } from "./shrink.ts";

const engine = await createEngineUnderTest();

function firstFailure(
  suspect: EngineUnderTest,
  cases: number,
): { one: Case; difference: Difference } | undefined {
  for (let index = 0; index < cases; index += 1) {
    const one = newCase(caseSeed(20_260_101, index));
    const difference = compareCase(one, suspect);
    if (difference !== undefined) return { one, difference };
  }
  return undefined;
}

describe("the differential run", () => {
  test("finds nothing between the oracle and itself, which checks every change instant", () => {
    for (let index = 0; index < 300; index += 1) {
      const one = newCase(caseSeed(42, index));
      const difference = compareCase(one, engine, undefined, true);
      assert.equal(difference, undefined, `case ${one.seed}: ${JSON.stringify(difference)}`);
    }
  });

  for (const [name, mutation] of Object.entries(mutations)) {
    test(`tells a wrong engine: ${name}`, () => {
      assert.ok(firstFailure(mutantOf(engine, mutation), 4000), "no case told the difference");
    });
  }

  test("makes a failing case small", async () => {
    const suspect = mutantOf(engine, mutations["gt is gte"] ?? {});
    const failure = firstFailure(suspect, 4000);
    assert.ok(failure);
    const compare = async (one: Case) => compareCase(one, suspect);
    const { smallest, difference } = await shrink(failure.one, failure.difference, compare);
    assert.equal(difference.kind, failure.difference.kind);
    assert.equal(smallest.definitions.length, 1);
    assert.ok(smallest.lines.length <= 2, JSON.stringify(smallest));
    assert.ok(await compare(smallest));
  });

  test("makes the same case from the same seed", () => {
    const text = (seed: number): string => JSON.stringify(newCase(seed));
    assert.equal(text(7), text(7));
    assert.notEqual(text(7), text(8));
  });
});

describe("the law itself, on random cases", () => {
  test("does not depend on the order of arrival", () => {
    let compared = 0;
    for (let index = 0; compared < 200; index += 1) {
      const one = newCase(caseSeed(99, index));
      // Only lines with a time of their own; the others take it from those before.
      const lines = one.lines.filter((line) => readMessages([line]).messages.length === 1);
      const { definitions, instants, parameters } = one;
      const at = instants[0] as number;
      const members = (order: typeof lines) =>
        evaluate({ definitions, lines: order, at, parameters }).segments;
      const plain = lines.filter((line) => typeof line !== "string" || !line.startsWith("\ufeff"));
      const shuffled = new Random(index).shuffled(plain);
      assert.deepEqual(members(shuffled), members(plain), `case ${one.seed}`);
      compared += 1;
    }
  });

  test("does not count what bears the same messageId twice", () => {
    for (let index = 0; index < 200; index += 1) {
      const one = newCase(caseSeed(100, index));
      const named = one.lines.filter((line) => {
        const message = readMessages([line]).messages[0];
        return message !== undefined && (message.kind !== "event" || message.messageId);
      });
      const { definitions, instants, parameters } = one;
      const at = instants[0] as number;
      const once = evaluate({ definitions, lines: named, at, parameters });
      const withoutMark = named.map((line) =>
        typeof line === "string" ? line.replace(/^\ufeff/, "") : line,
      );
      const twice = evaluate({ definitions, lines: [...named, ...withoutMark], at, parameters });
      assert.deepEqual(twice.segments, once.segments, `case ${one.seed}`);
    }
  });
});
