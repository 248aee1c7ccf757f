import { readFileSync } from "node:fs";
import { findProgram, run, StepFailure } from "./commands.mjs";
import { inRoot, modifiedAt } from "./project.mjs";
import { installPackages } from "./requirements.mjs";

const oldestNode = 20;

/** npm as the one that started us, else the PATH's; Debian ships Node.js without it. */
function npm() {
  const started = process.env["npm_execpath"];
  if (started?.endsWith("npm-cli.js")) return [process.execPath, started];
  if (!findProgram("npm"))
    installPackages({ "apt-get": ["npm"], dnf: ["npm"], pacman: ["npm"], apk: ["npm"] });
  return ["npm"];
}

/**
 * Installs the packages of a folder's package-lock.json unless that has already been done.
 * @param {string} [folder] from the root of the repository
 */
export function ensureNodePackages(folder = ".") {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) {
    throw new StepFailure(
      `Node.js ${process.versions.node} is too old: ${oldestNode} or newer is needed`,
    );
  }
  const installed = modifiedAt(inRoot(folder, "node_modules", ".package-lock.json"));
  if (installed > 0 && installed >= modifiedAt(inRoot(folder, "package-lock.json"))) return;
  const [program = "npm", ...parameters] = npm();
  if (folder === ".") run(program, [...parameters, "ci"]);
  // `ci` wants a lockfile with the binary packages of every platform, and not every registry has them all.
  else run(program, [...parameters, "install", "--no-save", "--prefix", inRoot(folder)]);
}

/**
 * The version of the package that is being built.
 * @returns {string}
 */
export function packageVersion() {
  return JSON.parse(readFileSync(inRoot("package.json"), "utf8")).version;
}
