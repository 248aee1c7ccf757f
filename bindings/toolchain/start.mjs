import { build } from "./build.mjs";
import { capture, run, runMain, StepFailure } from "./commands.mjs";
import { inRoot } from "./project.mjs";
import { step } from "./steps.mjs";

const commandLine = inRoot("dist", "command-line.js");
const segments = "docs/examples/segments.json";
const messages = "docs/examples/messages.ndjson";
const deltasShown = 10;

/** Shows what the package does, from a bare clone: builds it and decides the sample's segments. */
await runMain(async () => {
  await step("Build", build);
  await step("Who is in which segment", () => {
    run(process.execPath, [commandLine, "evaluate", segments, messages]);
  });
  await step(`The first ${deltasShown} changes, as they happened`, async () => {
    const parameters = [commandLine, "replay", segments, messages];
    const { status, output } = await capture(process.execPath, parameters);
    const lines = output.trimEnd().split("\n");
    console.log(lines.slice(0, deltasShown).join("\n"));
    if (lines.length > deltasShown) console.log(`… and ${lines.length - deltasShown} more lines`);
    if (status !== 0) throw new StepFailure(`replay answered ${status}`);
  });
});
