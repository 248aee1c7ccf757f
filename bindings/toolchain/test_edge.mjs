import { readdirSync } from "node:fs";
import { build } from "./build.mjs";
import { capture, isMain, runMain, StepFailure } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { inRoot } from "./project.mjs";

/** A part of the fault run that takes less than a minute. */
const fewFaults = ["--faults", "--messages", "600", "--contacts", "40", "--kills", "3"];

/**
 * Tests the edge worker in a process of workerd, of what is built already.
 * @param {string[]} parameters for edge-worker/tests/main.ts; none: the HTTP tests, and a few faults
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function testEdge(parameters = []) {
  ensureNodePackages("edge-worker/runtime");
  const typeScript = ["--enable-source-maps", "--import", "tsx"];
  if (parameters.length > 0) {
    await complete([...typeScript, "edge-worker/tests/main.ts", ...parameters]);
    return { passed: 1, failed: 0 };
  }
  ensureNodePackages("edge-worker/tests/clients");
  const files = readdirSync(inRoot("edge-worker", "tests", "http"))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `edge-worker/tests/http/${name}`);
  // One after the other: each has a workerd of its own.
  const test = ["--test", "--test-reporter=spec", "--test-concurrency=1"];
  const output = await complete([...typeScript, ...test, ...files]);
  const passed = Number([...output.matchAll(/^\S+ pass (\d+)$/gm)].at(-1)?.[1] ?? 0);
  if (passed === 0) throw new StepFailure("no test of the edge worker ran");
  await complete([...typeScript, "edge-worker/tests/main.ts", ...fewFaults]);
  return { passed: passed + 1, failed: 0 };
}

/** @param {string[]} parameters */
async function complete(parameters) {
  const { status, output } = await capture(process.execPath, parameters, { show: true });
  if (status !== 0) throw new StepFailure(`the tests of the edge worker answered ${status}`);
  return output;
}

/** Builds, then tests: test_edge.mjs [option of edge-worker/tests/main.ts…]. */
if (isMain(import.meta.url)) {
  await runMain(async () => {
    await build();
    await testEdge(process.argv.slice(2));
  });
}
