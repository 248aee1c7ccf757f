import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Project } from "./project.ts";

/** What a user has to carry, and how much it may be. Bytes are of the wire: 1 kB is 1000 of them. */
export interface Budget {
  readonly title: string;
  /** An application that takes in just this. */
  readonly program: string;
  readonly condition?: "workerd";
  /** Files that come beside it. */
  readonly modules: readonly string[];
  /** Files that are only fetched when they are needed, or are counted with `modules`. */
  readonly apart?: readonly string[];
  readonly compression: "brotli" | "gzip";
  /** In bytes: what was measured when the line was written, and a twentieth more. To grow beyond it is a decision. */
  readonly most: number;
  /** What the project set out for, whether it is met or not. */
  readonly wanted?: number;
}

export const budgets: readonly Budget[] = [
  {
    title: "lean core and JavaScript",
    program: 'export * from "@fosterflow/segments/core";',
    modules: ["contact.wasm"],
    compression: "brotli",
    most: 90_700,
  },
  {
    title: "tracker with its worker and the lean core",
    program: 'export * from "@fosterflow/segments/browser";',
    modules: ["browser-worker.js", "contact.wasm"],
    apart: ["browser-worker.js", "browser-core.js"],
    compression: "brotli",
    most: 115_000,
    wanted: 75_000,
  },
  {
    title: "core and JavaScript, fetched apart",
    program: 'export * from "@fosterflow/segments/url";',
    modules: ["core.wasm"],
    compression: "brotli",
    most: 104_800,
  },
  {
    title: "main entry, core inline",
    program: 'export * from "@fosterflow/segments";',
    modules: [],
    compression: "brotli",
    most: 128_800,
    wanted: 100_000,
  },
  {
    title: "worker with the core",
    program: 'export * from "@fosterflow/segments";',
    condition: "workerd",
    modules: ["core.wasm"],
    compression: "gzip",
    most: 121_700,
    wanted: 150_000,
  },
  {
    title: "audience, core inline",
    program: 'export * from "@fosterflow/segments/audience";',
    modules: [],
    compression: "brotli",
    // Compiled for speed: a count in few milliseconds is what this module is for.
    most: 227_300,
  },
  {
    title: "authoring, core inline",
    program: 'export * from "@fosterflow/segments/authoring";',
    modules: [],
    compression: "brotli",
    most: 209_400,
  },
  {
    title: "delivery",
    program: 'export * from "@fosterflow/segments/delivery";',
    modules: [],
    compression: "brotli",
    most: 5_530,
  },
  {
    title: "receiver",
    program: 'export * from "@fosterflow/segments/receiver";',
    modules: [],
    compression: "brotli",
    most: 3_970,
  },
];

/** The bytes of a budget's program, bundled and minified, and its modules, each compressed. */
export async function sizeOf(
  { program, condition, modules, apart = [], compression }: Budget,
  { directory, installed }: Project,
): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: directory },
    bundle: true,
    minify: true,
    format: "esm",
    conditions: condition === undefined ? [] : [condition],
    external: ["*.wasm", ...apart.map((name) => `*/${name}`)],
    write: false,
    logLevel: "silent",
  });
  const contents = [
    ...outputFiles.map((file) => file.contents),
    ...modules.map((name) => readFileSync(join(installed, "dist", name))),
  ];
  return contents.reduce((sum, bytes) => sum + compressed(bytes, compression), 0);
}

function compressed(bytes: Uint8Array, compression: Budget["compression"]): number {
  if (compression === "gzip") return gzipSync(bytes, { level: 9 }).length;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}
