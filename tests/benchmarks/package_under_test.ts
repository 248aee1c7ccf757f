import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Segments from "../../bindings/javascript/entries/index.ts";

/** The built package, as its users import it. */
export interface PackageUnderTest {
  readonly createEngine: typeof Segments.createEngine;
  readonly entry: string;
  /** The core that the entry carries. */
  readonly wasm: Uint8Array;
  /** The one for pages that only track; a build of before it was split has none. */
  readonly leanWasm: Uint8Array;
}

export async function loadPackage(directory: string): Promise<PackageUnderTest> {
  const entry = pathToFileURL(resolve(directory, "index.js")).href;
  const { createEngine } = (await import(entry)) as typeof Segments;
  const wasm = readFileSync(join(directory, "core.wasm"));
  const lean = join(directory, "contact.wasm");
  return { createEngine, entry, wasm, leanWasm: existsSync(lean) ? readFileSync(lean) : wasm };
}
