import { build } from "./build.mjs";
import { buildDemo } from "./build_demo.mjs";
import { run, runMain } from "./commands.mjs";
import { ensure, findChromium } from "./requirements.mjs";

/** Measures the demo in a browser: bench_demo.mjs [contacts]. */
await runMain(async () => {
  await build();
  buildDemo();
  ensure(["chromium"]);
  process.env["CHROMIUM_PATH"] = findChromium();
  run(process.execPath, ["--import", "tsx", "tests/demo/bench.ts", ...process.argv.slice(2)]);
});
