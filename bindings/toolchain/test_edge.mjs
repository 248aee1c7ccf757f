import { readdirSync } from "node:fs";
import { build } from "./build.mjs";
import { capture, isMain, run, runMain, StepFailure } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { inRoot } from "./project.mjs";

/** A part of the fault run that takes less than a minute. */
const fewFaults = ["--faults", "--messages", "600", "--contacts", "40", "--kills", "3"];

const typeScript = ["--enable-source-maps", "--import", "tsx"];

/**
 * Tests the edge worker in a process of workerd, of what is built already: its HTTP, real clients, and a few faults.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function testEdge() {
  ensureNodePackages("edge-worker/runtime");
  ensureNodePackages("edge-worker/tests/clients");
  const files = readdirSync(inRoot("edge-worker", "tests", "http"))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `edge-worker/tests/http/${name}`);
  // One after the other: each has a workerd of its own.
  const test = ["--test", "--test-reporter=spec", "--test-concurrency=1"];
  const output = await complete([...typeScript, ...test, ...files]);
  const passed = Number([...output.matchAll(/^\S+ pass (\d+)$/gm)].at(-1)?.[1] ?? 0);
  if (passed === 0) throw new StepFailure("no test of the edge worker ran");
  await faultRun(fewFaults);
  return { passed: passed + 1, failed: 0 };
}

/** @param {string[]} parameters */
async function faultRun(parameters) {
  ensureNodePackages("edge-worker/runtime");
  await complete([...typeScript, "edge-worker/tests/main.ts", ...parameters]);
}

/** The programs of Cloudflare want a newer Node.js than everything else here, so it comes as a package, too. */
const cloudflareEnvironment = {
  CI: "1",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_SEND_METRICS: "false",
};

/** Tests inside workerd, which reach into the objects. */
function testInside() {
  const folder = "edge-worker/tests/workerd";
  ensureNodePackages(folder);
  const modules = inRoot(folder, "node_modules");
  const program = [`${modules}/vitest/vitest.mjs`, "run", "--root", inRoot(folder)];
  run(`${modules}/node/bin/node`, program, cloudflareEnvironment);
}

/** Whether wrangler would deploy it. */
function tryDeployment() {
  ensureNodePackages("edge-worker/deployment");
  const modules = inRoot("edge-worker", "deployment", "node_modules");
  for (const configuration of ["wrangler.jsonc", "wrangler.studio.jsonc"]) {
    const options = ["deploy", "--dry-run", "--config", inRoot("edge-worker", configuration)];
    const program = [`${modules}/wrangler/bin/wrangler.js`, ...options];
    run(`${modules}/node/bin/node`, program, cloudflareEnvironment);
  }
}

/** @param {string[]} parameters */
async function complete(parameters) {
  const { status, output } = await capture(process.execPath, parameters, { show: true });
  if (status !== 0) throw new StepFailure(`the tests of the edge worker answered ${status}`);
  return output;
}

/**
 * Builds, then tests: test_edge.mjs [--faults [option of edge-worker/tests/main.ts…] | --inside | --deployment]; without an option, what
 * `npm test` does.
 */
if (isMain(import.meta.url)) {
  await runMain(async () => {
    await build();
    const parameters = process.argv.slice(2);
    if (parameters.includes("--faults")) await faultRun(parameters);
    else if (parameters.includes("--inside")) testInside();
    else if (parameters.includes("--deployment")) tryDeployment();
    else await testEdge();
  });
}
