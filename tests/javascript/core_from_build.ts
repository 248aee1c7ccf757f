import { readFileSync } from "node:fs";
import { instantiateCore } from "../../bindings/javascript/core_instance.ts";
import type { ModuleFactory, StudioModule } from "../../bindings/javascript/core_module.ts";
import { StudioCore } from "../../bindings/javascript/studio_core.ts";

const glue = new URL("../../build/wasm-release/studio.mjs", import.meta.url);
const bytes = new URL("../../build/wasm-release/studio.wasm", import.meta.url);

/** The core as CMake left it, for what the package does not export. */
export async function coreFromBuild(): Promise<StudioCore> {
  const { default: createModule } = (await import(glue.href)) as {
    default: ModuleFactory<StudioModule>;
  };
  return new StudioCore(
    await instantiateCore(createModule, await WebAssembly.compile(readFileSync(bytes))),
  );
}
