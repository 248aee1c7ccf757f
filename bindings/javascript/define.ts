import type { CoreMemory, MemoryModule } from "./core_memory.ts";
import type { ParameterOverrides, SegmentDefinition } from "./definition_types.ts";
import type { Problem } from "./problem_types.ts";
import { SegmentError } from "./segment_error.ts";

/** One definition, several, or their JSON as text or UTF-8 bytes. */
export type SegmentsInput = SegmentDefinition | readonly SegmentDefinition[] | string | Uint8Array;

/** What putting a set of segments in force did. */
export interface DefineResult {
  /** Warnings; errors are thrown. */
  problems: Problem[];
  /** Ids of the segments that are new, decide differently, or are gone. */
  changed: { added: string[]; updated: string[]; removed: string[] };
}

/** A segment in force. */
export interface SegmentSummary {
  id: string;
  name: string;
  description: string;
  /** First 16 hex digits of the SHA-256 of the canonical definition with the parameters in force. */
  definition: string;
  /** Names that the rule mentions. */
  dependsOn: {
    events: string[];
    attributes: string[];
    channels: string[];
    lists: string[];
    segments: string[];
  };
  /** Ids of the segments that refer to this one. */
  usedBy: string[];
}

interface DefineResponse extends DefineResult {
  segments: SegmentSummary[];
}

/** The definitions as JSON that stays what it is, whatever becomes of the input. */
export function definitionSource(segments: SegmentsInput): string | Uint8Array {
  return segments instanceof Uint8Array ? segments.slice() : definitionText(segments);
}

/** The same as text or bytes, to be read at once. */
export function definitionText(segments: Exclude<SegmentsInput, Uint8Array>): string;
export function definitionText(segments: SegmentsInput): string | Uint8Array;
export function definitionText(segments: SegmentsInput): string | Uint8Array {
  if (typeof segments === "string" || segments instanceof Uint8Array) return segments;
  return jsonText(segments, "segments");
}

/** Hands definitions and parameters to the core, which takes them as a whole or not at all. */
export function defineSegments(
  core: CoreMemory<MemoryModule>,
  segments: SegmentsInput,
  parameters: ParameterOverrides | undefined,
): DefineResponse {
  const parametersText = parameters === undefined ? "" : jsonText(parameters, "parameters");
  const [segmentsLength, parametersLength] =
    segments instanceof Uint8Array
      ? core.writeBytesAndText(segments, parametersText)
      : core.writeTexts(definitionText(segments), parametersText);
  const taken = core.define(segmentsLength, parametersLength);
  const response = JSON.parse(core.response() ?? "{}") as Partial<DefineResponse>;
  const problems = response.problems ?? [];
  if (!taken) throw refusal(problems);
  return {
    problems,
    changed: response.changed ?? { added: [], updated: [], removed: [] },
    segments: response.segments ?? [],
  };
}

/** The core puts the problems of overrides into the same list: with these codes, and the name alone as path. */
function isOfParameters({ code, path }: Problem): boolean {
  return (code === "unknown_parameter" || code === "parameter_type") && /^\/[^/]*$/.test(path);
}

/** What the core has against definitions, or against parameters for them. */
export function refusal(all: readonly Problem[]): SegmentError {
  const errors = all.filter(({ severity }) => severity === "error");
  const first = errors[0];
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const place = first === undefined || first.path === "" ? "" : `${first.path}: `;
  return new SegmentError(
    "definitions_refused",
    `The segments were refused with ${count}. ${place}${first?.message ?? ""}`,
    {
      problems: all.filter((problem) => !isOfParameters(problem)),
      parameterProblems: all.filter(isOfParameters),
    },
  );
}

/** The value as JSON; `name` is how the caller knows it. */
export function jsonText(value: unknown, name: string): string {
  let cause: unknown;
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch (error) {
    cause = error;
  }
  throw new SegmentError("invalid_argument", `\`${name}\` cannot be written as JSON.`, { cause });
}
