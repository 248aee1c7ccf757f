import { readFileSync } from "node:fs";
import { AudienceCore, type AudienceModule } from "../../bindings/javascript/audience_core.ts";
import { instantiateCore } from "../../bindings/javascript/core_instance.ts";
import type { ModuleFactory } from "../../bindings/javascript/core_module.ts";

const glue = new URL("../../build/wasm-release/audience.mjs", import.meta.url);
const bytes = new URL("../../build/wasm-release/audience.wasm", import.meta.url);

/** The audience's core as CMake left it, for what the package does not export. */
export async function audienceCoreFromBuild(): Promise<AudienceCore> {
  const { default: createModule } = (await import(glue.href)) as {
    default: ModuleFactory<AudienceModule>;
  };
  return new AudienceCore(
    await instantiateCore(createModule, await WebAssembly.compile(readFileSync(bytes))),
  );
}
