import { parseArgs } from "node:util";
import { type SqlDialect, sqlDialects } from "../../bindings/javascript/to_sql.ts";
import { coreFromBuild } from "../javascript/core_from_build.ts";
import { caseSeed } from "../oracle/generator/random.ts";
import { type Case, newCase } from "../oracle/generator.ts";
import { Comparison, type SqlDifference, type Tally } from "./comparison.ts";
import { earlyDateCases } from "./early_date_cases.ts";
import { edgeNumberCases } from "./edge_number_cases.ts";
import type { SqlEngine } from "./engines/engine.ts";
import { hostileCases } from "./hostile_cases.ts";
import { namesZone, otherZones } from "./other_zones.ts";
import { mixedArrayCase, tiedArrayCases } from "./tied_array_cases.ts";

const help = `npm run test:sql -- [options]
  --definitions N  how many random definitions a dialect, at least (default 2000)
  --dialect NAME   duckdb, postgres or clickhouse; repeatable (default all)
  --seed S         the base seed (default 1)
  --case SEED      one case by its own seed, as a difference names it
  --keep-going     report every difference instead of stopping at the third`;

const { values: options } = parseArgs({
  options: {
    definitions: { type: "string", default: "2000" },
    dialect: { type: "string", multiple: true, default: [...sqlDialects] },
    seed: { type: "string", default: "1" },
    case: { type: "string" },
    "keep-going": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const mostDifferences = 3;
/** Cases on end of which nothing can be compared. */
const mostFruitless = 100;

async function startEngine(dialect: SqlDialect): Promise<SqlEngine> {
  const module = (await import(`./engines/${dialect}.ts`)) as {
    startEngine(): Promise<SqlEngine>;
  };
  return module.startEngine();
}

function show(difference: SqlDifference, seed: number): string {
  const { segment, at, sql, expected, found } = difference;
  return [
    `case ${seed}, segment ${segment} at ${at}`,
    `  the core   ${JSON.stringify(expected)}`,
    `  the query  ${typeof found === "string" ? found : JSON.stringify(found)}`,
    sql,
  ].join("\n");
}

function showTally(tally: Tally): string {
  const sorted = (counts: Map<string, number>): [string, number][] =>
    [...counts].sort(([, left], [, right]) => right - left);
  return [
    `  ${tally.cases} cases, ${tally.definitions} definitions agree in ${tally.queries} queries ` +
      `(${tally.withMembers} with members, ${tally.withoutMembers} without, ${tally.members} members)`,
    `  ${tally.exactCases} cases with sums, of numbers that every order adds up alike`,
    `  ${tally.refusedDefinitions} definitions refused at some instant`,
    ...sorted(tally.refusals).map(([message, times]) => `    ${times} × ${message}`),
    `  ${tally.stopped} queries stopped at an array of nested and other elements`,
    ...sorted(tally.unheld).map(
      ([why, times]) => `  ${times} cases whose rows cannot be held: ${why}`,
    ),
  ].join("\n");
}

async function run(dialect: SqlDialect): Promise<number> {
  const core = await coreFromBuild();
  const engine = await startEngine(dialect);
  const comparison = new Comparison(core, engine);
  const others = await otherZones(engine);
  let leftOut = 0;
  const wanted = Number(options.definitions);
  let differences = 0;
  const started = performance.now();
  const compare = async (one: Case) => {
    for (const difference of await comparison.compare(one)) {
      differences += 1;
      console.log(show(difference, one.seed));
    }
  };
  try {
    if (options.case === undefined) {
      for (const one of [
        ...hostileCases(),
        ...edgeNumberCases(),
        ...tiedArrayCases(),
        ...earlyDateCases(),
      ]) {
        await compare(one);
      }
      if (comparison.tally.stopped > 0) throw new Error("a query stopped that can answer");
      const mixed = mixedArrayCase();
      await compare(mixed);
      if (comparison.tally.stopped !== 2 * mixed.definitions.length) {
        throw new Error("a query answered that cannot know");
      }
    }
    const first = comparison.tally.definitions;
    let fruitless = 0;
    for (let index = 0; comparison.tally.definitions - first < wanted; index += 1) {
      const seed =
        options.case === undefined ? caseSeed(Number(options.seed), index) : Number(options.case);
      const before = comparison.tally.definitions;
      const one = newCase(seed);
      if (options.case === undefined && namesZone(one, others)) {
        leftOut += 1;
        continue;
      }
      await compare(one);
      fruitless = comparison.tally.definitions > before ? 0 : fruitless + 1;
      if (fruitless > mostFruitless) throw new Error("no definition is compared any more");
      if (options.case !== undefined) break;
      if (differences >= mostDifferences && !options["keep-going"]) break;
    }
  } finally {
    await engine.close();
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${engine.version}: ${differences} differences, ${seconds} s`);
  console.log(showTally(comparison.tally));
  if (leftOut > 0) {
    console.log(
      `  ${leftOut} cases left out: the database's tables differ for ${others.join(", ")}`,
    );
  }
  return differences;
}

if (options.help) {
  console.log(help);
} else {
  let differences = 0;
  for (const dialect of options.dialect as SqlDialect[]) differences += await run(dialect);
  process.exitCode = differences > 0 ? 1 : 0;
}
