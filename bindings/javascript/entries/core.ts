/**
 * The same as the main entry, without a core: it is handed in. For hosts that have their own way to WebAssembly, and for
 * the lean core (`contact.wasm`).
 *
 * @example
 * import { createEngine } from "@fosterflow/segments/core";
 * import wasm from "@fosterflow/segments/core.wasm";
 *
 * const engine = await createEngine({ segments, wasm });
 */

import { type EngineOptions as AnyEngineOptions, type Engine, startEngine } from "../engine.ts";
import { absentWasm } from "../packaged_wasm.ts";
import { CompiledModules, type WasmSource } from "../wasm_source.ts";

export { SegmentError } from "../segment_error.ts";
export type * from "./index.ts";

export interface EngineOptions extends AnyEngineOptions {
  /** The core: `core.wasm` or `contact.wasm` of this version of the package, compiled or not. */
  wasm: WasmSource;
}

const modules = /* @__PURE__ */ new CompiledModules(absentWasm);

/** See `createEngine` of the main entry. */
export function createEngine(options: EngineOptions): Promise<Engine> {
  return startEngine(modules, options);
}
