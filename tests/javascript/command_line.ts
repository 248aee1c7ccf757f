import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/command-line.js", import.meta.url));

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built program as a user would. */
export function run(parameters: readonly string[], input: string | Uint8Array = ""): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    input,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  return { code: status, stdout, stderr };
}

/** Starts the program, closes its output after the first piece, and waits for its end. */
export function runUntilFirstOutput(parameters: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [program, ...parameters]);
  let stdout = "";
  let stderr = "";
  child.stdout.once("data", (bytes: Buffer) => {
    stdout += bytes.toString();
    child.stdout.destroy();
  });
  child.stderr.on("data", (bytes: Buffer) => {
    stderr += bytes.toString();
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A folder with these files, gone after the tests. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "fosterflow-segments-"));
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
