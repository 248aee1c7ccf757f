import createCoreModule from "#engine-module";
import inlineBytes from "#engine-wasm";
import { decodedBase64 } from "./base64.ts";
import { Core } from "./core.ts";
import { instantiateCore } from "./core_instance.ts";
import { CompiledModules, type WasmSource } from "./wasm_source.ts";

const inlineAddress = "the core inside this package";
const compiledModules = new CompiledModules();

/** Starts an instance of the core that is part of this package, or of the one handed in. */
export async function startCore(source?: WasmSource): Promise<Core> {
  const module = await (source === undefined
    ? compiledModules.ofBytes(inlineAddress, () => decodedBase64(inlineBytes))
    : compiledModules.of(source));
  return new Core(await instantiateCore(createCoreModule, module));
}
