import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, whatever directory the script was started from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {...string} parts
 * @returns {string}
 */
export function inRoot(...parts) {
  return join(root, ...parts);
}

/**
 * When the file was last written, or 0 when it is not there.
 * @param {string} path
 * @returns {number}
 */
export function modifiedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}
