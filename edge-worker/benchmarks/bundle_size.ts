import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleWorker } from "../local/bundle.mjs";

/** Bytes of the worker's modules as they are deployed, compressed. */
export async function bundleSize(): Promise<{ script: number; wasm: number }> {
  const folder = mkdtempSync(join(tmpdir(), "edge-bundle-"));
  try {
    const modules = await bundleWorker("source/worker.ts", folder, ".");
    const sizes = { script: 0, wasm: 0 };
    for (const { name, kind } of modules) {
      const { length } = gzipSync(readFileSync(join(folder, name)), { level: 9 });
      sizes[kind === "wasm" ? "wasm" : "script"] += length;
    }
    return sizes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
