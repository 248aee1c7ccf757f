import { existsSync } from "node:fs";
import { build } from "./build.mjs";
import { run, runMain, StepFailure } from "./commands.mjs";
import { inRoot } from "./project.mjs";

/** Builds, then runs a TypeScript program of the repository: run.mjs FILE [argument…]. */
await runMain(async () => {
  const [file, ...parameters] = process.argv.slice(2);
  if (!file || !existsSync(inRoot(file))) throw new StepFailure(`no such program: ${file}`);
  await build();
  run(process.execPath, ["--import", "tsx", file, ...parameters]);
});
