import type { EngineUnderTest } from "./engine_under_test.ts";
import { evaluate } from "./evaluate.ts";
import { nextChangeAt } from "./next_change.ts";
import { replay } from "./replay.ts";

/** The oracle behind the engine's interface: it must agree with itself, which tests the tester. */
export async function createEngineUnderTest(): Promise<EngineUnderTest> {
  return {
    evaluate(input) {
      const { segments, refused } = evaluate(input);
      return { segments, refusedLines: refused.map((refusal) => refusal.line) };
    },
    replay(input) {
      const { deltas, refused } = replay(input);
      return { deltas, refusedLines: refused.map((refusal) => refusal.line) };
    },
    nextChangeAt,
  };
}
