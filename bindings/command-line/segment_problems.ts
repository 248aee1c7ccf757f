import type { Problem } from "../javascript/problem_types.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import type { FileProblem, SegmentSet } from "./segment_files.ts";

export interface DefinedSet<Result> {
  /** In the order of the files. */
  problems: FileProblem[];
  /** Undefined when the set is refused. */
  result: Result | undefined;
}

/** Lets the core take a set, and says of each problem in which file it is. */
export function defineSet<Result>(
  set: SegmentSet,
  define: () => Result,
  warningsOf: (result: Result) => readonly Problem[],
): DefinedSet<Result> {
  try {
    const result = define();
    const problems = [...set.broken, ...warningsOf(result).map(set.locate)];
    return { problems, result: set.broken.length === 0 ? result : undefined };
  } catch (error) {
    if (!(error instanceof SegmentError) || error.code !== "definitions_refused") throw error;
    const problems = error.problems
      // A segment that is missing may be in a file that could not be read.
      .filter(({ code }) => set.broken.length === 0 || code !== "unknown_segment")
      .map(set.locate);
    // The overrides were given on the command line, so their place is the option.
    const ofParameters = error.parameterProblems.map((problem) => ({
      ...problem,
      file: "--parameter",
    }));
    return { problems: [...set.broken, ...problems, ...ofParameters], result: undefined };
  }
}

/** `segments.json#/when/op: error: This operator does not exist. [unknown_operator]` */
export function problemLine({ file, path, severity, message, code }: FileProblem): string {
  return `${file}${path === "" ? "" : `#${path}`}: ${severity}: ${message} [${code}]`;
}
