import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Vocabulary } from "../engine/vocabulary.ts";
import { type EvaluationSource, type Remark, useEvaluated } from "./evaluation_state.ts";
import { jsonOf } from "./json_shape.ts";
import { valueAt } from "./pointer.ts";

/** The definition as it is now, told with each edit. */
export interface DefinitionSource {
  readonly get: () => SegmentDefinition;
  readonly subscribe: (listener: () => void) => () => void;
}

/** What the editors of the parts share; it is another one only when the words or the other segments are. */
export interface Builder {
  readonly definitions: DefinitionSource;
  /** What is known of it. */
  readonly evaluations: EvaluationSource;
  /** Writes a value at a place; undefined takes the member out. */
  readonly change: (pointer: string, value: unknown) => void;
  /** Any other edit, which is undone by itself. */
  readonly edit: (change: (definition: SegmentDefinition) => SegmentDefinition) => void;
  readonly vocabulary: Vocabulary;
  /** Other segments that can be named: ids and names. */
  readonly segments: readonly { readonly id: string; readonly name: string }[];
}

export const BuilderContext = createContext<Builder | undefined>(undefined);
export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (builder === undefined) throw new Error("This is only for parts of the builder.");
  return builder;
}

/** A part of the definition. Who looks at it is drawn anew when that part is another one, and not with other edits. */
export function useValue(pointer: string): unknown {
  const { definitions } = useBuilder();
  return useSyncExternalStore(definitions.subscribe, () => valueAt(definitions.get(), pointer));
}

/** What is made of the definition: a text, a number, or an object of it. Drawn anew when that is another one. */
export function useDerived<Value>(of: (definition: SegmentDefinition) => Value): Value {
  const { definitions } = useBuilder();
  return useSyncExternalStore(definitions.subscribe, () => of(definitions.get()));
}

export function useDefinition(): SegmentDefinition {
  const { definitions } = useBuilder();
  return useSyncExternalStore(definitions.subscribe, definitions.get);
}

/** The parameters that the definition declares, with their values. */
export function useParameters(): Readonly<Record<string, unknown>> {
  return jsonOf(useValue("/parameters"));
}

export function useRemarks(): readonly Remark[] {
  return useEvaluated(useBuilder().evaluations, ({ remarks }) => remarks);
}

/** Whether an error is at a place or below it. */
export function useIsInvalid(pointer: string): boolean {
  return useEvaluated(useBuilder().evaluations, ({ remarks }) =>
    remarks.some(
      ({ path, look }) => look === "error" && (path === pointer || path.startsWith(`${pointer}/`)),
    ),
  );
}
