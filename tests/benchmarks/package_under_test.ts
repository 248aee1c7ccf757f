import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Segments from "../../bindings/javascript/index.ts";

/** The built package, as its users import it. */
export interface PackageUnderTest {
  readonly createEngine: typeof Segments.createEngine;
  readonly entry: string;
  readonly wasm: Uint8Array;
}

export async function loadPackage(directory: string): Promise<PackageUnderTest> {
  const entry = pathToFileURL(resolve(directory, "index.js")).href;
  const { createEngine } = (await import(entry)) as typeof Segments;
  return { createEngine, entry, wasm: readFileSync(join(directory, "core.wasm")) };
}
