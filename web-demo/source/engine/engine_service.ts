import type {
  Audience,
  AudienceStatistics,
  Distribution,
  Impact,
  LineNotice,
  MetricDefinition,
  Overlap,
  Problem,
  SegmentDefinition,
  SegmentError,
  SegmentSummary,
} from "@fosterflow/segments/audience";
import type {
  Authoring,
  AuthoringLanguage,
  DefinitionDiff,
  Description,
  InstantiateOptions,
  LintReport,
  PersonasOptions,
  PersonaThresholds,
  SqlDialect,
  SqlQuery,
  SuggestOptions,
  Template,
  TemplateArgument,
  TemplateId,
} from "@fosterflow/segments/authoring";
import { AudienceFigures } from "./audience_figures.ts";
import {
  type Evaluation,
  type EvaluationRequest,
  evaluate,
  type ToldEvaluation,
} from "./evaluation.ts";
import { Lanes } from "./lanes.ts";
import { everybody, memberPages, missingOf, withinChange } from "./member_pages.ts";
import { NumberBoard } from "./number_board.ts";
import { turn } from "./turn.ts";
import { emptyVocabulary, listsIn, type Vocabulary, withLists } from "./vocabulary.ts";

/** What may be refused: the problems are data, since errors lose theirs between a worker and its page. */
export type Answer<Value> =
  | { readonly isRefused: false; readonly value: Value }
  | { readonly isRefused: true; readonly message: string; readonly problems: readonly Problem[] };

export interface ChangedMembers {
  readonly entered: number;
  readonly left: number;
}

/** The audience and the helper for authors, in a worker. All instants are epoch milliseconds. */
export class EngineService {
  #audience: Promise<Audience> | undefined;
  #authoring: Promise<Authoring> | undefined;
  #vocabulary: Vocabulary = emptyVocabulary;
  #inForce: readonly SegmentDefinition[] = [];
  readonly #lanes = new Lanes();
  readonly #tell: (told: ToldEvaluation) => void;
  #board: NumberBoard | undefined;
  /** Figures of groups that are not in force. */
  readonly figures = new AudienceFigures(
    () => this.#openAudience(),
    () => this.#inForce,
    this.#lanes,
  );

  /** `tell` sends to the page directly: a port that is handed over with each request would hold the number up. */
  constructor(tell: (told: ToldEvaluation) => void) {
    this.#tell = tell;
  }

  /** Shares memory in which counts of evaluations are written before they are told. */
  shareBoard(memory: SharedArrayBuffer): void {
    this.#board = new NumberBoard(memory);
  }

