import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { capture, findProgram, outputOf, run, StepFailure } from "./commands.mjs";
import { inRoot, modifiedAt } from "./project.mjs";

/** @typedef {"native-debug" | "native-release" | "wasm-release" | "wasm-test"} Preset */

/**
 * A build tree remembers its compiler, so it is useless once another one is on the PATH.
 * @param {Preset} preset
 * @returns {string}
 */
function compilerOf(preset) {
  const program = preset.startsWith("wasm") ? "emcc" : (process.env["CXX"] ?? "c++");
  const version = outputOf(program, ["--version"])?.split("\n")[0] ?? "unknown";
  return `${findProgram(program) ?? program}: ${version}\n`;
}

/** @param {Preset} preset */
export function configure(preset) {
  const tree = inRoot("build", preset);
  const compilerFile = inRoot("build", preset, "compiler.txt");
  const compiler = compilerOf(preset);
  if (
    existsSync(tree) &&
    !(existsSync(compilerFile) && readFileSync(compilerFile, "utf8") === compiler)
  ) {
    rmSync(tree, { recursive: true });
  }
  const presets = modifiedAt(inRoot("CMakePresets.json"));
  const isConfigured =
    existsSync(inRoot("build", preset, "build.ninja")) ||
    existsSync(inRoot("build", preset, "Makefile"));
  if (isConfigured && modifiedAt(inRoot("build", preset, "CMakeCache.txt")) >= presets) return;
  const generator = findProgram("ninja") ? [] : ["-G", "Unix Makefiles"];
  run("cmake", ["--preset", preset, ...generator, "-Wno-dev", "--log-level=NOTICE"]);
  mkdirSync(tree, { recursive: true });
  writeFileSync(compilerFile, compiler);
}

/** @param {Preset} preset */
export function compile(preset) {
  configure(preset);
  run("cmake", ["--build", "--preset", preset, "--parallel", String(availableParallelism())]);
}

/**
 * Runs the preset's tests and counts Google Test's own verdicts; ctest knows only whole programs.
 * @param {Preset} preset
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runTests(preset) {
  const { status } = await capture("ctest", ["--preset", preset], { show: true });
  const log = inRoot("build", preset, "Testing", "Temporary", "LastTest.log");
  const text = existsSync(log) ? readFileSync(log, "utf8") : "";
  const passed = countOf(text, /^\[ {2}PASSED {2}\] (\d+) tests?\./gm);
  const failed = countOf(text, /^\[ {2}FAILED {2}\] (\d+) tests?, listed below/gm);
  if (status !== 0)
    throw new TestFailure(
      `ctest --preset ${preset} answered ${status}`,
      passed,
      Math.max(failed, 1),
    );
  return { passed, failed };
}

/** A failed run of tests, with what it counted. */
export class TestFailure extends StepFailure {
  /**
   * @param {string} message
   * @param {number} passed
   * @param {number} failed
   */
  constructor(message, passed, failed) {
    super(message);
    this.passed = passed;
    this.failed = failed;
  }
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @returns {number}
 */
function countOf(text, pattern) {
  let sum = 0;
  for (const match of text.matchAll(pattern)) sum += Number(match[1]);
  return sum;
}
