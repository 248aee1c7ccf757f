import { readdirSync } from "node:fs";
import { build } from "./build.mjs";
import { capture, isMain, runMain, StepFailure } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { inRoot } from "./project.mjs";

/** A part of the fault run that takes less than a minute. */
const fewFaults = ["--faults", "--messages", "600", "--contacts", "40", "--kills", "3"];

const typeScript = ["--enable-source-maps", "--import", "tsx"];

/**
 * Tests the edge worker, of what is built already: its HTTP and real clients in a process of workerd, its objects from inside of one,
 * a few faults, and whether it can be deployed.
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
  const inside = await testInside();
  await faultRun(fewFaults);
  await tryDeployment();
  return { passed: passed + inside + 2, failed: 0 };
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
  NO_COLOR: "1",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_SEND_METRICS: "false",
};

/** Tests inside workerd, which reach into the objects. @returns how many there are */
async function testInside() {
  const folder = "edge-worker/tests/workerd";
  ensureNodePackages(folder);
  const modules = inRoot(folder, "node_modules");
  const program = [`${modules}/vitest/vitest.mjs`, "run", "--root", inRoot(folder)];
  const output = await complete(program, `${modules}/node/bin/node`, cloudflareEnvironment);
  const passed = Number(/^ *Tests +(\d+) passed/m.exec(output)?.[1] ?? 0);
  if (passed === 0) throw new StepFailure("no test inside workerd ran");
  return passed;
}

/** The edge worker as it is sent to Cloudflare, compressed, in bytes. */
const mostDeployedBytes = 150_000;

/** Whether wrangler would deploy it, how large that is, and whether `wrangler dev` runs it. */
async function tryDeployment() {
  ensureNodePackages("edge-worker/deployment");
  const modules = inRoot("edge-worker", "deployment", "node_modules");
  for (const configuration of ["wrangler.jsonc", "wrangler.studio.jsonc"]) {
    const options = ["deploy", "--dry-run", "--config", inRoot("edge-worker", configuration)];
    const program = [`${modules}/wrangler/bin/wrangler.js`, ...options];
    const output = await complete(program, `${modules}/node/bin/node`, cloudflareEnvironment);
    const bytes = Number(/gzip: ([\d.]+) KiB/.exec(output)?.[1]) * 1024;
    if (configuration === "wrangler.jsonc" && !(bytes <= mostDeployedBytes)) {
      throw new StepFailure(`the edge worker has ${bytes} bytes; ${mostDeployedBytes} it may have`);
    }
  }
  const development = [...typeScript, "edge-worker/tests/main.ts", "--wrangler-dev"];
  await complete(development, process.execPath, cloudflareEnvironment);
}

/**
 * @param {string[]} parameters
 * @param {string} [program]
 * @param {Record<string, string>} [environment]
 */
async function complete(parameters, program = process.execPath, environment = {}) {
  const { status, output } = await capture(program, parameters, { show: true, environment });
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
    else if (parameters.includes("--inside")) await testInside();
    else if (parameters.includes("--deployment")) await tryDeployment();
    else await testEdge();
  });
}
