import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "./build.mjs";
import { isMain, run, runMain, StepFailure } from "./commands.mjs";
import { inRoot } from "./project.mjs";

/** Bytes of script after gzip that a first visit may load, the WebAssembly modules and their glue apart. */
const mostInitialScript = 250_000;

const dist = inRoot("web-demo", "dist");
/** What the first screen asks for by itself. */
const firstScreen = "source/segments/segments_screen.tsx";
const workers = /^(?:engine|loader)_worker-.*\.js$/;

/** Builds web-demo/dist/ of the package as it lies in dist/, and holds it to its weight. */
export function buildDemo() {
  run(process.execPath, [
    inRoot("node_modules", "vite", "bin", "vite.js"),
    "build",
    inRoot("web-demo"),
    "--logLevel",
    "warn",
  ]);
  const bytes = initialScript();
  console.log(
    `  web-demo/dist/ built: a first visit loads ${bytes} bytes of script (gzip; at most ${mostInitialScript})`,
  );
  if (bytes > mostInitialScript) {
    throw new StepFailure(
      `A first visit to the demo loads ${bytes} bytes of script after gzip; ${mostInitialScript} are allowed`,
    );
  }
}

/** @typedef {{ file: string, isEntry?: boolean, imports?: string[] }} Chunk */

/** @returns {number} */
function initialScript() {
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, "utf8"));
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} name */
  const add = (name) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new StepFailure(`the demo's build has no ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  add("index.html");
  add(firstScreen);
  const started = readdirSync(`${dist}/assets`).filter((name) => workers.test(name));
  if (started.length !== 2) throw new StepFailure("the demo's build has not its two workers");
  for (const name of started) files.add(`assets/${name}`);
  return [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(`${dist}/${file}`)).length,
    0,
  );
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    await build();
    buildDemo();
  });
}
