import { readFileSync } from "node:fs";
import createStudioModule from "#studio-module";
import { instantiateCore } from "../javascript/core_instance.ts";
import { StudioCore } from "../javascript/studio_core.ts";

/** Starts the core from the file beside the bundled program. */
export async function startCore(): Promise<StudioCore> {
  const bytes = readFileSync(new URL("./studio.wasm", import.meta.url));
  return new StudioCore(
    await instantiateCore(createStudioModule, await WebAssembly.compile(bytes)),
  );
}
