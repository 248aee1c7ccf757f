import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildDemo } from "./build_demo.mjs";
import { capture, run, runMain, StepFailure } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { inRoot } from "./project.mjs";
import { step } from "./steps.mjs";

const commandLine = inRoot("dist", "command-line.js");
const input = ["--segments", "docs/examples/segments", "--input", "docs/examples/events.ndjson"];
// The day after the sample's last message.
const at = "2026-11-23T00:00:00Z";
const deltasShown = 10;

/**
 * Shows what the package does, from a bare clone: builds it, decides the sample's segments, and serves the demo with
 * the edge worker and a backend until it is stopped. start.mjs [--port N] [--data FOLDER] [--no-serve]
 */
await runMain(async () => {
  const { values: options } = parseArgs({
    options: {
      port: { type: "string", default: "8787" },
      data: { type: "string" },
      "no-serve": { type: "boolean", default: false },
    },
  });
  await step("Build", build);
  await step("Who is in which segment", () => {
    run(process.execPath, [commandLine, "evaluate", ...input, "--at", at]);
  });
  await step(`The first ${deltasShown} changes, as they happened`, async () => {
    const parameters = [commandLine, "replay", ...input, "--until", at];
    const { status, output } = await capture(process.execPath, parameters);
    const lines = output.trimEnd().split("\n");
    console.log(lines.slice(0, deltasShown).join("\n"));
    if (lines.length > deltasShown) console.log(`… and ${lines.length - deltasShown} more lines`);
    if (status !== 0) throw new StepFailure(`replay answered ${status}`);
  });
  if (options["no-serve"]) return;
  await step("Build of the demo", () => {
    ensureNodePackages("edge-worker/runtime");
    buildDemo();
  });
  const data = options.data === undefined ? [] : ["--data", options.data];
  run(process.execPath, [
    ...[inRoot("edge-worker", "local", "start.mjs"), "--port", options.port],
    ...data,
  ]);
});
