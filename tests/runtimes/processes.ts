import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface Command {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Machines that are busy with other things are slow; a program that hangs does so for ever. */
const longestRun = 300_000;
const longestTail = 2000;

/** A program that was started, with those that it starts in turn. */
export class StartedProgram {
  readonly #child: ChildProcess;
  readonly #command: Command;
  readonly #exited: Promise<number>;
  #output = "";

  constructor(command: Command) {
    this.#command = command;
    // A group of its own, so that all of a browser's processes can be ended.
    this.#child = spawn(command.program, command.parameters, {
      cwd: command.directory,
      env: { ...process.env, ...quietEnvironment, ...command.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
    this.#exited = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", (status) => resolve(status ?? 1));
    });
    // Whoever waits hears of it; nobody has to.
    this.#exited.catch(() => undefined);
  }

  get output(): string {
    return this.#output;
  }

  get exited(): Promise<number> {
    return this.#exited;
  }

  /** An error that shows the end of what was printed. */
  failure(what: string): Error {
    const { program, parameters } = this.#command;
    const tail = this.#output.trim().slice(-longestTail);
    return new Error(`\`${[program, ...parameters].join(" ")}\` ${what}\n${tail}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.pid !== undefined) {
      try {
        process.kill(-this.#child.pid, "SIGKILL");
      } catch {
        // It ended in the meantime.
      }
    }
    await this.#exited.catch(() => undefined);
  }
}

/** Nobody is asked, and nothing is told to anyone. */
const quietEnvironment = {
  CI: "1",
  DENO_NO_UPDATE_CHECK: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NODE_NO_WARNINGS: "1",
};

/** What a program prints until it ends well. */
export async function outputOf(command: Command): Promise<string> {
  const started = new StartedProgram(command);
  try {
    const status = await within(longestRun, started.exited, () => started.failure("hangs"));
    if (status !== 0) throw started.failure(`answered ${status}`);
    return started.output;
  } finally {
    await started.stop();
  }
}

/** What a promise gives, unless it takes too long. */
export async function within<Value>(
  milliseconds: number,
  promise: Promise<Value>,
  tooLong: () => Error,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLong()), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Where the PATH finds the first of some programs, or undefined. */
export function foundProgram(names: readonly string[]): string | undefined {
  const directories = (process.env["PATH"] ?? "").split(delimiter);
  for (const name of names) {
    for (const directory of directories) {
      const candidate = join(directory || ".", name);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first number of a version that a program prints about itself. */
export async function versionOf(
  program: string,
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const output = await outputOf({ program, parameters: ["--version"], directory, environment });
  return /\d+\.\d+[\w.-]*/.exec(output)?.[0] ?? "of unknown version";
}
