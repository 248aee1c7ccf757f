/** The main entry for edge runtimes that want `?module` for a compiled core. Its types are index.ts. */

import { type Engine, type EngineOptions, startEngine } from "../engine.ts";
import { importedWasm } from "../packaged_wasm.ts";
import { CompiledModules } from "../wasm_source.ts";
import module from "./core.wasm?module";

export { SegmentError } from "../segment_error.ts";

const modules = /* @__PURE__ */ new CompiledModules(
  /* @__PURE__ */ importedWasm("./core.wasm?module", module),
);

export function createEngine(options: EngineOptions): Promise<Engine> {
  return startEngine(modules, options);
}
