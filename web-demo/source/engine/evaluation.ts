import type {
  Audience,
  Condition,
  Problem,
  SegmentDefinition,
  SegmentError,
} from "@fosterflow/segments/audience";
import type {
  Authoring,
  AuthoringLanguage,
  DescribedPart,
  LintFinding,
  LintSummary,
} from "@fosterflow/segments/authoring";
import { conditionParts } from "./conditions.ts";
import { turn } from "./turn.ts";
import { seenVocabulary, type Vocabulary } from "./vocabulary.ts";

export interface EvaluationRequest {
  /** By which the page knows the answers: of one page no two are alike. */
  readonly number: number;
  /** Who asks: of the requests of one lane only the newest is answered. */
  readonly lane: string;
  readonly definition: SegmentDefinition;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly language: AuthoringLanguage;
}

/** An answer on its way to the page. */
export interface ToldEvaluation {
  /** As the page numbered it. */
  readonly evaluationOf: number;
  readonly evaluation: Evaluation;
}

export interface PartCount {
  /** Contacts for whom the condition holds; null when it is not complete. */
  readonly own: number | null;
  /** With those before it in its group. */
  readonly running?: number | null;
}

/** What is told about a definition, in this order. */
export type Evaluation =
  | {
      readonly kind: "total";
      readonly count: number;
      readonly contacts: number;
      readonly milliseconds: number;
    }
  /** In the place of `total`: the definition cannot be counted. */
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }
  | { readonly kind: "parts"; readonly parts: Readonly<Record<string, PartCount>> }
  | { readonly kind: "reach"; readonly channels: Readonly<Record<string, number>> }
  | {
      readonly kind: "words";
      readonly sentence: string;
      readonly condition: DescribedPart;
      readonly findings: readonly LintFinding[];
      readonly summary: LintSummary | undefined;
    };

interface Means {
  readonly audience: Audience;
  readonly authoring: () => Promise<Authoring>;
  readonly vocabulary: Vocabulary;
  readonly tell: (evaluation: Evaluation) => void;
}

/** Milliseconds of work before others have their turn: half a frame. */
const slice = 8;

/** Tells all about a definition until it is stale; false when it became so. */
export async function evaluate(
  request: EvaluationRequest,
  means: Means,
  isStale: () => boolean,
): Promise<boolean> {
  const { definition, at } = request;
  // Edits that wait already make this one stale.
  await turn();
  if (isStale()) return false;
  const isCounted = tellTotal(definition, at, means);
  await turn();
  if (!(await tellParts(definition, at, means, isStale))) return false;
  if (!isCounted) return true;
  await turn();
  if (isStale()) return false;
  tellReach(definition, at, means);
  await turn();
  const authoring = await means.authoring();
  if (isStale()) return false;
  tellWords(authoring, request, means);
  return true;
}

function tellTotal(definition: SegmentDefinition, at: number, { audience, tell }: Means): boolean {
  try {
    const since = performance.now();
    const count = audience.count(definition, { at });
    const milliseconds = performance.now() - since;
    const { contacts } = audience.statistics();
    tell({ kind: "total", count, contacts, milliseconds });
    return true;
  } catch (error) {
    tell({ kind: "refused", problems: problemsOf(error) });
    return false;
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  const { code, problems } = error as SegmentError;
  if (code === "definitions_refused") return problems;
  throw error;
}

/** Null when the condition is refused: what is wrong with it is told with the whole definition. */
function countOf(
  audience: Audience,
  definition: SegmentDefinition,
  when: Condition,
  at: number,
): number | null {
  try {
    return audience.count({ ...definition, when }, { at });
  } catch (error) {
    problemsOf(error);
    return null;
  }
}

async function tellParts(
  definition: SegmentDefinition,
  at: number,
  { audience, tell }: Means,
  isStale: () => boolean,
): Promise<boolean> {
  let told: Record<string, PartCount> = {};
  let since = performance.now();
  for (const { pointer, own, running } of conditionParts(definition)) {
    if (isStale()) return false;
    told[pointer] = {
      own: countOf(audience, definition, own, at),
      ...(running && { running: countOf(audience, definition, running, at) }),
    };
    if (performance.now() - since < slice) continue;
    tell({ kind: "parts", parts: told });
    told = {};
    await turn();
    since = performance.now();
  }
  tell({ kind: "parts", parts: told });
  return !isStale();
}

function tellReach(
  definition: SegmentDefinition,
  at: number,
  { audience, vocabulary, tell }: Means,
): void {
  const channels = vocabulary.channels.map(({ name }) => {
    const reachable: Condition = { kind: "channel", channel: name, op: "reachable" };
    const when: Condition = { kind: "all", of: [definition.when, reachable] };
    return [name, countOf(audience, definition, when, at) ?? 0] as const;
  });
  tell({ kind: "reach", channels: Object.fromEntries(channels) });
}

function tellWords(
  authoring: Authoring,
  request: EvaluationRequest,
  { vocabulary, tell }: Means,
): void {
  const { definition, language } = request;
  try {
    const [described] = authoring.describe(definition, { language });
    const { findings, segments } = authoring.lint(definition, {
      language,
      seen: seenVocabulary(vocabulary),
    });
    if (described === undefined) return;
    const { sentence, condition } = described;
    tell({ kind: "words", sentence, condition, findings, summary: segments[0] });
  } catch (error) {
    tell({ kind: "refused", problems: problemsOf(error) });
  }
}
