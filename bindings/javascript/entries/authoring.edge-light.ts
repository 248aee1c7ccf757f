/** Authoring for edge runtimes that want `?module` for a compiled core. Its types are authoring.ts. */

import { authoringFunctions } from "../authoring_functions.ts";
import { importedWasm } from "../packaged_wasm.ts";
import { CompiledModules } from "../wasm_source.ts";
import module from "./studio.wasm?module";

export { SegmentError } from "../segment_error.ts";
export { suggestThresholds } from "../suggest_thresholds.ts";

export const {
  createAuthoring,
  describe,
  diff,
  fromQueryBuilder,
  instantiate,
  lint,
  normalForm,
  personaArguments,
  personas,
  templates,
  toQueryBuilder,
  toSql,
} = /* @__PURE__ */ authoringFunctions(
  /* @__PURE__ */ new CompiledModules(/* @__PURE__ */ importedWasm("./studio.wasm?module", module)),
);
