import { existsSync, readdirSync, readFileSync } from "node:fs";
import { inRoot } from "./project.mjs";

/** What each room of the core may include besides itself; the arrows point one way. */
const knows = /** @type {Record<string, string[]>} */ ({
  values: [],
  time: [],
  language: ["values", "time"],
  plan: ["language", "values", "time"],
  contact: ["plan", "language", "values", "time"],
  audience: ["contact", "plan", "language", "values", "time"],
  authoring: ["contact", "plan", "language", "values", "time"],
  snapshot: ["contact", "plan", "language", "values", "time"],
});

/**
 * @param {string} directory
 * @returns {string[]}
 */
function sourcesIn(directory) {
  if (!existsSync(inRoot(directory))) return [];
  const names = /** @type {string[]} */ (readdirSync(inRoot(directory), { recursive: true }));
  return names.filter((name) => /\.(?:cpp|h)$/.test(name)).sort();
}

/**
 * The includes that point up, and the files that no CMakeLists.txt names.
 * @returns {string[]} one complaint a line, empty when all is well
 */
export function roomComplaints() {
  const complaints = [];
  for (const [room, below] of Object.entries(knows)) {
    for (const name of sourcesIn(`core/${room}`)) {
      const text = readFileSync(inRoot("core", room, name), "utf8");
      for (const [, target = ""] of text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
        const targetRoom = target.split("/")[0] ?? "";
        if (targetRoom === room || below.includes(targetRoom)) continue;
        const reason =
          targetRoom in knows ? `${room} may not know ${targetRoom}` : "includes start at core/";
        complaints.push(`core/${room}/${name}: "${target}": ${reason}`);
      }
    }
    complaints.push(...unlisted(`core/${room}`, `core/${room}`));
  }
  complaints.push(...unlisted("bindings/wasm", "bindings/wasm", "bindings/wasm/module.cmake"));
  complaints.push(...unlisted("tests/native", "tests/native"));
  return complaints;
}

/**
 * @param {string} directory
 * @param {string} lists where its CMakeLists.txt is
 * @param {string} [more] another file that names sources
 * @returns {string[]}
 */
function unlisted(directory, lists, more) {
  const text = [`${lists}/CMakeLists.txt`, ...(more ? [more] : [])]
    .map((path) => readFileSync(inRoot(path), "utf8"))
    .join("\n");
  const named = new Set(text.split(/[\s()]+/));
  return sourcesIn(directory)
    .filter((name) => !named.has(name))
    .map((name) => `${directory}/${name}: not in ${lists}/CMakeLists.txt`);
}
