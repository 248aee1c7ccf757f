import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./project.mjs";

/** A step that failed for a reason already shown, or told by the message alone: no stack trace helps. */
export class StepFailure extends Error {}

/**
 * Where the PATH finds a program, or undefined.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ".bat", ""] : [""];
  for (const directory of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const suffix of suffixes) {
      const candidate = join(directory || ".", name + suffix);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {
        // Not here; look further.
      }
    }
  }
  return undefined;
}

/**
 * What a program prints, or undefined when it fails or is missing.
 * @param {string} program
 * @param {string[]} parameters
 * @returns {string | undefined}
 */
export function outputOf(program, parameters) {
  const result = spawnSync(program, parameters, { cwd: root, encoding: "utf8" });
  return result.status === 0 ? result.stdout : undefined;
}

/**
 * Runs a program with its output shown, and fails when it does.
 * @param {string} program
 * @param {string[]} parameters
 * @param {Record<string, string>} [environment] added to the current one
 */
export function run(program, parameters, environment = {}) {
  const result = spawnSync(program, parameters, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  if (result.error) throw new StepFailure(`${program}: ${result.error.message}`);
  if (result.status !== 0) {
    const how = result.signal ? `was ended by ${result.signal}` : `answered ${result.status}`;
    throw new StepFailure(`\`${[program, ...parameters].join(" ")}\` ${how}`);
  }
}

/**
 * Runs a program without a terminal and hands back all it printed; `show` prints it as it comes.
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ show?: boolean, environment?: Record<string, string> }} [options] the environment is added to the current one
 * @returns {Promise<{ status: number, output: string }>}
 */
export function capture(program, parameters, { show = false, environment = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    });
    let output = "";
    for (const [stream, target] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        output += text;
        if (show) target.write(text);
      });
    }
    child.on("error", (error) => reject(new StepFailure(`${program}: ${error.message}`)));
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}

/**
 * Runs a script's main function: a StepFailure becomes one line and exit code 1.
 * @param {() => void | Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * Whether a module is the script that Node.js was started with.
 * @param {string} url the module's import.meta.url
 * @returns {boolean}
 */
export function isMain(url) {
  const script = process.argv[1];
  return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(url));
}
