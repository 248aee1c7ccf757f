/**
 * Decides which segments a contact is in, and tells each change as a delta.
 *
 * @example
 * import { createEngine } from "@fosterflow/segments";
 *
 * const engine = await createEngine({ segments });
 * const contact = engine.contact("u1");
 * const { deltas } = contact.apply({ type: "track", userId: "u1", event: "Product Viewed" });
 */

import base64 from "#engine-wasm";
import { type Engine, type EngineOptions, startEngine } from "../engine.ts";
import { inlineWasm } from "../packaged_wasm.ts";
import { CompiledModules } from "../wasm_source.ts";

export type { ApplyOptions, Contact, Messages } from "../contact.ts";
export type { DefineResult, SegmentSummary, SegmentsInput } from "../define.ts";
export type * from "../definition_types.ts";
export type * from "../delta_types.ts";
export type { DefineOptions, Engine, EngineOptions, ParameterChanges } from "../engine.ts";
export type * from "../explanation_types.ts";
export type * from "../message_types.ts";
export type * from "../problem_types.ts";
export type { SegmentErrorCode } from "../segment_error.ts";
export { SegmentError } from "../segment_error.ts";
export type { WasmSource } from "../wasm_source.ts";

const modules = /* @__PURE__ */ new CompiledModules(
  /* @__PURE__ */ inlineWasm("core.wasm", base64),
);

/**
 * Starts an engine with a set of segments. Each has a WebAssembly instance of its own; the compiled code is shared.
 *
 * @example
 * const engine = await createEngine({ segments: [cartAbandoners, highRollers] });
 * const contact = engine.contact("u1");
 *
 * @throws SegmentError `definitions_refused`, with all problems; `core_unavailable`, when the core cannot be loaded.
 */
export function createEngine(options: EngineOptions): Promise<Engine> {
  return startEngine(modules, options);
}
