import { Authoring } from "./authoring_service.ts";
import type { Condition, ParameterOverrides, SegmentDefinition } from "./definition_types.ts";
import type { Description } from "./description_types.ts";
import type { DefinitionDiff, DiffOptions } from "./diff_types.ts";
import type { LintReport } from "./lint_types.ts";
import type { QueryBuilderGroup } from "./query_builder_types.ts";
import { startStudio } from "./start_studio.ts";
import type {
  InstantiateOptions,
  LanguageOptions,
  Template,
  TemplateArgument,
  TemplateArguments,
  TemplateId,
} from "./template_types.ts";
import type { SqlQuery } from "./to_sql.ts";
import type { CompiledModules, WasmSource } from "./wasm_source.ts";

export interface AuthoringOptions {
  /** Where the core comes from, for hosts that must hand it in (`studio.wasm`); by default it is part of the package. */
  wasm?: WasmSource;
}

/** The functions of an entry, with the core that it brings. */
export function authoringFunctions(modules: CompiledModules) {
  let shared: Promise<Authoring> | undefined;

  /** Starts a core that helps to write rules. The functions of this module share one of their own. */
  async function createAuthoring(options: AuthoringOptions = {}): Promise<Authoring> {
    return new Authoring(await startStudio(modules, options.wasm));
  }

  /** The one that the functions below share; a start that failed is tried again. */
  function authoring(): Promise<Authoring> {
    shared ??= createAuthoring().catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
    return shared;
  }

  /** See `Authoring.describe`. */
  async function describe(
    ...parameters: Parameters<Authoring["describe"]>
  ): Promise<Description[]> {
    return (await authoring()).describe(...parameters);
  }

  /** See `Authoring.templates`. */
  async function templates(options?: LanguageOptions): Promise<Template[]> {
    return (await authoring()).templates(options);
  }

  /** See `Authoring.instantiate`. */
  async function instantiate<Id extends TemplateId>(
    id: Id,
    given?: TemplateArguments[Id],
    options?: InstantiateOptions,
  ): Promise<SegmentDefinition> {
    return (await authoring()).instantiate(id, given, options);
  }

  /** See `Authoring.personas`. */
  async function personas(
    ...parameters: Parameters<Authoring["personas"]>
  ): Promise<SegmentDefinition[]> {
    return (await authoring()).personas(...parameters);
  }

  /** See `Authoring.personaArguments`. */
  async function personaArguments(options?: LanguageOptions): Promise<TemplateArgument[]> {
    return (await authoring()).personaArguments(options);
  }

  /** See `Authoring.lint`. */
  async function lint(...parameters: Parameters<Authoring["lint"]>): Promise<LintReport> {
    return (await authoring()).lint(...parameters);
  }

  /** See `Authoring.normalForm`. */
  async function normalForm(definition: SegmentDefinition): Promise<SegmentDefinition> {
    return (await authoring()).normalForm(definition);
  }

  /** See `Authoring.diff`. */
  async function diff(
    before: SegmentDefinition,
    after: SegmentDefinition,
    options?: DiffOptions,
  ): Promise<DefinitionDiff> {
    return (await authoring()).diff(before, after, options);
  }

  /** See `Authoring.toSql`. */
  async function toSql(
    ...parameters: Parameters<Authoring["toSql"]>
  ): Promise<Record<string, SqlQuery>> {
    return (await authoring()).toSql(...parameters);
  }

  /** See `Authoring.fromQueryBuilder`. */
  async function fromQueryBuilder(query: QueryBuilderGroup): Promise<Condition> {
    return (await authoring()).fromQueryBuilder(query);
  }

  /** See `Authoring.toQueryBuilder`. */
  async function toQueryBuilder(
    condition: Condition,
    parameters?: ParameterOverrides,
  ): Promise<QueryBuilderGroup> {
    return (await authoring()).toQueryBuilder(condition, parameters);
  }

  return {
    createAuthoring,
    describe,
    templates,
    instantiate,
    personas,
    personaArguments,
    lint,
    normalForm,
    diff,
    toSql,
    fromQueryBuilder,
    toQueryBuilder,
  };
}
