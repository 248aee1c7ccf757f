import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { createContext, useContext } from "react";
import type { PartCount } from "../engine/evaluation.ts";
import type { Vocabulary } from "../engine/vocabulary.ts";

/** Something to be said at a place of the definition. */
export interface Remark {
  /** JSON Pointer. */
  readonly path: string;
  readonly look: "error" | "warning" | "info";
  readonly message: string;
  /** The name that was probably meant. */
  readonly suggestion?: string;
}

/** What the editors of the parts share. */
export interface Builder {
  readonly definition: SegmentDefinition;
  /** Writes a value at a place; undefined takes the member out. */
  readonly change: (pointer: string, value: unknown) => void;
  /** Any other edit, which is undone by itself. */
  readonly edit: (change: (definition: SegmentDefinition) => SegmentDefinition) => void;
  readonly remarks: readonly Remark[];
  readonly parts: Readonly<Record<string, PartCount>>;
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

/** The names of the parameters that the definition declares. */
export function useParameters(): readonly string[] {
  return Object.keys(useBuilder().definition.parameters ?? {});
}

/** Whether an error is at a place or below it. */
export function useIsInvalid(pointer: string): boolean {
  const { remarks } = useBuilder();
  return remarks.some(
    ({ path, look }) => look === "error" && (path === pointer || path.startsWith(`${pointer}/`)),
  );
}
