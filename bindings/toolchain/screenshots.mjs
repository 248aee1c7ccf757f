import { build } from "./build.mjs";
import { buildDemo } from "./build_demo.mjs";
import { run, runMain } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { ensure, findChromium } from "./requirements.mjs";

/** Takes the pictures of the README, or of every screen: screenshots.mjs [--all FOLDER [NAME…]] [--language CODE]. */
await runMain(async () => {
  await build();
  buildDemo();
  ensure(["chromium"]);
  ensureNodePackages("edge-worker/runtime");
  process.env["CHROMIUM_PATH"] = findChromium();
  run(process.execPath, ["--import", "tsx", "tests/demo/screenshots.ts", ...process.argv.slice(2)]);
});
