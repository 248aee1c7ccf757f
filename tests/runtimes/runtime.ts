import type { Project } from "./project.ts";

/** What the program of project/program.mjs answers. */
export interface Outcome {
  readonly passed: number;
  /** The cases' names, with what was found. */
  readonly failed: readonly string[];
  /** Cases that cannot be asked of what the package exports, by name. */
  readonly leftOut: readonly string[];
  readonly milliseconds: number;
  /** What else there is to tell. */
  readonly note?: string;
}

/** One way of running the program. */
export interface Way {
  /** `Chromium, built by Vite`. */
  readonly title: string;
  /** Of the runtime, or of the tool. */
  readonly version: string;
  /** Whether the program decides the cases here; else it is a check of another kind, with counts of its own. */
  readonly decidesCases: boolean;
  /** @throws Error when nothing came out. */
  readonly run: () => Promise<Outcome>;
}

/** A runtime that this machine has not. */
export interface Absence {
  readonly absent: string;
}

export interface Runtime {
  /** What `--only` calls it. */
  readonly name: string;
  /** Part of every `npm test`; such a runtime takes seconds and few packages. */
  readonly isEveryday: boolean;
  /** @param everyday whether only the quickest of its ways are wanted */
  ways(project: Project, everyday: boolean): Promise<readonly Way[] | Absence>;
}

/** The last line of what a program printed. */
export function printedOutcome(output: string): Outcome {
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  return outcomeOf(line);
}

export function outcomeOf(text: string): Outcome {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`no outcome, but ${JSON.stringify(text.slice(0, 500))}`);
  }
  const { passed, failed, leftOut, milliseconds } = value as Partial<Outcome>;
  const isWhole =
    typeof passed === "number" &&
    typeof milliseconds === "number" &&
    Array.isArray(failed) &&
    Array.isArray(leftOut);
  if (!isWhole) throw new Error(`no outcome, but ${text.slice(0, 500)}`);
  return { passed, failed, leftOut, milliseconds };
}

/** The outcome of a check that has nothing to do with the cases. */
export function checked(
  problems: readonly string[],
  checks: number,
  milliseconds: number,
  note = "",
): Outcome {
  const passed = checks - problems.length;
  return { passed, failed: problems, leftOut: [], milliseconds, note };
}
