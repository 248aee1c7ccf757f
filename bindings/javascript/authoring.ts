/**
 * Helps to write rules: describes them.
 *
 * @example
 * import { describe } from "@fosterflow/segments/authoring";
 *
 * const [{ sentence }] = await describe(definition);
 */

import { Authoring } from "./authoring_service.ts";
import type { Description } from "./description_types.ts";
import { startStudio } from "./packaged_studio.ts";
import type { WasmSource } from "./wasm_source.ts";

export type { Authoring } from "./authoring_service.ts";
export type * from "./description_types.ts";
export { SegmentError } from "./segment_error.ts";

export interface AuthoringOptions {
  /** Where the core comes from, for hosts that must hand it in (`studio.wasm`); by default it is part of the package. */
  wasm?: WasmSource;
}

/** Starts a core that helps to write rules. The functions of this module share one of their own. */
export async function createAuthoring(options: AuthoringOptions = {}): Promise<Authoring> {
  return new Authoring(await startStudio(options.wasm));
}

let shared: Promise<Authoring> | undefined;

/** The one that the functions below share; a start that failed is tried again. */
function authoring(): Promise<Authoring> {
  shared ??= createAuthoring().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** See `Authoring.describe`. */
export async function describe(
  ...parameters: Parameters<Authoring["describe"]>
): Promise<Description[]> {
  return (await authoring()).describe(...parameters);
}
