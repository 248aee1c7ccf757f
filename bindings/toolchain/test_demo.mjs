import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildDemo } from "./build_demo.mjs";
import { sourceFiles } from "./check.mjs";
import { run, runMain, StepFailure } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { root } from "./project.mjs";
import { ensure, findChromium } from "./requirements.mjs";

/** Milliseconds: a bare clone installs and builds everything. */
const longestStart = 30 * 60_000;

/**
 * Builds the demo and uses it in browsers as a person would: test_demo.mjs [--from-clone] [file…]. With `--from-clone`
 * it is the one that `npm start` serves from a clone of the last commit, with its edge worker and its backend.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "from-clone": { type: "boolean", default: false } },
  });
  await build();
  buildDemo();
  ensure(["chromium", "firefox"]);
  ensureNodePackages("edge-worker/runtime");
  ensureNodePackages("tests/browser/firefox");
  process.env["CHROMIUM_PATH"] = findChromium();
  const files =
    positionals.length > 0 ? positionals : sourceFiles(/^tests\/demo\/.*\.browser\.ts$/);
  const testAll = () =>
    run(process.execPath, [
      ...["--import", "tsx", "--test", "--test-reporter=spec", "--test-concurrency=1"],
      ...files,
    ]);
  if (values["from-clone"]) await besideClone(testAll);
  else testAll();
});

/**
 * Starts the product from a bare clone, as somebody who has just found it.
 * @param {() => void} test is run with DEMO_URL
 */
async function besideClone(test) {
  const folder = mkdtempSync(join(tmpdir(), "fosterflow-clone-"));
  const clone = join(folder, "segments");
  run("git", ["clone", "--quiet", root, clone]);
  const port = await freePort();
  const started = spawn("npm", ["start", "--", "--port", String(port)], {
    cwd: clone,
    stdio: "inherit",
    detached: true,
  });
  const { pid } = started;
  try {
    const url = `http://127.0.0.1:${port}`;
    await answers(url, started);
    process.env["DEMO_URL"] = url;
    test();
  } finally {
    // The whole group: npm does not pass the signal on.
    if (pid !== undefined && started.exitCode === null) process.kill(-pid, "SIGTERM");
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/**
 * @param {string} url
 * @param {import("node:child_process").ChildProcess} started
 */
async function answers(url, started) {
  const end = Date.now() + longestStart;
  while (Date.now() < end) {
    if (started.exitCode !== null) {
      throw new StepFailure(`npm start ended with ${started.exitCode}`);
    }
    const answer = await fetch(`${url}/local.json`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new StepFailure("npm start does not answer");
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
