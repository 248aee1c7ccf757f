import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem, type } from "node:os";

/** Where the numbers come from. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: string;
  readonly system: string;
  readonly node: string;
  readonly compiler: string;
  readonly commit: string;
  readonly date: string;
  /** Waiting and running processes, the mean of the last minute, before the first measurement. */
  readonly load: number;
}

function lineOf(program: string, parameters: readonly string[]): string {
  try {
    const output = execFileSync(program, parameters, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return output.split("\n", 1)[0] ?? "";
  } catch {
    return "unknown";
  }
}

function commit(): string {
  const hash = lineOf("git", ["rev-parse", "--short=12", "HEAD"]);
  return lineOf("git", ["status", "--porcelain"]) === "" ? hash : `${hash}, with changes`;
}

/** `otherBuild`: where the package comes from, when it is not built from the files of this repository. */
export function thisMachine(otherBuild?: string): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${type()} ${release()}`,
    node: process.version,
    compiler: lineOf("emcc", ["--version"]),
    commit: otherBuild === undefined ? commit() : `unknown: the build in ${otherBuild}`,
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[0] ?? 0,
  };
}

/** More than this, and other programs take time away from what is measured. */
export function isBusy({ load, cores }: Machine): boolean {
  return load > cores / 2;
}
