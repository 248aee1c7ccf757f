import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {{ workspace: string, writeKey: string, adminKey: string, metricsKey: string, webhookSecret: string }} LocalKeys
 */

/**
 * The keys of a local run, made once for a data folder.
 * @param {string} dataFolder
 * @returns {LocalKeys}
 */
export function localKeys(dataFolder) {
  const path = join(dataFolder, "keys.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
  const key = () => randomBytes(24).toString("base64url");
  const keys = {
    workspace: "local",
    writeKey: key(),
    adminKey: key(),
    metricsKey: key(),
    webhookSecret: `whsec_${randomBytes(32).toString("base64")}`,
  };
  writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`);
  chmodSync(path, 0o600);
  return keys;
}
