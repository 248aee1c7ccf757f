import createStudioModule from "#studio-module";
import inlineBytes from "#studio-wasm";
import { decodedBase64 } from "./base64.ts";
import { instantiateCore } from "./core_instance.ts";
import { StudioCore } from "./studio_core.ts";
import { CompiledModules, type WasmSource } from "./wasm_source.ts";

const inlineAddress = "the studio core inside this package";
const compiledModules = new CompiledModules();

/** Starts an instance of the studio core that is part of this package, or of the one handed in. */
export async function startStudio(source?: WasmSource): Promise<StudioCore> {
  const module = await (source === undefined
    ? compiledModules.ofBytes(inlineAddress, () => decodedBase64(inlineBytes))
    : compiledModules.of(source));
  return new StudioCore(await instantiateCore(createStudioModule, module));
}
