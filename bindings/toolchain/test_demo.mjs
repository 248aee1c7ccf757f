import { build } from "./build.mjs";
import { buildDemo } from "./build_demo.mjs";
import { sourceFiles } from "./check.mjs";
import { run, runMain } from "./commands.mjs";
import { ensure, findChromium } from "./requirements.mjs";

/** Builds the demo and uses it in a browser as a person would: test_demo.mjs [file…]. */
await runMain(async () => {
  await build();
  buildDemo();
  ensure(["chromium"]);
  process.env["CHROMIUM_PATH"] = findChromium();
  const named = process.argv.slice(2);
  const files = named.length > 0 ? named : sourceFiles(/^tests\/demo\/.*\.browser\.ts$/);
  run(process.execPath, [
    ...["--import", "tsx", "--test", "--test-reporter=spec", "--test-concurrency=1"],
    ...files,
  ]);
});
