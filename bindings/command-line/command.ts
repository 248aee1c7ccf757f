import type { Terminal } from "./terminal.ts";

/** What a program that calls us learns. */
export const exitCode = { ok: 0, refused: 1, usage: 2 } as const;

export interface Command {
  /** As it is written after the program's name; may have two words. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly help: string;
  /** Answers the exit code. */
  run(parameters: readonly string[], terminal: Terminal): Promise<number>;
}
