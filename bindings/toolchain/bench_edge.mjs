import { build } from "./build.mjs";
import { run, runMain } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";

/** Builds, then measures the edge worker on bare workerd: bench_edge.mjs [option of edge-worker/benchmarks/main.ts…]. */
await runMain(async () => {
  await build();
  ensureNodePackages("edge-worker/runtime");
  run(process.execPath, [
    "--import",
    "tsx",
    "edge-worker/benchmarks/main.ts",
    ...process.argv.slice(2),
  ]);
});
