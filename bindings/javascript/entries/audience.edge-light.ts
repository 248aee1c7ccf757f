/** The audience for edge runtimes that want `?module` for a compiled core. Its types are audience.ts. */

import { type Audience, startAudience } from "../audience.ts";
import type { AudienceOptions } from "../audience_types.ts";
import { importedWasm } from "../packaged_wasm.ts";
import { CompiledModules } from "../wasm_source.ts";
import module from "./audience.wasm?module";

export { Audience } from "../audience.ts";
export { SegmentError } from "../segment_error.ts";

const modules = /* @__PURE__ */ new CompiledModules(
  /* @__PURE__ */ importedWasm("./audience.wasm?module", module),
);

export function createAudience(options: AudienceOptions): Promise<Audience> {
  return startAudience(modules, options);
}
