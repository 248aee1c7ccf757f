import { build } from "./build.mjs";
import { isMain, run, runMain } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { offer } from "./requirements.mjs";

/**
 * Runs the corpus with the packed package in other runtimes (tests/runtimes/main.ts), of what is built already. Their
 * packages are large, so only this installs them.
 * @param {string[]} parameters
 */
export function testRuntimes(parameters) {
  ensureNodePackages("tests/runtimes/tools/everyday");
  if (!parameters.includes("--everyday")) {
    ensureNodePackages("tests/runtimes/tools/complete");
    // Where one cannot be installed, the report says that it is not here.
    offer(["chromium", "firefox", "webKitGtk"]);
  }
  run(process.execPath, ["--import", "tsx", "tests/runtimes/main.ts", ...parameters]);
}

/** Builds, then tests: test_runtimes.mjs [option…]. */
if (isMain(import.meta.url)) {
  await runMain(async () => {
    const parameters = process.argv.slice(2);
    if (!parameters.includes("--help")) await build();
    testRuntimes(parameters);
  });
}
