import type { Problem, SegmentDefinition } from "@fosterflow/segments/audience";
import type { DescribedPart, LintFinding, LintSummary } from "@fosterflow/segments/authoring";
import * as Comlink from "comlink";
import { startTransition, useLayoutEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { useWorkspace } from "../application/workspace.ts";
import { engine } from "../engine/engine.ts";
import type { Evaluation, PartCount } from "../engine/evaluation.ts";
import { useLanguage } from "../language/language.ts";
import type { DefinitionSource } from "./builder_context.ts";

/** What is known of the definition that is edited. What is being counted anew stays until the new number is there. */
export interface EvaluationState {
  readonly total:
    | { readonly count: number; readonly contacts: number; readonly milliseconds: number }
    | undefined;
  /** The definition as it is now cannot be counted: `total` is of the last one that could. */
  readonly isRefused: boolean;
  readonly problems: readonly Problem[];
  readonly parts: Readonly<Record<string, PartCount>>;
  readonly channels: Readonly<Record<string, number>>;
  readonly sentence: string;
  readonly condition: DescribedPart | undefined;
  readonly findings: readonly LintFinding[];
  readonly summary: LintSummary | undefined;
}

const nothing: EvaluationState = {
  total: undefined,
  isRefused: false,
  problems: [],
  parts: {},
  channels: {},
  sentence: "",
  condition: undefined,
  findings: [],
  summary: undefined,
};

function withEvaluation(state: EvaluationState, evaluation: Evaluation): EvaluationState {
  switch (evaluation.kind) {
    case "total":
      return { ...state, total: evaluation, isRefused: false, problems: [] };
    case "refused":
      return { ...state, isRefused: true, problems: evaluation.problems, findings: [] };
    case "parts":
      return { ...state, parts: { ...state.parts, ...evaluation.parts } };
    case "reach":
      return { ...state, channels: evaluation.channels };
    case "words": {
      const { sentence, condition, findings, summary } = evaluation;
      return { ...state, sentence, condition, findings, summary };
    }
  }
}

const lane = "builder";

/** Counts a definition with every edit; the newest wins. */
export function useEvaluation(definitions: DefinitionSource, at: number): EvaluationState {
  const language = useLanguage();
  const { dataSet, summaries } = useWorkspace();
  const [state, setState] = useState(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Other contacts and other segments change the numbers, too.
  useLayoutEffect(() => {
    let newest: object | undefined;
    const ask = () => {
      const request = {};
      newest = request;
      const tell = (evaluation: Evaluation) => {
        if (newest !== request) return;
        const add = () => setState((before) => withEvaluation(before, evaluation));
        // The number is what is waited for; it is not held up by what comes after it.
        if (evaluation.kind === "total") flushSync(add);
        else startTransition(add);
      };
      const definition = definitions.get();
      void engine().evaluate({ lane, definition, at, language }, Comlink.proxy(tell));
    };
    ask();
    // Not by a render: the worker counts while the page draws the edit.
    const unsubscribe = definitions.subscribe(ask);
    return () => {
      unsubscribe();
      newest = undefined;
    };
  }, [definitions, at, language, dataSet, summaries]);
  return state;
}

/** The same of a definition that comes from elsewhere. */
export function useEvaluationOf(definition: SegmentDefinition, at: number): EvaluationState {
  const source = useMemo<DefinitionSource>(
    () => ({ get: () => definition, subscribe: () => () => undefined }),
    [definition],
  );
  return useEvaluation(source, at);
}
