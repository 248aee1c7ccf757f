import { build } from "./build.mjs";
import { isMain, run, runMain } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { ensure } from "./requirements.mjs";

/**
 * Asks real databases the same as the core, on random definitions (tests/sql/main.ts), of what is built already. Their
 * packages are large, so only this installs them.
 * @param {string[]} parameters
 */
export async function compareWithDatabases(parameters) {
  ensureNodePackages("tests/sql");
  const dialects = parameters.filter((_, index) => parameters[index - 1] === "--dialect");
  if (dialects.length === 0 || dialects.includes("postgres")) ensure(["postgres"]);
  run(process.execPath, ["--import", "tsx", "tests/sql/main.ts", ...parameters]);
}

/** Builds, then compares: test_sql.mjs [option…]. */
if (isMain(import.meta.url)) {
  await runMain(async () => {
    await build();
    await compareWithDatabases(process.argv.slice(2));
  });
}
