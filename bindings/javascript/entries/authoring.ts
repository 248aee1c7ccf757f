/**
 * Helps to write rules: predefined scenarios and personas, sentences, warnings, differences, and queries of others.
 *
 * @example
 * import { describe, instantiate } from "@fosterflow/segments/authoring";
 *
 * const definition = await instantiate("cart-abandonment", { waitHours: 12 });
 * const [{ sentence }] = await describe(definition);
 */

import base64 from "#studio-wasm";
import { authoringFunctions } from "../authoring_functions.ts";
import { inlineWasm } from "../packaged_wasm.ts";
import { CompiledModules } from "../wasm_source.ts";

export type { AuthoringOptions } from "../authoring_functions.ts";
export type { Authoring } from "../authoring_service.ts";
export type * from "../description_types.ts";
export type * from "../diff_types.ts";
export type * from "../lint_types.ts";
export type * from "../query_builder_types.ts";
export { SegmentError } from "../segment_error.ts";
export type { QuantileSource, SuggestOptions } from "../suggest_thresholds.ts";
export { suggestThresholds } from "../suggest_thresholds.ts";
export type * from "../template_types.ts";
export type { SqlDialect, SqlQuery, SqlRefusal, ToSqlOptions } from "../to_sql.ts";

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
  /* @__PURE__ */ new CompiledModules(/* @__PURE__ */ inlineWasm("studio.wasm", base64)),
);
