import { readFileSync } from "node:fs";
import { Core } from "../../bindings/javascript/core.ts";
import { instantiateCore } from "../../bindings/javascript/core_instance.ts";
import type { CoreModuleFactory } from "../../bindings/javascript/core_module.ts";

const glue = new URL("../../build/wasm-release/contact.mjs", import.meta.url);
const bytes = new URL("../../build/wasm-release/contact.wasm", import.meta.url);

/** The core as CMake left it, for what the package does not export. */
export async function coreFromBuild(): Promise<Core> {
  const { default: createModule } = (await import(glue.href)) as { default: CoreModuleFactory };
  return new Core(
    await instantiateCore(createModule, await WebAssembly.compile(readFileSync(bytes))),
  );
}
