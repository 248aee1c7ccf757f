import { readFileSync } from "node:fs";
import createCoreModule from "#contact-module";
import { Core } from "../javascript/core.ts";
import { instantiateCore } from "../javascript/core_instance.ts";

/** Starts the core from the file beside the bundled program. */
export async function startCore(): Promise<Core> {
  const bytes = readFileSync(new URL("./core.wasm", import.meta.url));
  return new Core(await instantiateCore(createCoreModule, await WebAssembly.compile(bytes)));
}
