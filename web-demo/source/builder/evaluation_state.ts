import type { Problem, SegmentDefinition } from "@fosterflow/segments/audience";
import type { DescribedPart, LintFinding, LintSummary } from "@fosterflow/segments/authoring";
import { useLayoutEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Observable } from "../application/observable.ts";
import { useWorkspace } from "../application/workspace.ts";
import { evaluateDefinition } from "../engine/engine.ts";
import type { Evaluation, PartCount } from "../engine/evaluation.ts";
import { useLanguage } from "../language/language.ts";
import type { DefinitionSource } from "./builder_context.ts";

/** Something to be said at a place of the definition. */
export interface Remark {
  /** JSON Pointer. */
  readonly path: string;
  readonly look: "error" | "warning" | "info";
  readonly message: string;
}

/** What is known of the definition that is edited. What is being counted anew stays until the new number is there. */
export interface EvaluationState {
  readonly total:
    | { readonly count: number; readonly contacts: number; readonly milliseconds: number }
    | undefined;
  /** The definition as it is now cannot be counted: `total` is of the last one that could. */
  readonly isRefused: boolean;
  readonly parts: Readonly<Record<string, PartCount>>;
  readonly channels: Readonly<Record<string, number>>;
  readonly sentence: string;
  /** What each condition says in short, by its pointer. */
  readonly phrases: Readonly<Record<string, string>>;
  readonly remarks: readonly Remark[];
  readonly summary: LintSummary | undefined;
}

const nothing: EvaluationState = {
  total: undefined,
  isRefused: false,
  parts: {},
  channels: {},
  sentence: "",
  phrases: {},
  remarks: [],
  summary: undefined,
};

function withEvaluation(state: EvaluationState, evaluation: Evaluation): EvaluationState {
  switch (evaluation.kind) {
    case "total": {
      // Errors are over; other remarks stay until they are found again.
      const remarks = state.isRefused ? [] : state.remarks;
      const { count, contacts, milliseconds } = evaluation;
      const total = kept(state.total, { count, contacts, milliseconds });
      return { ...state, total, isRefused: false, remarks };
    }
    case "refused":
      return {
        ...state,
        isRefused: true,
        remarks: kept(state.remarks, remarksOf(evaluation.problems)),
      };
    case "parts":
      return { ...state, parts: keptMembers(state.parts, evaluation.parts) };
    case "reach":
      return { ...state, channels: evaluation.channels };
    case "words": {
      const { sentence, condition, findings, summary } = evaluation;
      return {
        ...state,
        sentence,
        phrases: kept(state.phrases, phrasesOf(condition)),
        remarks: kept(state.remarks, remarksOf(findings)),
        summary: kept(state.summary, summary),
      };
    }
  }
}

/** The old one while the new one says the same, so that nobody who shows it is drawn anew. */
function kept<Value>(before: Value, after: Value): Value {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function keptMembers(
  before: Readonly<Record<string, PartCount>>,
  told: Readonly<Record<string, PartCount>>,
): Readonly<Record<string, PartCount>> {
  const fresh = Object.entries(told).map(([pointer, part]) => {
    const old = before[pointer];
    const isSame = old !== undefined && old.own === part.own && old.running === part.running;
    return [pointer, isSame ? old : part] as const;
  });
  return { ...before, ...Object.fromEntries(fresh) };
}

function remarksOf(said: readonly (Problem | LintFinding)[]): Remark[] {
  return said.map(({ path, message, severity }) => ({ path, message, look: severity }));
}

function phrasesOf(condition: DescribedPart): Record<string, string> {
  const phrases: Record<string, string> = {};
  const walk = ({ path, phrase, of = [] }: DescribedPart) => {
    phrases[path] = phrase;
    for (const member of of) walk(member);
  };
  walk(condition);
  return phrases;
}

/** What is known, as it becomes known. */
export interface EvaluationSource {
  readonly get: () => EvaluationState;
  readonly subscribe: (listener: () => void) => () => void;
}

const lane = "builder";

/**
 * Counts a definition with every edit; the newest wins. Who shows a part of what is known takes it by
 * `useEvaluated`, so that the number is written without anything else being drawn.
 */
export function useEvaluation(definitions: DefinitionSource, at: number): EvaluationSource {
  const language = useLanguage();
  const { dataSet, summaries } = useWorkspace();
  const [states] = useState(() => new Observable(nothing));
  // biome-ignore lint/correctness/useExhaustiveDependencies: Other contacts and other segments change the numbers, too.
  useLayoutEffect(() => {
    let newest: object | undefined;
    const ask = () => {
      const request = {};
      newest = request;
      const tell = (evaluation: Evaluation) => {
        if (newest === request) states.set(withEvaluation(states.get(), evaluation));
      };
      const definition = definitions.get();
      evaluateDefinition({ lane, definition, at, language }, tell);
    };
    ask();
    // Not by a render: the worker counts while the page draws the edit.
    const unsubscribe = definitions.subscribe(ask);
    return () => {
      unsubscribe();
      newest = undefined;
    };
  }, [definitions, at, language, dataSet, summaries, states]);
  return states;
}

/** A part of what is known; drawn anew when that part is another one. */
export function useEvaluated<Part>(
  source: EvaluationSource,
  part: (state: EvaluationState) => Part,
): Part {
  return useSyncExternalStore(source.subscribe, () => part(source.get()));
}

/** The same of a definition that comes from elsewhere. */
export function useEvaluationOf(definition: SegmentDefinition, at: number): EvaluationSource {
  const source = useMemo<DefinitionSource>(
    () => ({ get: () => definition, subscribe: () => () => undefined }),
    [definition],
  );
  return useEvaluation(source, at);
}
