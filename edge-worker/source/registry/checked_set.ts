import {
  type ParameterOverrides,
  SegmentError,
  type SegmentSummary,
} from "@fosterflow/segments/core";
import { leanEngine } from "../engine/lean_engine.ts";
import type { PlacedProblem } from "./registry_calls.ts";

export type CheckedSet =
  | {
      readonly kind: "checked";
      readonly summaries: readonly SegmentSummary[];
      readonly problems: readonly PlacedProblem[];
    }
  | {
      readonly kind: "refused";
      readonly problems: readonly PlacedProblem[];
      readonly message: string;
    };

/** What the core says of a set of definitions, each with the id of its segment. */
export async function checkedSet(
  segments: readonly { readonly id: string; readonly definition: string }[],
  parameters: ParameterOverrides,
): Promise<CheckedSet> {
  const text = `[${segments.map(({ definition }) => definition).join(",")}]`;
  const placed = (problem: PlacedProblem): PlacedProblem => {
    const [, index, rest] = /^\/(\d+)(.*)$/s.exec(problem.path) ?? [];
    const segment = segments[Number(index)]?.id;
    return segment === undefined ? problem : { ...problem, segment, path: rest ?? "" };
  };
  const engine = await leanEngine({ segments: "[]" });
  try {
    const { problems } = engine.define(text, { parameters });
    return { kind: "checked", summaries: engine.segments(), problems: problems.map(placed) };
  } catch (error) {
    if (!(error instanceof SegmentError) || error.code !== "definitions_refused") throw error;
    const problems = [...error.problems.map(placed), ...error.parameterProblems];
    return { kind: "refused", problems, message: error.message };
  } finally {
    engine.dispose();
  }
}
