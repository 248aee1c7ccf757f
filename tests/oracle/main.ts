import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Coverage, recordCoverageIn } from "./coverage.ts";
import {
  addTallies,
  compareCase,
  type Difference,
  newTally,
  showDifference,
  type Tally,
} from "./differential.ts";
import type { EngineModule, EngineUnderTest } from "./engine_under_test.ts";
import { readCase, saveFailure } from "./failure_files.ts";
import { caseSeed } from "./generator/random.ts";
import { type Case, newCase } from "./generator.ts";
import { missingCoverage } from "./required_coverage.ts";
import { shrink } from "./shrink.ts";

const help = `tsx tests/oracle/main.ts [options]
  --cases N      how many random cases (default 2000)
  --seed S       the base seed (default 1)
  --case SEED    one case by its own seed, as a failure names it
  --replay FILE  one saved failure again
  --engine PATH  the adapter module (default wasm_engine.ts beside this file, else the oracle itself)
  --verify K     let the oracle check its own change instants in every K-th case (default 8, 0 never)
  --jobs N       processes (default 1)
  --trace        name each case before it runs, to find one that hangs the engine
  --coverage     how often each construct held and did not
  --keep-going   report every difference instead of stopping at the third`;

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    case: { type: "string" },
    replay: { type: "string" },
    engine: { type: "string" },
    verify: { type: "string", default: "8" },
    jobs: { type: "string", default: "1" },
    job: { type: "string", default: "0" },
    trace: { type: "boolean", default: false },
    coverage: { type: "boolean", default: false },
    "keep-going": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const jobs = Number(options.jobs);
const verifyEvery = Number(options.verify);

async function loadEngine(): Promise<EngineUnderTest> {
  const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const wasm = beside("./wasm_engine.ts");
  const path = options.engine ?? (existsSync(wasm) ? wasm : beside("./self_engine.ts"));
  const loaded = (await import(pathToFileURL(path).href)) as EngineModule;
  return loaded.createEngineUnderTest();
}

/** Compares with an engine, and with a new one after each that threw: it may be beyond repair. */
class Tester {
  private engine: EngineUnderTest | undefined;

  async compare(one: Case, tally: Tally, verify: boolean): Promise<Difference | undefined> {
    this.engine ??= await loadEngine();
    const difference = compareCase(one, this.engine, tally, verify);
    if (difference?.kind === "the engine threw") this.engine = undefined;
    return difference;
  }
}

/** Shrinks, saves and reports a failing case; false if there is no difference. */
async function report(one: Case, tester: Tester, tally: Tally): Promise<boolean> {
  const verify = verifyEvery > 0 && (options.case !== undefined || one.seed % verifyEvery === 0);
  const difference = await tester.compare(one, tally, verify);
  if (difference === undefined) return false;
  const again = (candidate: Case) => tester.compare(candidate, newTally(), verify);
  const shrunk = await shrink(one, difference, again);
  const file = saveFailure(shrunk.smallest, one, shrunk.difference);
  const text = (value: unknown): string => JSON.stringify(value);
  const { definitions, lines, parameters, until, instants } = shrunk.smallest;
  console.log(
    [
      `\nDIFFERENCE in case ${one.seed}`,
      showDifference(shrunk.difference),
      ...definitions.map((definition) => `  definition ${text(definition)}`),
      ...(parameters === undefined ? [] : [`  parameters ${text(parameters)}`]),
      ...lines.map((line) => `  line ${typeof line === "string" ? line : text([...line])}`),
      `  instants ${text(instants)} until ${until}`,
      `  saved to ${file}; again: --replay ${file} (shrunk) or --case ${one.seed} (whole)`,
    ].join("\n"),
  );
  return true;
}

interface Outcome {
  tally: Tally;
  coverage: [string, { held: number; failed: number }][];
  differences: number;
}

async function runShare(): Promise<Outcome> {
  const tester = new Tester();
  const tally = newTally();
  const coverage: Coverage = new Map();
  recordCoverageIn(coverage);
  let differences = 0;
  for (let index = Number(options.job); index < Number(options.cases); index += jobs) {
    const one = newCase(caseSeed(Number(options.seed), index));
    if (options.trace) console.error(`case ${one.seed}`);
    if (await report(one, tester, tally)) differences += 1;
    if (differences >= 3 && !options["keep-going"]) break;
  }
  return { tally, coverage: [...coverage], differences };
}

async function runShares(): Promise<Outcome[]> {
  if (jobs === 1) return [await runShare()];
  const shares = Array.from({ length: jobs }, (_, job) => {
    const child = fork(
      fileURLToPath(import.meta.url),
      [...process.argv.slice(2), "--job", `${job}`],
      {
        env: { ...process.env, ORACLE_SHARE: "1" },
      },
    );
    return new Promise<Outcome>((resolve, reject) => {
      child.on("message", (outcome) => resolve(outcome as Outcome));
      child.on("exit", (code) => reject(new Error(`share ${job} ended with ${code}`)));
    });
  });
  return Promise.all(shares);
}

function conclude(outcomes: Outcome[], seconds: number): number {
  const tally = outcomes.map((outcome) => outcome.tally).reduce(addTallies);
  const coverage: Coverage = new Map();
  for (const [construct, { held, failed }] of outcomes.flatMap((outcome) => outcome.coverage)) {
    const known = coverage.get(construct) ?? { held: 0, failed: 0 };
    coverage.set(construct, { held: known.held + held, failed: known.failed + failed });
  }
  const differences = outcomes.reduce((sum, outcome) => sum + outcome.differences, 0);
  console.log(
    `${tally.cases} cases in ${seconds.toFixed(1)} s (${Math.round(tally.cases / seconds)}/s), ` +
      `${tally.lines} lines (${tally.refusedLines} refused), ${differences} differences`,
  );
  console.log(
    `${tally.comparisons} evaluations, ${tally.withMembers} with members (${tally.members} in all); ` +
      `deltas ${JSON.stringify(tally.deltas)}; ` +
      `${tally.nextChangesFound} of ${tally.nextChanges} next changes within 400 days; ` +
      `${tally.explanations} explanations of ${tally.explainedConditions} conditions`,
  );
  if (options.coverage) {
    for (const [construct, { held, failed }] of [...coverage].sort()) {
      console.log(`${construct.padEnd(40)} held ${held}, did not ${failed}`);
    }
  }
  if (differences > 0) return 1;
  const missing = tally.cases >= 2000 ? missingCoverage(coverage, tally) : [];
  for (const construct of missing) console.log(`NOT COVERED: ${construct}`);
  return missing.length > 0 ? 1 : 0;
}

if (options.help) {
  console.log(help);
} else if (options.case !== undefined || options.replay !== undefined) {
  const one =
    options.replay === undefined ? newCase(Number(options.case)) : readCase(options.replay);
  const failed = await report(one, new Tester(), newTally());
  if (!failed) console.log("no difference");
  process.exitCode = failed ? 1 : 0;
} else if (process.env["ORACLE_SHARE"] === "1") {
  process.send?.(await runShare());
  process.disconnect();
} else {
  const start = Date.now();
  process.exitCode = conclude(await runShares(), (Date.now() - start) / 1000);
}
