import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bootstrapBuild } from "./bootstrap.mjs";
import { compile } from "./cmake.mjs";
import { isMain, run, runMain, StepFailure } from "./commands.mjs";
import { inRoot } from "./project.mjs";
import { elapsed } from "./steps.mjs";

/** @param {string} name */
const product = (name) => inRoot("build", "wasm-release", name);
const dist = inRoot("dist");

/**
 * Builds the package: the core by CMake, then dist/. Takes about a second when nothing has changed.
 */
export async function build() {
  const since = performance.now();
  bootstrapBuild();
  compile("wasm-release");
  mkdirSync(dist, { recursive: true });
  const isNew = [
    publish("engine.wasm", "core.wasm"),
    publish("contact.wasm", "contact.wasm"),
    publish("studio.wasm", "studio.wasm"),
    publish("audience.wasm", "audience.wasm"),
  ].includes(true);
  await Promise.all([bundle(), declareTypes()]);
  if (isNew) reportSizes();
  console.log(`  dist/ built in ${elapsed(since)}`);
}

/**
 * Copies a product into the package and tells whether that changed it.
 * @param {string} name
 * @param {string} publishedName
 * @returns {boolean}
 */
function publish(name, publishedName) {
  const bytes = readFileSync(product(name));
  const published = join(dist, publishedName);
  if (existsSync(published) && readFileSync(published).equals(bytes)) return false;
  writeFileSync(published, bytes);
  return true;
}

/**
 * Gives the TypeScript its build products: the glue as modules, the core as base64 text.
 * @type {import("esbuild").Plugin}
 */
const coreModules = {
  name: "core",
  setup(builder) {
    for (const [name, file] of [
      ["#engine-module", "engine.mjs"],
      ["#engine-wasm", "engine.wasm"],
      ["#studio-module", "studio.mjs"],
      ["#audience-module", "audience.mjs"],
      ["#audience-wasm", "audience.wasm"],
      ["#studio-wasm", "studio.wasm"],
    ]) {
      builder.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({
        path: product(file ?? ""),
        sideEffects: false,
      }));
    }
    // Files that pages fetch only when they need them, and that run in a worker.
    for (const [source, file] of [
      ["worker", "browser-worker"],
      ["inline_core", "browser-core"],
    ]) {
      builder.onResolve({ filter: new RegExp(`^\\./${source}\\.ts$`) }, ({ kind }) =>
        kind === "dynamic-import" ? { path: `./${file}.js`, external: true } : undefined,
      );
    }
    // Beside the entry in dist/: what becomes of it is for the host or its bundler.
    builder.onResolve({ filter: /^\.\/\w+\.wasm(\?module)?$/ }, ({ path }) => ({
      path,
      external: true,
    }));
  },
};

/** The package's doors, by their files in dist/; package.json says who comes in by which. */
const entries = Object.fromEntries([
  ...[
    ...["index", "index.workerd", "index.edge-light", "url", "core"],
    ...["audience", "audience.workerd", "audience.edge-light"],
    ...["authoring", "authoring.workerd", "authoring.edge-light"],
  ].map((name) => [name, inRoot("bindings", "javascript", "entries", `${name}.ts`)]),
  ...["csv", "delivery", "receiver", "browser"].map((name) => [
    name,
    inRoot("bindings", name, "index.ts"),
  ]),
  ["browser-core", inRoot("bindings", "browser", "inline_core.ts")],
]);

async function bundle() {
  rmSync(join(dist, "shared"), { recursive: true, force: true });
  // Not imported at the top: it is not there before the bootstrap.
  const esbuild = await import("esbuild");
  const shared = /** @satisfies {import("esbuild").BuildOptions} */ ({
    bundle: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    loader: { ".wasm": "base64" },
    plugins: [coreModules],
    logLevel: "warning",
  });
  try {
    await Promise.all([
      esbuild.build({
        ...shared,
        entryPoints: entries,
        outdir: dist,
        // What entries share is there once, so that `instanceof SegmentError` holds whichever of them threw.
        splitting: true,
        chunkNames: "shared/[hash]",
        platform: "neutral",
        mainFields: ["module"],
        minify: true,
      }),
      esbuild.build({
        ...shared,
        // In one file: a worker's start waits for every other.
        entryPoints: [inRoot("bindings", "browser", "worker.ts")],
        outfile: join(dist, "browser-worker.js"),
        platform: "neutral",
        mainFields: ["module"],
        minify: true,
      }),
      esbuild.build({
        ...shared,
        entryPoints: [inRoot("bindings", "command-line", "main.ts")],
        outfile: join(dist, "command-line.js"),
        platform: "node",
        target: "node20",
        // Of the user's own choice, for `load --to duckdb`.
        external: ["@duckdb/node-api"],
        banner: { js: "#!/usr/bin/env node" },
        minifySyntax: true,
        // The other is ASCII, as esbuild has it: one character beyond it makes the whole file slower to read.
        charset: "utf8",
      }),
    ]);
  } catch {
    throw new StepFailure("esbuild could not bundle the TypeScript");
  }
  chmodSync(join(dist, "command-line.js"), 0o755);
}

/** Writes the .d.ts files; TypeScript leaves the .ts of their imports, which a package has not. */
function declareTypes() {
  for (const name of declarations()) rmSync(join(dist, name));
  run(process.execPath, [
    inRoot("node_modules", "typescript", "bin", "tsc"),
    ...["-p", "bindings", "--noEmit", "false", "--declaration", "--emitDeclarationOnly"],
    ...["--stripInternal", "--rootDir", "bindings", "--outDir", join(dist, "declarations")],
  ]);
  for (const name of declarations()) {
    const text = readFileSync(join(dist, name), "utf8");
    writeFileSync(join(dist, name), text.replaceAll(/(["']\.\.?\/[^"']+)\.ts(["'])/g, "$1.js$2"));
  }
}

/** @returns {string[]} */
function declarations() {
  const names = /** @type {string[]} */ (readdirSync(dist, { recursive: true }));
  return names.filter((name) => name.endsWith(".d.ts"));
}

/** What a page has to fetch; takes seconds, so only after the core has changed. */
function reportSizes() {
  for (const path of [
    join(dist, "contact.wasm"),
    join(dist, "core.wasm"),
    product("engine.mjs"),
    join(dist, "index.js"),
    join(dist, "studio.wasm"),
    join(dist, "audience.wasm"),
    join(dist, "audience.js"),
    join(dist, "authoring.js"),
  ]) {
    const bytes = readFileSync(path);
    const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)];
    const [plain, gzip, brotli] = sizes.map(({ length }) => length);
    console.log(`  ${basename(path)}: ${plain} bytes, ${gzip} gzip, ${brotli} brotli`);
  }
}

if (isMain(import.meta.url)) await runMain(build);
