import { parseArgs } from "node:util";
import { newProject, type Project } from "./project.ts";
import { printedTable, type Row } from "./report.ts";
import type { Runtime, Way } from "./runtime.ts";
import { browsers } from "./runtimes/browsers.ts";
import { bun } from "./runtimes/bun.ts";
import { bundled } from "./runtimes/bundlers.ts";
import { deno } from "./runtimes/deno.ts";
import { edgeRuntime } from "./runtimes/edge_runtime.ts";
import { next } from "./runtimes/next.ts";
import { node } from "./runtimes/node.ts";
import { packageLint } from "./runtimes/package_lint.ts";
import { size } from "./runtimes/size.ts";
import { typeScript } from "./runtimes/type_script.ts";
import { workerd } from "./runtimes/workerd.ts";

const runtimes: readonly Runtime[] = [
  packageLint,
  size,
  typeScript,
  node,
  deno,
  bun,
  workerd,
  edgeRuntime,
  ...browsers,
  ...bundled,
  next,
];
const names = runtimes.map(({ name }) => name);

const help = `npm run test:runtimes -- [options]
  --only NAME   one runtime or bundler; repeatable (default all):
                ${names.join(", ")}
  --everyday    the part that npm test runs
  --strict      what is not on this machine is a failure, too
  --keep        leaves the folder in which the package is installed`;

const { values: options } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    everyday: { type: "boolean", default: false },
    strict: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** Replays that join contacts: `project/program.mjs` has one contact for an id. */
const mostLeftOut = 8;

function verdictOn(way: Way, cases: number, outcome: Awaited<ReturnType<Way["run"]>>): string[] {
  const failed = [...outcome.failed];
  if (!way.decidesCases) return failed;
  if (outcome.leftOut.length > mostLeftOut) {
    failed.push(`${outcome.leftOut.length} cases were left out: ${outcome.leftOut.join("; ")}`);
  }
  if (outcome.passed + failed.length + outcome.leftOut.length < cases) {
    failed.push(`only ${outcome.passed} cases of ${cases} were decided`);
  }
  return failed;
}

async function rowOf(way: Way, { cases }: Project): Promise<Row> {
  const { title, version } = way;
  const since = performance.now();
  try {
    const outcome = await way.run();
    const { passed, milliseconds, leftOut, note = "" } = outcome;
    const failed = verdictOn(way, cases, outcome);
    return { title, version, passed, failed, leftOut: leftOut.length, milliseconds, note };
  } catch (error) {
    const failed = [error instanceof Error ? error.message : String(error)];
    const milliseconds = Math.round(performance.now() - since);
    return { title, version, passed: 0, failed, leftOut: 0, milliseconds, note: "" };
  }
}

/** A runtime that cannot even be prepared is one way that failed. */
async function waysOf(runtime: Runtime, project: Project): ReturnType<Runtime["ways"]> {
  try {
    return await runtime.ways(project, options.everyday);
  } catch (error) {
    const run = () => Promise.reject(error);
    return [{ title: runtime.name, version: "", decidesCases: true, run }];
  }
}

async function main(): Promise<boolean> {
  const wanted = runtimes.filter(
    ({ name, isEveryday }) =>
      (options.only.length === 0 || options.only.includes(name)) &&
      (isEveryday || !options.everyday),
  );
  const project = await newProject();
  const rows: Row[] = [];
  const absent: string[] = [];
  try {
    for (const runtime of wanted) {
      const ways = await waysOf(runtime, project);
      if ("absent" in ways) {
        absent.push(`${runtime.name} (${ways.absent})`);
        continue;
      }
      for (const way of ways) {
        const row = await rowOf(way, project);
        rows.push(row);
        console.log(`  ${row.failed.length === 0 ? "ok" : "FAILED"}: ${row.title}`);
        for (const problem of row.failed) console.log(`    ${problem.replaceAll("\n", "\n    ")}`);
      }
    }
  } finally {
    if (options.keep) console.log(`  ${project.directory} stays`);
    else project.dispose();
  }
  console.log(`\n${printedTable(rows, project.cases)}`);
  const failed = rows.filter((row) => row.failed.length > 0);
  console.log(`\n${rows.length - failed.length} ways passed, ${failed.length} failed`);
  if (absent.length > 0) console.log(`${absent.length} not here: ${absent.join(", ")}`);
  return rows.length > 0 && failed.length === 0 && !(options.strict && absent.length > 0);
}

const unknown = options.only.filter((name) => !names.includes(name));
if (options.help) {
  console.log(help);
} else if (unknown.length > 0) {
  console.error(`No such runtime: ${unknown.join(", ")}. There are ${names.join(", ")}.`);
  process.exitCode = 2;
} else if (!(await main())) {
  process.exitCode = 1;
}
