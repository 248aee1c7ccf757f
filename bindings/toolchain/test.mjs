import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { bootstrapTests } from "./bootstrap.mjs";
import { build } from "./build.mjs";
import { sourceFiles } from "./check.mjs";
import { compile, runTests, TestFailure } from "./cmake.mjs";
import { capture, runMain } from "./commands.mjs";
import { inRoot } from "./project.mjs";
import { elapsed, step } from "./steps.mjs";
import { testEdge } from "./test_edge.mjs";
import { testRuntimes } from "./test_runtimes.mjs";
import { compareWithDatabases } from "./test_sql.mjs";

const oracle = "tests/oracle/main.ts";
const oracleCases = 20_000;
const audienceEngine = "tests/oracle/audience_engine.ts";
const audienceCases = 4_000;

const sqlDefinitions = 150;

const total = { passed: 0, failed: 0 };

/** @param {{ passed: number, failed: number }} counts */
function add(counts) {
  total.passed += counts.passed;
  total.failed += counts.failed;
}

/** Runs every node:test file, without the right to make code from text: the package promises not to need it. */
async function testJavaScript() {
  const files = sourceFiles(/^tests\/.*\.test\.ts$/);
  const { status, output } = await capture(
    process.execPath,
    [
      ...["--disallow-code-generation-from-strings", "--enable-source-maps", "--import", "tsx"],
      ...["--test", "--test-reporter=spec", `--test-concurrency=${availableParallelism()}`],
      ...files,
    ],
    { show: true },
  );
  const counts = { passed: lastNumber(output, "pass"), failed: lastNumber(output, "fail") };
  if (status !== 0 || counts.passed === 0) {
    throw new TestFailure(
      `node --test answered ${status}`,
      counts.passed,
      Math.max(counts.failed, 1),
    );
  }
  return counts;
}

/**
 * Compares the core with the slow, obvious evaluator of tests/oracle on random cases.
 * @param {number} cases
 * @param {string[]} engine parameters that choose another engine
 */
async function compareWithOracle(cases, ...engine) {
  if (!existsSync(inRoot(oracle))) throw new TestFailure(`${oracle} is missing`, 0, 1);
  const parameters = [
    ...["--import", "tsx", oracle, "--cases", String(cases), ...engine],
    ...["--jobs", String(availableParallelism())],
  ];
  const { status } = await capture(process.execPath, parameters, { show: true });
  if (status !== 0) throw new TestFailure(`${oracle} answered ${status}`, 0, 1);
  return { passed: 1, failed: 0 };
}

/**
 * @param {string} output what node:test's reporter printed
 * @param {string} word
 * @returns {number}
 */
function lastNumber(output, word) {
  return Number([...output.matchAll(new RegExp(`^\\S+ ${word} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0);
}

/** Stops at the first step that fails; a bare clone is all it needs. */
async function test() {
  await step("Tools and packages", bootstrapTests);
  await step("Native build, with sanitizers", () => compile("native-debug"));
  add(await step("Native tests", () => runTests("native-debug")));
  await step("WebAssembly build of the tests, with sanitizers", () => compile("wasm-test"));
  add(await step("The same tests as WebAssembly in Node.js", () => runTests("wasm-test")));
  await step("Build of the package", build);
  add(await step("JavaScript tests", testJavaScript));
  add(
    await step("The packed package in Node.js, workerd and Chromium", () => {
      testRuntimes(["--everyday"]);
      return { passed: 1, failed: 0 };
    }),
  );
  add(await step(`Oracle, ${oracleCases} random cases`, () => compareWithOracle(oracleCases)));
  add(
    await step(`Oracle and audience, ${audienceCases} random cases`, () =>
      compareWithOracle(audienceCases, "--engine", audienceEngine),
    ),
  );
  add(await step("Edge worker, in a process of workerd", testEdge));
  add(
    await step(`SQL, ${sqlDefinitions} random definitions in each database`, async () => {
      await compareWithDatabases(["--definitions", String(sqlDefinitions)]);
      return { passed: 1, failed: 0 };
    }),
  );
}

await runMain(async () => {
  try {
    await test();
    console.log(
      `\nAll steps done in ${elapsed()}\n\n${total.passed} passed, ${total.failed} failed`,
    );
  } catch (error) {
    if (error instanceof TestFailure) add(error);
    else total.failed += 1;
    console.log(`\n${total.passed} passed, ${total.failed} failed`);
    throw error;
  }
});
