import wasm from "@fosterflow/segments/contact.wasm";
import { createEngine, type Engine, type EngineOptions } from "@fosterflow/segments/core";

/** An engine that decides and tells no reasons: all that a contact object needs, in less. The studio worker has the other. */
export function leanEngine(options: Omit<EngineOptions, "wasm">): Promise<Engine> {
  return createEngine({ ...options, wasm });
}
