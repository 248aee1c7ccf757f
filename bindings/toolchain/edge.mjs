import { build } from "./build.mjs";
import { run, runMain } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { inRoot } from "./project.mjs";

/** Builds, then starts the edge worker with a backend on one port: edge.mjs [--port N] [--data FOLDER] [--site FOLDER]. */
await runMain(async () => {
  await build();
  ensureNodePackages("edge-worker/runtime");
  run(process.execPath, [inRoot("edge-worker", "local", "start.mjs"), ...process.argv.slice(2)]);
});
