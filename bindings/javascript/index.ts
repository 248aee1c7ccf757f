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

export type { ApplyOptions, Contact, Messages } from "./contact.ts";
export type { DefineResult, SegmentSummary, SegmentsInput } from "./define.ts";
export type * from "./definition_types.ts";
export type * from "./delta_types.ts";
export type { DefineOptions, Engine, EngineOptions, ParameterChanges } from "./engine.ts";
export { createEngine } from "./engine.ts";
export type * from "./explanation_types.ts";
export type * from "./message_types.ts";
export type * from "./problem_types.ts";
export type { SegmentErrorCode } from "./segment_error.ts";
export { SegmentError } from "./segment_error.ts";
export type { WasmSource } from "./wasm_source.ts";
