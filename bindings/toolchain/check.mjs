import { existsSync, readdirSync, readFileSync } from "node:fs";
import { bootstrapAll } from "./bootstrap.mjs";
import { capture, isMain, runMain, StepFailure } from "./commands.mjs";
import { inRoot } from "./project.mjs";
import { roomComplaints } from "./rooms.mjs";
import { elapsed } from "./steps.mjs";
import { tidyComplaints } from "./tidy.mjs";

/** A file longer than this does more than one thing. */
const mostLines = 500;

const sourceDirectories = ["core", "bindings", "web-demo", "edge-worker", "tests"];
const typeScriptProjects = [
  "bindings/javascript",
  "bindings/delivery",
  "bindings/csv",
  "bindings/receiver",
  "bindings/browser",
  "bindings/command-line",
  "bindings/toolchain",
  "web-demo",
  "edge-worker",
  "edge-worker/local",
  "edge-worker/tests",
  "tests",
];

/**
 * The files under our source directories whose names match.
 * @param {RegExp} pattern
 * @returns {string[]}
 */
export function sourceFiles(pattern) {
  return sourceDirectories
    .filter((directory) => existsSync(inRoot(directory)))
    .flatMap((directory) =>
      /** @type {string[]} */ (readdirSync(inRoot(directory), { recursive: true }))
        .map((name) => `${directory}/${name}`)
        .filter((name) => pattern.test(name) && !/\/(?:node_modules|dist)\//.test(name)),
    )
    .sort();
}

function checkRooms() {
  return roomComplaints().join("\n");
}

function checkLengths() {
  return sourceFiles(/\.(?:cpp|h|ts|tsx|css|mjs)$/)
    .map((name) => ({ name, lines: readFileSync(inRoot(name), "utf8").split("\n").length - 1 }))
    .filter(({ name, lines }) => lines > mostLines && !/[./_]generated[./_]/.test(name))
    .map(({ name, lines }) => `${name}: ${lines} lines, more than ${mostLines}`)
    .join("\n");
}

/**
 * Runs a program that is silent and answers 0 when all is well.
 * @param {string} program
 * @param {string[]} parameters
 */
async function complaintsOf(program, parameters) {
  const { status, output } = await capture(program, parameters);
  return status === 0 ? "" : output || `${program} answered ${status}`;
}

async function checkTypes() {
  const results = await Promise.all(
    typeScriptProjects
      .filter((project) => existsSync(inRoot(project, "tsconfig.json")))
      .map((project) => complaintsOf("node_modules/.bin/tsc", ["--noEmit", "-p", project])),
  );
  return results.join("");
}

/** @type {Array<{ title: string, isSlow?: boolean, check: () => string | Promise<string> }>} */
const checks = [
  { title: "rooms know only rooms below, and CMake names every file", check: checkRooms },
  { title: `files of at most ${mostLines} lines`, check: checkLengths },
  {
    title: "clang-format",
    check: () =>
      complaintsOf("clang-format", ["--dry-run", "-Werror", ...sourceFiles(/\.(?:cpp|h)$/)]),
  },
  {
    title: "biome",
    check: () => complaintsOf("node_modules/.bin/biome", ["check", "--error-on-warnings", "."]),
  },
  { title: "types", check: checkTypes },
  { title: "clang-tidy", isSlow: true, check: tidyComplaints },
];

/** Runs every check, so that one run tells everything; `--fast` leaves out the slow ones. */
async function main() {
  bootstrapAll();
  const isFast = process.argv.includes("--fast");
  let failed = 0;
  for (const { title, isSlow, check } of checks) {
    if (isSlow && isFast) continue;
    const since = performance.now();
    const complaints = await check();
    if (complaints.trim()) {
      failed += 1;
      console.log(complaints.trimEnd());
    }
    console.log(`${complaints.trim() ? "FAILED" : "ok"}: ${title} (${elapsed(since)})`);
  }
  if (failed > 0) throw new StepFailure(`${failed} of the checks failed`);
}

if (isMain(import.meta.url)) await runMain(main);
