import { readFileSync } from "node:fs";
import createAudienceModule from "#audience-module";
import createStudioModule from "#studio-module";
import { AudienceCore } from "../javascript/audience_core.ts";
import { instantiateCore } from "../javascript/core_instance.ts";
import { StudioCore } from "../javascript/studio_core.ts";

/** Starts the core from the file beside the bundled program. */
export async function startCore(): Promise<StudioCore> {
  const bytes = readFileSync(new URL("./studio.wasm", import.meta.url));
  return new StudioCore(
    await instantiateCore(createStudioModule, await WebAssembly.compile(bytes)),
  );
}

/** Starts the core of many contacts, likewise. */
export async function startAudienceCore(): Promise<AudienceCore> {
  const bytes = readFileSync(new URL("./audience.wasm", import.meta.url));
  const core = new AudienceCore(
    await instantiateCore(createAudienceModule, await WebAssembly.compile(bytes)),
  );
  core.setHashKey(crypto.getRandomValues(new Uint32Array(4)));
  return core;
}
