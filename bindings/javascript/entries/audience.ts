/**
 * Counts segments over many contacts at once: exactly, and in the time of a frame.
 *
 * @example
 * import { createAudience } from "@fosterflow/segments/audience";
 *
 * const audience = await createAudience({ segments });
 * await audience.load(file.stream());
 * audience.count("cart-abandoners");
 */

import base64 from "#audience-wasm";
import { type Audience, startAudience } from "../audience.ts";
import type { AudienceOptions } from "../audience_types.ts";
import { inlineWasm } from "../packaged_wasm.ts";
import { CompiledModules } from "../wasm_source.ts";

export { Audience } from "../audience.ts";
export type * from "../audience_types.ts";
export type { Messages } from "../contact.ts";
export type { DefineResult, SegmentSummary, SegmentsInput } from "../define.ts";
export type * from "../definition_types.ts";
export type * from "../message_types.ts";
export type * from "../problem_types.ts";
export type { SegmentErrorCode } from "../segment_error.ts";
export { SegmentError } from "../segment_error.ts";
export type { WasmSource } from "../wasm_source.ts";

const modules = /* @__PURE__ */ new CompiledModules(
  /* @__PURE__ */ inlineWasm("audience.wasm", base64),
);

/**
 * Starts an audience with a set of segments, and no contacts. Each has a WebAssembly instance of its own, of up to 4 GB.
 *
 * @throws SegmentError `definitions_refused`, with all problems; `core_unavailable`, when the core cannot be loaded.
 */
export function createAudience(options: AudienceOptions): Promise<Audience> {
  return startAudience(modules, options);
}
