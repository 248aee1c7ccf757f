/** The main entry for workerd, which compiles nothing at run time: the core comes compiled. Its types are index.ts. */

import { type Engine, type EngineOptions, startEngine } from "../engine.ts";
import { importedWasm } from "../packaged_wasm.ts";
import { CompiledModules } from "../wasm_source.ts";
import module from "./core.wasm";

export { SegmentError } from "../segment_error.ts";

const modules = /* @__PURE__ */ new CompiledModules(
  /* @__PURE__ */ importedWasm("./core.wasm", module),
);

export function createEngine(options: EngineOptions): Promise<Engine> {
  return startEngine(modules, options);
}
