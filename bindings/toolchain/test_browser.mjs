import { build } from "./build.mjs";
import { isMain, run, runMain, StepFailure } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";

/** What each browser must stand, and the file that has it. */
const proofs = {
  chromium: "tests/browser/chromium.proof.ts",
  firefox: "tests/browser/firefox/firefox.proof.ts",
  storm: "tests/browser/storm.proof.ts",
};

/**
 * Runs the proofs of the browser tracker, or those that are named: `chromium`, `firefox`, `storm`. The browsers are those of the
 * system; the one that is not there is named, and its proofs are counted as skipped.
 */
async function testBrowsers() {
  const names = process.argv.slice(2);
  const wanted = Object.entries(proofs).filter(
    ([name]) => names.length === 0 || names.includes(name),
  );
  if (wanted.length === 0) throw new StepFailure(`no such proof: ${names.join(" ")}`);
  await build();
  if (wanted.some(([name]) => name === "firefox")) ensureNodePackages("tests/browser/firefox");
  // One after the other: each wants the machine for itself.
  for (const [, file] of wanted) {
    run(process.execPath, ["--import", "tsx", "--test", "--test-reporter=spec", file]);
  }
}

if (isMain(import.meta.url)) await runMain(testBrowsers);
