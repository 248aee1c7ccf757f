import createCoreModule from "#engine-module";
import { Core } from "./core.ts";
import { instantiateCore } from "./core_instance.ts";
import type { CompiledModules, WasmSource } from "./wasm_source.ts";

/** Starts an instance of the core that is handed in, or else of the one that the entry brings. */
export async function startCore(modules: CompiledModules, source?: WasmSource): Promise<Core> {
  return new Core(await instantiateCore(createCoreModule, await modules.of(source)));
}
