import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const workspace = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Says that a path was asked about by the plugin itself. */
const resolved = Symbol("resolved");

/**
 * @typedef {{ name: string, path: string, kind: "esModule" | "wasm" }} WorkerModule
 */

/**
 * Bundles a worker as wrangler does: one file of JavaScript, with each `.wasm` beside it as a module of its own.
 * @param {string} entry inside the workspace
 * @param {string} folder where the files go
 * @param {string} place the same, as the configuration beside it says
 * @returns {Promise<WorkerModule[]>} the modules, the main one first
 */
export async function bundleWorker(entry, folder, place) {
  mkdirSync(folder, { recursive: true });
  const name = `${basename(entry, ".ts")}.js`;
  /** @type {Map<string, string>} */
  const wasmFiles = new Map();
  await esbuild.build({
    entryPoints: [join(workspace, entry)],
    outfile: join(folder, name),
    bundle: true,
    format: "esm",
    target: "es2024",
    minify: true,
    // Names of classes are names of Durable Objects' classes.
    keepNames: false,
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*"],
    logLevel: "warning",
    // Chunks of the package that have no side effects, as it says.
    logOverride: { "ignored-bare-import": "silent" },
    plugins: [
      {
        name: "wasm",
        setup(builder) {
          builder.onResolve(
            { filter: /\.wasm$/ },
            async ({ path, kind, importer, resolveDir, pluginData }) => {
              if (pluginData === resolved) return undefined;
              const options = { kind, importer, resolveDir, pluginData: resolved };
              const { path: file, errors } = await builder.resolve(path, options);
              if (errors.length > 0) return { errors };
              wasmFiles.set(basename(file), file);
              return { path: `./${basename(file)}`, external: true };
            },
          );
        },
      },
    ],
  });
  /** @type {WorkerModule[]} */
  const modules = [{ name, path: `${place}/${name}`, kind: "esModule" }];
  for (const [wasmName, file] of wasmFiles) {
    copyIfChanged(file, join(folder, wasmName));
    modules.push({ name: wasmName, path: `${place}/${wasmName}`, kind: "wasm" });
  }
  return modules;
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyIfChanged(from, to) {
  try {
    if (readFileSync(from).equals(readFileSync(to))) return;
  } catch {
    // It is not there yet.
  }
  copyFileSync(from, to);
}

/**
 * @param {string} path
 * @param {string} text
 */
export function writeText(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
