import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative } from "node:path";
import { configure } from "./cmake.mjs";
import { capture } from "./commands.mjs";
import { inRoot, root } from "./project.mjs";

const tree = "build/native-debug";
/** The files already found in order, by what they and all they include contained. */
const records = join(tree, "tidy");
const includeRoots = ["core", "bindings/wasm", "tests/native"];
/** The compile commands may be those of g++, some of whose options clang does not know. */
const parameters = ["-p", tree, "--quiet", "--extra-arg=-Wno-unknown-warning-option"];

/**
 * Adds a source file and, over and over, the project's headers that it includes.
 * @param {string} path
 * @param {Set<string>} found
 */
function collectIncludes(path, found) {
  if (found.has(path)) return;
  found.add(path);
  const text = readFileSync(inRoot(path), "utf8");
  for (const [, target = ""] of text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
    const places = [dirname(path), ...includeRoots].map((place) => join(place, target));
    const place = places.find((candidate) => existsSync(inRoot(candidate)));
    if (place) collectIncludes(place, found);
  }
}

/**
 * @param {string} path
 * @returns {string}
 */
function fingerprint(path) {
  /** @type {Set<string>} */
  const paths = new Set();
  collectIncludes(path, paths);
  const hash = createHash("sha256");
  for (const name of [".clang-tidy", ...[...paths].sort()]) {
    hash.update(`${name}\0`).update(readFileSync(inRoot(name)));
  }
  return hash.digest("hex");
}

/**
 * Runs clang-tidy over every source file that has changed since it was last in order.
 * @returns {Promise<string>} the complaints
 */
export async function tidyComplaints() {
  configure("native-debug");
  mkdirSync(inRoot(records), { recursive: true });
  const commands = /** @type {Array<{ file: string }>} */ (
    JSON.parse(readFileSync(inRoot(tree, "compile_commands.json"), "utf8"))
  );
  const paths = commands
    .map(({ file }) => relative(root, file))
    .filter((path) => /^(?:core|bindings|tests)\//.test(path));
  let complaints = "";
  const work = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const record = inRoot(records, fingerprint(path));
      if (existsSync(record)) continue;
      const { status, output } = await capture("clang-tidy", [...parameters, path]);
      if (status === 0) writeFileSync(record, path);
      else complaints += output.replaceAll(/^\d+ warnings.*\n/gm, "");
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return complaints;
}
