import { checkedText } from "./arguments.ts";
import { definitionText, jsonText, refusal, type SegmentsInput } from "./define.ts";
import type { Condition, ParameterOverrides, SegmentDefinition } from "./definition_types.ts";
import type { DescribeOptions, Description } from "./description_types.ts";
import type { DefinitionDiff, DiffOptions } from "./diff_types.ts";
import { disposeSymbol } from "./dispose_symbol.ts";
import type { LintOptions, LintReport } from "./lint_types.ts";
import type { Problem } from "./problem_types.ts";
import type { QueryBuilderGroup } from "./query_builder_types.ts";
import { SegmentError } from "./segment_error.ts";
import type { AuthoringTask, StudioCore } from "./studio_core.ts";
import type {
  InstantiateOptions,
  LanguageOptions,
  PersonasOptions,
  Template,
  TemplateArgument,
  TemplateArguments,
  TemplateId,
} from "./template_types.ts";
import { type SqlQuery, type ToSqlOptions, toSql } from "./to_sql.ts";

/** Tasks whose problems are not those of definitions. */
const aboutArguments = {
  instantiate: true,
  personas: true,
  fromQuery: true,
  toQuery: true,
} as const;

/** Helps to write rules. Made by `createAuthoring`; every call is finished when it returns. */
export class Authoring {
  #core: StudioCore | undefined;

  /** @internal */
  constructor(core: StudioCore) {
    this.#core = core;
  }

  /**
   * Says each definition as one sentence, and as a tree of short phrases. Segments that a definition names need not be
   * given.
   *
   * @throws SegmentError `definitions_refused`, with all problems.
   */
  describe(segments: SegmentsInput, options: DescribeOptions = {}): Description[] {
    return this.#ask("describe", definitionText(segments), options);
  }

  /**
   * Tells what can never hold, always holds, changes nothing or lets in strangers, which names were never seen in the
   * data, and what each rule costs and needs. What it says about the logic is so by the law; it does not find all.
   *
   * @throws SegmentError `definitions_refused`, with all problems.
   */
  lint(segments: SegmentsInput, options: LintOptions = {}): LintReport {
    return this.#ask("lint", definitionText(segments), options);
  }

  /**
   * The one way in which a definition is written here, of all that differ only in the order, repetition or nesting of
   * conditions, in names and notes, in defaults written out, or in operators that say the same. It decides as they do.
   *
   * @throws SegmentError `definitions_refused`, with all problems.
   */
  normalForm(definition: SegmentDefinition): SegmentDefinition {
    const [normal] = this.#ask<[SegmentDefinition]>("normalForm", definitionText(definition), {});
    return normal;
  }

  /**
   * How a definition differs from the version before, for people and for programs. Conditions that only moved, or that
   * are written otherwise, are no change.
   *
   * @throws SegmentError `definitions_refused`, with all problems of the first of the two that is refused.
   */
  diff(
    before: SegmentDefinition,
    after: SegmentDefinition,
    options: DiffOptions = {},
  ): DefinitionDiff {
    return this.#ask("diff", definitionText(before), { ...options, with: after });
  }

  /**
   * The condition over attributes that a query of react-querybuilder means.
   *
   * @throws SegmentError `invalid_argument`, with a problem for each place of the query that cannot be said.
   */
  fromQueryBuilder(query: QueryBuilderGroup): Condition {
    return this.#ask("fromQuery", jsonText(query, "query"), {});
  }

  /**
   * The query of react-querybuilder that means the same as a condition over attributes. Parameters are put in with
   * their values.
   *
   * @throws SegmentError `invalid_argument`, with a problem for each place that react-querybuilder cannot say.
   */
  toQueryBuilder(condition: Condition, parameters?: ParameterOverrides): QueryBuilderGroup {
    const definition = {
      version: 1,
      id: "condition",
      ...(parameters === undefined ? {} : { parameters }),
      when: condition,
    };
    return this.#ask("toQuery", jsonText(definition, "condition"), {});
  }

  /**
   * One query a segment, by its id, over the tables that docs/sql.md describes. What a dialect cannot say is refused by
   * name, and never approximated.
   *
   * @throws SegmentError `definitions_refused`, with all problems; `invalid_argument`; `unknown_segment`.
   */
  toSql(segments: SegmentsInput, options: ToSqlOptions): Record<string, SqlQuery> {
    return toSql(this.#open(), segments, options);
  }

  /** The scenarios that there are, with their arguments; names, descriptions and units are in the language. */
  templates(options: LanguageOptions = {}): Template[] {
    return this.#ask("templates", "", options);
  }

  /**
   * The definition that a template gives. It is an ordinary one: its thresholds are parameters of it.
   *
   * @throws SegmentError `invalid_argument`, with a problem for each argument that is unknown or out of its bounds.
   */
  instantiate<Id extends TemplateId>(
    id: Id,
    given: TemplateArguments[Id] = {},
    options: InstantiateOptions = {},
  ): SegmentDefinition {
    return this.#ask("instantiate", checkedText(id, "id"), { ...options, arguments: given });
  }

  /**
   * The definitions of the eight personas, in the order in which they win. One threshold has one name in all of them,
   * so that one parameter sets it everywhere.
   *
   * @throws SegmentError `invalid_argument`, with a problem for each threshold that is unknown or out of its bounds.
   */
  personas(options: PersonasOptions = {}): SegmentDefinition[] {
    const { exclusive = false, language = "en", ...given } = options;
    return this.#ask("personas", "", { exclusive, language, arguments: given });
  }

  /** What `personas` can be told, with defaults and bounds; descriptions and units are in the language. */
  personaArguments(options: LanguageOptions = {}): TemplateArgument[] {
    return this.#ask<{ arguments: TemplateArgument[] }>("personaArguments", "", options).arguments;
  }

  /** Frees the core. Nothing more can be asked of it then. */
  dispose(): void {
    this.#core = undefined;
  }

  [disposeSymbol](): void {
    this.dispose();
  }

  #open(): StudioCore {
    if (this.#core !== undefined) return this.#core;
    throw new SegmentError("disposed", "This authoring was disposed.");
  }

  #ask<Answer>(task: AuthoringTask, subject: string | Uint8Array, options: object): Answer {
    const core = this.#open();
    const { isRefused, response } = core.author(task, subject, jsonText(options, "options"));
    const answer = JSON.parse(response) as Answer;
    if (!isRefused) return answer;
    const { problems = [], optionProblems } = (answer ?? {}) as Record<
      string,
      Problem[] | undefined
    >;
    if (optionProblems !== undefined) throw argumentRefusal(optionProblems);
    throw task in aboutArguments ? argumentRefusal(problems) : refusal(problems);
  }
}

function argumentRefusal(problems: readonly Problem[]): SegmentError {
  const sentences = problems.map(({ message }) => message).join(" ");
  return new SegmentError("invalid_argument", sentences, { problems });
}
