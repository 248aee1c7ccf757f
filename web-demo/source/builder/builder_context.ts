import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { PartCount } from "../engine/evaluation.ts";
import type { Vocabulary } from "../engine/vocabulary.ts";
import { jsonOf } from "./json_shape.ts";
import { valueAt } from "./pointer.ts";

/** Something to be said at a place of the definition. */
export interface Remark {
  /** JSON Pointer. */
  readonly path: string;
  readonly look: "error" | "warning" | "info";
  readonly message: string;
}

/** The definition as it is now, told with each edit. */
export interface DefinitionSource {
  readonly get: () => SegmentDefinition;
  readonly subscribe: (listener: () => void) => () => void;
}

/** What the editors of the parts share; it is another one only when the words or the other segments are. */
export interface Builder {
  readonly definitions: DefinitionSource;
  /** Writes a value at a place; undefined takes the member out. */
  readonly change: (pointer: string, value: unknown) => void;
  /** Any other edit, which is undone by itself. */
  readonly edit: (change: (definition: SegmentDefinition) => SegmentDefinition) => void;
  readonly vocabulary: Vocabulary;
  /** Other segments that can be named: ids and names. */
  readonly segments: readonly { readonly id: string; readonly name: string }[];
}

export const BuilderContext = createContext<Builder | undefined>(undefined);
export const RemarksContext = createContext<readonly Remark[]>([]);
export const PartsContext = createContext<Readonly<Record<string, PartCount>>>({});
/** What each condition says in short, by its pointer. */
export const PhrasesContext = createContext<ReadonlyMap<string, string>>(new Map());

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

export function useDefinition(): SegmentDefinition {
  const { definitions } = useBuilder();
  return useSyncExternalStore(definitions.subscribe, definitions.get);
}

/** The names of the parameters that the definition declares. */
export function useParameters(): readonly string[] {
  return Object.keys(jsonOf(useValue("/parameters")));
}

export function useRemarks(): readonly Remark[] {
  return useContext(RemarksContext);
}

/** Whether an error is at a place or below it. */
export function useIsInvalid(pointer: string): boolean {
  return useRemarks().some(
    ({ path, look }) => look === "error" && (path === pointer || path.startsWith(`${pointer}/`)),
  );
}
