import createStudioModule from "#studio-module";
import { instantiateCore } from "./core_instance.ts";
import { StudioCore } from "./studio_core.ts";
import type { CompiledModules, WasmSource } from "./wasm_source.ts";

/** Starts an instance of the studio core that is handed in, or else of the one that the entry brings. */
export async function startStudio(
  modules: CompiledModules,
  source?: WasmSource,
): Promise<StudioCore> {
  return new StudioCore(await instantiateCore(createStudioModule, await modules.of(source)));
}
