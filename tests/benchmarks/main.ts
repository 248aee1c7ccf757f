import { thisMachine } from "./machine.ts";
import { measureBesidePeers } from "./measures/beside_peers.ts";
import { measureGrowth } from "./measures/growth.ts";
import { measureMessages, yearOfEvents } from "./measures/messages.ts";
import { measureOtherCalls } from "./measures/other_calls.ts";
import { measureSize } from "./measures/size.ts";
import { measureSnapshots } from "./measures/snapshots.ts";
import { measureStartUp } from "./measures/start_up.ts";
import { type FigureName, type Options, optionsOf, usage } from "./options.ts";
import { loadPackage, type PackageUnderTest } from "./package_under_test.ts";
import { updateDocumentation } from "./report/documentation.ts";
import { writeJson } from "./report/json.ts";
import type { Figure } from "./report/row.ts";
import { machineLines, textOf } from "./report/text.ts";
import { verdictOn } from "./report/verdict.ts";
import { clockCost } from "./timing.ts";
import { writeWorkload } from "./workload/files.ts";

type Measure = (subject: PackageUnderTest, options: Options) => Figure | Promise<Figure>;

const measures: Record<FigureName, Measure> = {
  messages: (subject, { contacts }) => measureMessages(subject, contacts),
  peers: (subject, { share }) => measureBesidePeers(subject, share),
  growth: (subject, { contacts }) => measureGrowth(subject, contacts),
  size: (subject) => measureSize(subject),
  start: (subject, { processes }) => measureStartUp(subject, processes),
  calls: (subject, { contacts }) => measureOtherCalls(subject, contacts),
  snapshots: (subject, { contacts }) => measureSnapshots(subject, contacts),
};

async function main(): Promise<void> {
  const parameters = process.argv.slice(2);
  if (parameters.includes("--help")) {
    console.log(usage);
    return;
  }
  const options = optionsOf(parameters);
  if (options.writeWorkload !== undefined) {
    writeWorkload(options.writeWorkload, yearOfEvents);
    return;
  }
  const machine = thisMachine(options.otherBuild);
  console.log(machineLines(machine).join("\n"));
  console.log(`Medians. Reading the clock costs ${clockCost().toFixed(0)} ns of each message.`);
  const subject = await loadPackage(options.package);
  const figures: Figure[] = [];
  for (const name of options.only) {
    const figure = await measures[name](subject, options);
    figures.push(figure);
    console.log(`\n${textOf(figure)}`);
  }
  if (options.json !== undefined) writeJson(options.json, machine, figures);
  if (options.updateDocs) updateDocumentation("benchmarks.md", "npm run bench", machine, figures);
  console.log(`\n${verdictOn(figures)}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`\n${usage}`);
  process.exitCode = 1;
}