  #openAudience(): Promise<Audience> {
    this.#audience ??= import("@fosterflow/segments/audience").then(({ createAudience }) =>
      createAudience({ segments: [] }),
    );
    return this.#audience;
  }

  #openAuthoring(): Promise<Authoring> {
    this.#authoring ??= import("@fosterflow/segments/authoring").then(({ createAuthoring }) =>
      createAuthoring(),
    );
    return this.#authoring;
  }

  /** Takes the contacts of a file in the place of those that are there, and messages that came after it was written. */
  async open(
    file: Blob,
    messages: readonly string[],
    vocabulary: Vocabulary,
  ): Promise<AudienceStatistics> {
    const audience = await this.#openAudience();
    // Read here: a blob comes by its name, and its bytes would be copied.
    audience.open(new Uint8Array(await file.arrayBuffer()));
    for (const lines of messages) audience.append(lines);
    this.#vocabulary = vocabulary;
    return audience.statistics();
  }

  /** The contacts as a file. */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#openAudience()).save();
  }

  /** Takes messages in that came later: NDJSON. The answer has the words with the lists that they name. */
  async append(messages: string): Promise<{
    refused: LineNotice[];
    statistics: AudienceStatistics;
    vocabulary: Vocabulary;
  }> {
    const audience = await this.#openAudience();
    const { refused } = audience.append(messages);
    const members = (list: string) =>
      audience.count({ version: 1, id: "list", when: { kind: "list", list, op: "in" } });
    const counts = listsIn(messages).map((list) => [list, members(list)] as const);
    this.#vocabulary = withLists(this.#vocabulary, Object.fromEntries(counts));
    return { refused, statistics: audience.statistics(), vocabulary: this.#vocabulary };
  }

  /** Puts a set of definitions in force, whole or not at all. */
  async define(
    definitions: readonly SegmentDefinition[],
  ): Promise<Answer<readonly SegmentSummary[]>> {
    const audience = await this.#openAudience();
    return answered(() => {
      audience.define(definitions);
      this.#inForce = definitions;
      return audience.segments();
    });
  }

  /** The counts of definitions that may name one another, as if they were in force beside the others. */
  async countTogether(
    definitions: readonly SegmentDefinition[],
    at: number,
  ): Promise<Answer<Record<string, number>>> {
    const audience = await this.#openAudience();
    const ids = new Set(definitions.map(({ id }) => id));
    const others = this.#inForce.filter(({ id }) => !ids.has(id));
    return answered(() => {
      // Nobody else has a turn before the set in force is back.
      audience.define([...others, ...definitions]);
      try {
        const counts = audience.counts({ at });
        return Object.fromEntries([...ids].map((id) => [id, counts[id] ?? 0]));
      } finally {
        audience.define(this.#inForce);
      }
    });
  }

  /**
   * Tells everything about a definition that is being edited, the most urgent first. A newer request with the same
   * `lane` ends this one; it resolves to false then.
   */
  async evaluate(request: EvaluationRequest): Promise<boolean> {
    const isStale = this.#lanes.begin(request.lane);
    const audience = await this.#openAudience();
    const means = {
      audience,
      authoring: () => this.#openAuthoring(),
      vocabulary: this.#vocabulary,
      tell: (evaluation: Evaluation) => {
        if (evaluation.kind === "total") this.#board?.write(request.number, evaluation);
        this.#tell({ evaluationOf: request.number, evaluation });
      },
    };
    return evaluate(request, means, isStale);
  }

  async counts(at: number): Promise<Record<string, number>> {
    return (await this.#openAudience()).counts({ at });
  }

  async count(segment: string | SegmentDefinition, at: number): Promise<Answer<number>> {
    const audience = await this.#openAudience();
    return answered(() => audience.count(segment, { at }));
  }

  /** Ends the work of a lane that is under way. */
  stop(lane: string): void {
    this.#lanes.begin(lane);
  }

  /** The counts at several instants, one after the other with turns for others in between, until the lane is taken. */
  async countsOver(
    lane: string,
    instants: readonly number[],
    tell: (at: number, counts: Record<string, number>) => void,
  ): Promise<void> {
    const isStale = this.#lanes.begin(lane);
    const audience = await this.#openAudience();
    for (const at of instants) {
      await turn();
      if (isStale()) return;
      tell(at, audience.counts({ at }));
    }
  }

  /** For each segment, who is in it at `to` and was not at `from`, and the other way round, until the lane is taken. */
  async changesOver(
    lane: string,
    range: { readonly from: number; readonly to: number },
    tell: (segment: string, changed: ChangedMembers) => void,
  ): Promise<void> {
    const isStale = this.#lanes.begin(lane);
    const audience = await this.#openAudience();
    for (const { id } of audience.segments()) {
      await turn();
      if (isStale()) return;
      const changed = await withinChange(audience, id, range, isStale);
      if (changed !== undefined) tell(id, changed);
    }
  }

  async members(
    segment: string | SegmentDefinition,
    options: { at: number; limit: number; after?: string },
  ): Promise<Answer<readonly string[]>> {
    const audience = await this.#openAudience();
    return answered(() => audience.members(segment, options));
  }

  /** A page of all contacts. */
  async contacts(options: { limit: number; after?: string }): Promise<readonly string[]> {
    return (await this.#openAudience()).members(everybody, { at: 0, ...options });
  }

  /** Those of the ids that no contact has. */
  async unknownContacts(ids: readonly string[]): Promise<readonly string[]> {
    return missingOf(ids, memberPages(await this.#openAudience(), everybody, 0));
  }

  async impact(
    definition: SegmentDefinition,
    options: { at: number; limit: number },
  ): Promise<Answer<Impact>> {
    const audience = await this.#openAudience();
    return answered(() => audience.impact(definition, options));
  }

  async overlap(first: string, second: string, at: number): Promise<Overlap> {
    return (await this.#openAudience()).overlap(first, second, { at });
  }

  async distribution(
    metric: MetricDefinition,
    options: { at: number; buckets: number | readonly number[] },
  ): Promise<Answer<Distribution>> {
    const audience = await this.#openAudience();
    return answered(() => audience.distribution(metric, options));
  }

  async quantile(
    metric: MetricDefinition,
    q: number,
    at: number,
  ): Promise<Answer<number | undefined>> {
    const audience = await this.#openAudience();
    return answered(() => audience.quantile(metric, q, { at }));
  }

  async statistics(): Promise<AudienceStatistics> {
    return (await this.#openAudience()).statistics();
  }

  async describe(
    definitions: readonly SegmentDefinition[],
    language: AuthoringLanguage,
  ): Promise<Answer<readonly Description[]>> {
    const authoring = await this.#openAuthoring();
    return answered(() => authoring.describe(definitions, { language }));
  }

  async lint(
    definitions: readonly SegmentDefinition[],
    language: AuthoringLanguage,
  ): Promise<Answer<LintReport>> {
    const authoring = await this.#openAuthoring();
    return answered(() => authoring.lint(definitions, { language }));
  }

  async diff(
    before: SegmentDefinition,
    after: SegmentDefinition,
    language: AuthoringLanguage,
  ): Promise<Answer<DefinitionDiff>> {
    const authoring = await this.#openAuthoring();
    return answered(() => authoring.diff(before, after, { language }));
  }

  async sql(
    definitions: readonly SegmentDefinition[],
    options: { dialect: SqlDialect; segment: string },
  ): Promise<Answer<SqlQuery | undefined>> {
    const authoring = await this.#openAuthoring();
    return answered(() => authoring.toSql(definitions, { ...options, at: "now" })[options.segment]);
  }

  async templates(language: AuthoringLanguage): Promise<readonly Template[]> {
    return (await this.#openAuthoring()).templates({ language });
  }

  async instantiate(
    template: TemplateId,
    given: Readonly<Record<string, unknown>>,
    options: InstantiateOptions,
  ): Promise<Answer<SegmentDefinition>> {
    const authoring = await this.#openAuthoring();
    return answered(() => authoring.instantiate(template, given as never, options));
  }

  async personas(options: PersonasOptions): Promise<Answer<readonly SegmentDefinition[]>> {
    const authoring = await this.#openAuthoring();
    return answered(() => authoring.personas(options));
  }

  async personaArguments(language: AuthoringLanguage): Promise<readonly TemplateArgument[]> {
    return (await this.#openAuthoring()).personaArguments({ language });
  }

  async suggestThresholds(options: SuggestOptions): Promise<PersonaThresholds> {
    const { suggestThresholds } = await import("@fosterflow/segments/authoring");
    const audience = await this.#openAudience();
    return suggestThresholds(audience, options);
  }
}

/** A refusal as data; every other error stays one. */
function answered<Value>(ask: () => Value): Answer<Value> {
  try {
    return { isRefused: false, value: ask() };
  } catch (error) {
    if (!(error instanceof Error) || !isRefusal(error)) throw error;
    return { isRefused: true, message: error.message, problems: error.problems };
  }
}

function isRefusal(error: Error): error is SegmentError {
  // Not `instanceof`: the class would have to be imported before the audience is.
  return (
    error.name === "SegmentError" &&
    ["definitions_refused", "invalid_argument"].includes((error as SegmentError).code)
  );
}
