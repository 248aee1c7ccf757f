import { bootstrapAll } from "./bootstrap.mjs";
import { sourceFiles } from "./check.mjs";
import { run, runMain } from "./commands.mjs";

/** Rewrites every source file as the checks want it. */
await runMain(() => {
  bootstrapAll();
  run("clang-format", ["-i", ...sourceFiles(/\.(?:cpp|h)$/)]);
  run("node_modules/.bin/biome", ["check", "--write", "."]);
});
