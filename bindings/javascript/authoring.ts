/**
 * Helps to write rules: predefined scenarios and personas, sentences, warnings, differences, and queries of others.
 *
 * @example
 * import { describe, instantiate } from "@fosterflow/segments/authoring";
 *
 * const definition = await instantiate("cart-abandonment", { waitHours: 12 });
 * const [{ sentence }] = await describe(definition);
 */

import { Authoring } from "./authoring_service.ts";
import type { Condition, ParameterOverrides, SegmentDefinition } from "./definition_types.ts";
import type { Description } from "./description_types.ts";
import type { DefinitionDiff, DiffOptions } from "./diff_types.ts";
import type { LintReport } from "./lint_types.ts";
import { startStudio } from "./packaged_studio.ts";
import type { QueryBuilderGroup } from "./query_builder_types.ts";
import type {
  InstantiateOptions,
  Template,
  TemplateArgument,
  TemplateArguments,
  TemplateId,
} from "./template_types.ts";
import type { SqlQuery } from "./to_sql.ts";
import type { WasmSource } from "./wasm_source.ts";

export type { Authoring } from "./authoring_service.ts";
export type * from "./description_types.ts";
export type * from "./diff_types.ts";
export type * from "./lint_types.ts";
export type * from "./query_builder_types.ts";
export { SegmentError } from "./segment_error.ts";
export type { QuantileSource, SuggestOptions } from "./suggest_thresholds.ts";
export { suggestThresholds } from "./suggest_thresholds.ts";
export type * from "./template_types.ts";
export type { SqlDialect, SqlQuery, SqlRefusal, ToSqlOptions } from "./to_sql.ts";

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

/** See `Authoring.templates`. */
export async function templates(): Promise<Template[]> {
  return (await authoring()).templates();
}

/** See `Authoring.instantiate`. */
export async function instantiate<Id extends TemplateId>(
  id: Id,
  given?: TemplateArguments[Id],
  options?: InstantiateOptions,
): Promise<SegmentDefinition> {
  return (await authoring()).instantiate(id, given, options);
}

/** See `Authoring.personas`. */
export async function personas(
  ...parameters: Parameters<Authoring["personas"]>
): Promise<SegmentDefinition[]> {
  return (await authoring()).personas(...parameters);
}

/** See `Authoring.personaArguments`. */
export async function personaArguments(): Promise<TemplateArgument[]> {
  return (await authoring()).personaArguments();
}

/** See `Authoring.lint`. */
export async function lint(...parameters: Parameters<Authoring["lint"]>): Promise<LintReport> {
  return (await authoring()).lint(...parameters);
}

/** See `Authoring.normalForm`. */
export async function normalForm(definition: SegmentDefinition): Promise<SegmentDefinition> {
  return (await authoring()).normalForm(definition);
}

/** See `Authoring.diff`. */
export async function diff(
  before: SegmentDefinition,
  after: SegmentDefinition,
  options?: DiffOptions,
): Promise<DefinitionDiff> {
  return (await authoring()).diff(before, after, options);
}

/** See `Authoring.toSql`. */
export async function toSql(
  ...parameters: Parameters<Authoring["toSql"]>
): Promise<Record<string, SqlQuery>> {
  return (await authoring()).toSql(...parameters);
}

/** See `Authoring.fromQueryBuilder`. */
export async function fromQueryBuilder(query: QueryBuilderGroup): Promise<Condition> {
  return (await authoring()).fromQueryBuilder(query);
}

/** See `Authoring.toQueryBuilder`. */
export async function toQueryBuilder(
  condition: Condition,
  parameters?: ParameterOverrides,
): Promise<QueryBuilderGroup> {
  return (await authoring()).toQueryBuilder(condition, parameters);
}
