import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {{
 *   workspace: string,
 *   writeKey: string,
 *   adminKey: string,
 *   pageKey: string,
 *   metricsKey: string,
 *   webhookSecret: string,
 * }} LocalKeys
 *
 * - `pageKey`: what the page of the run writes to the backend with, which takes no write key: pages show those to everybody.
 */

/**
 * The keys of a local run, made once for a data folder.
 * @param {string} dataFolder
 * @returns {LocalKeys}
 */
export function localKeys(dataFolder) {
  const path = join(dataFolder, "keys.json");
  const known = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const key = () => randomBytes(24).toString("base64url");
  const keys = {
    workspace: "local",
    writeKey: key(),
    adminKey: key(),
    pageKey: key(),
    metricsKey: key(),
    webhookSecret: `whsec_${randomBytes(32).toString("base64")}`,
    // A folder of before keeps what it has, and gets what is new.
    ...known,
  };
  writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`);
  chmodSync(path, 0o600);
  return keys;
}
