import { isDeepStrictEqual } from "node:util";
import { canonicalJson } from "./canonical_json.ts";
import { readDefinitions } from "./definitions.ts";
import type { EngineUnderTest } from "./engine_under_test.ts";
import { contactsAfter, membersAt, mostEventsKept } from "./evaluate.ts";
import { decisionsLike, expectedDecisions, shownDecisions } from "./explanations.ts";
import type { Case } from "./generator.ts";
import type { JsonValue } from "./json_text.ts";
import { type Line, readMessages } from "./messages.ts";
import { nextChangeAt } from "./next_change.ts";
import { replay } from "./replay.ts";

export type DifferenceKind =
  | "evaluate: members"
  | "evaluate: refused lines"
  | "replay: deltas"
  | "replay: refused lines"
  | "nextChangeAt"
  | "explain"
  | "the engine threw"
  | "the oracle threw";

export interface Difference {
  kind: DifferenceKind;
  /** Where to look: the instant, the contact, the position. */
  where: string;
  expected: unknown;
  found: unknown;
}

/** What the comparisons of a run have seen. */
export interface Tally {
  cases: number;
  comparisons: number;
  withMembers: number;
  members: number;
  replays: number;
  deltas: Record<string, number>;
  refusedLines: number;
  lines: number;
  nextChanges: number;
  nextChangesFound: number;
  explanations: number;
  explainedConditions: number;
}

export function newTally(): Tally {
  return {
    cases: 0,
    comparisons: 0,
    withMembers: 0,
    members: 0,
    replays: 0,
    deltas: { message: 0, time: 0, merge: 0 },
    refusedLines: 0,
    lines: 0,
    nextChanges: 0,
    nextChangesFound: 0,
    explanations: 0,
    explainedConditions: 0,
  };
}

export function addTallies(left: Tally, right: Tally): Tally {
  const sum = { ...left, deltas: { ...left.deltas } };
  for (const key of Object.keys(right) as (keyof Tally)[]) {
    if (key !== "deltas") sum[key] = left[key] + right[key];
  }
  for (const [cause, count] of Object.entries(right.deltas)) {
    sum.deltas[cause] = (sum.deltas[cause] ?? 0) + count;
  }
  return sum;
}

function parametersOf(one: Case): { parameters?: Record<string, unknown> } {
  return one.parameters === undefined ? {} : { parameters: one.parameters };
}

class Found extends Error {
  readonly difference: Difference;

  constructor(difference: Difference) {
    super(difference.kind);
    this.difference = difference;
  }
}

function attempt<T>(kind: "the engine threw" | "the oracle threw", where: string, run: () => T): T {
  try {
    return run();
  } catch (problem) {
    const found = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    throw new Found({ kind, where, expected: undefined, found });
  }
}

function expectSame(kind: DifferenceKind, where: string, expected: unknown, found: unknown): void {
  // Objects that were read by the two sides may differ in prototype; their JSON counts.
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
  if (isDeepStrictEqual(plain(expected), plain(found))) return;
  throw new Found({ kind, where, expected, found });
}

function compareEvaluations(one: Case, engine: EngineUnderTest, tally: Tally): void {
  const oracle = attempt("the oracle threw", "evaluate", () => {
    const read = readMessages(one.lines);
    return {
      definitions: readDefinitions(one.definitions, one.parameters),
      contacts: contactsAfter(read, mostEventsKept),
      refusedLines: read.refused.map((refusal) => refusal.line),
    };
  });
  tally.lines += one.lines.length;
  tally.refusedLines += oracle.refusedLines.length;
  for (const at of one.instants) {
    const where = `at ${at} (${new Date(at).toISOString()})`;
    const expected = attempt("the oracle threw", where, () =>
      membersAt(oracle.definitions, oracle.contacts, at),
    );
    const { definitions, lines } = one;
    const found = attempt("the engine threw", `evaluate ${where}`, () =>
      engine.evaluate({ definitions, lines, at, ...parametersOf(one) }),
    );
    expectSame("evaluate: refused lines", where, oracle.refusedLines, found.refusedLines);
    expectSame("evaluate: members", where, expected, found.segments);
    const members = Object.values(expected).reduce((sum, ids) => sum + ids.length, 0);
    tally.comparisons += 1;
    tally.members += members;
    if (members > 0) tally.withMembers += 1;
  }
}

function compareReplays(one: Case, engine: EngineUnderTest, tally: Tally, verify: boolean): void {
  if (engine.replay === undefined) return;
  tally.replays += 1;
  const { definitions, lines, source, epoch } = one;
  const until = one.until === undefined ? {} : { until: one.until };
  const input = { definitions, lines, source, epoch, ...until, ...parametersOf(one) };
  const expected = attempt("the oracle threw", "replay", () => replay({ ...input, verify }));
  const found = attempt(
    "the engine threw",
    "replay",
    () => engine.replay?.(input) ?? { deltas: [], refusedLines: [] },
  );
  const refusedLines = expected.refused.map((refusal) => refusal.line);
  expectSame("replay: refused lines", "replay", refusedLines, found.refusedLines);
  const count = Math.max(expected.deltas.length, found.deltas.length);
  for (let index = 0; index < count; index += 1) {
    const where = `delta ${index} of ${expected.deltas.length} (found ${found.deltas.length})`;
    expectSame("replay: deltas", where, expected.deltas[index], found.deltas[index]);
  }
  for (const { cause } of expected.deltas) tally.deltas[cause] = (tally.deltas[cause] ?? 0) + 1;
}

/** The lines of one contact that no alias touches, each with its own timestamp. */
function linesOfOneContact(lines: readonly Line[]): { contact: string; lines: Line[] } | undefined {
  const joined = new Set<string>();
  const good: { contact: string; line: Line }[] = [];
  for (const line of lines) {
    const message = readMessages([line]).messages[0];
    if (message === undefined || (typeof line === "string" && line.startsWith("\ufeff"))) continue;
    if (message.kind === "alias") joined.add(message.contact).add(message.previousId);
    else good.push({ contact: message.contact, line });
  }
  const contact = good.find((message) => !joined.has(message.contact))?.contact;
  if (contact === undefined) return undefined;
  const own = good.filter((message) => message.contact === contact);
  return { contact, lines: own.map((message) => message.line) };
}

function compareNextChanges(one: Case, engine: EngineUnderTest, tally: Tally): void {
  if (engine.nextChangeAt === undefined) return;
  const own = linesOfOneContact(one.lines);
  if (own === undefined) return;
  const { definitions } = one;
  for (const clock of one.instants) {
    const where = `${JSON.stringify(own.contact)} at ${clock} (${new Date(clock).toISOString()})`;
    const input = { definitions, ...own, clock, ...parametersOf(one) };
    const expected = attempt("the oracle threw", where, () => nextChangeAt(input));
    const found = attempt("the engine threw", `nextChangeAt ${where}`, () =>
      engine.nextChangeAt?.(input),
    );
    expectSame("nextChangeAt", where, expected, found);
    tally.nextChanges += 1;
    if (expected !== null) tally.nextChangesFound += 1;
  }
}

/** Segments of a case that are explained; more would cost more than they find. */
const mostExplained = 2;

function compareExplanations(one: Case, engine: EngineUnderTest, tally: Tally, verify: boolean) {
  if (engine.explain === undefined) return;
  const own = linesOfOneContact(one.lines);
  if (own === undefined) return;
  const { definitions } = one;
  const ids = definitions.map((definition) => definition["id"] as string);
  const first = Math.abs(one.seed) % ids.length;
  const segments = [...ids.slice(first), ...ids.slice(0, first)].slice(0, mostExplained);
  // The clock and the instant asked about are two things.
  const [clock = 0, at = 0] = one.instants;
  const where = `${JSON.stringify(own.contact)} at ${at} (${new Date(at).toISOString()})`;
  const input = { definitions, ...own, clock, at, segments, ...parametersOf(one) };
  const found = attempt(
    "the engine threw",
    `explain ${where}`,
    () => engine.explain?.(input) ?? [],
  );
  for (const [index, segment] of segments.entries()) {
    const shown = shownDecisions(found[index]);
    const asked = { ...input, segment, everyChange: verify };
    const expected = attempt("the oracle threw", where, () => expectedDecisions(asked));
    expectSame("explain", `${segment} of ${where}`, expected, decisionsLike(expected, shown));
    tally.explanations += 1;
    tally.explainedConditions += expected.length;
  }
}

/** Compares one case in every way; the first difference is the answer. */
export function compareCase(
  one: Case,
  engine: EngineUnderTest,
  tally: Tally = newTally(),
  verify = false,
): Difference | undefined {
  tally.cases += 1;
  try {
    compareEvaluations(one, engine, tally);
    // Asking the law after each of many thousand messages would take too long.
    if (one.lines.length <= 1000) {
      compareReplays(one, engine, tally, verify);
      compareNextChanges(one, engine, tally);
      compareExplanations(one, engine, tally, verify);
    }
    return undefined;
  } catch (problem) {
    if (problem instanceof Found) return problem.difference;
    throw problem;
  }
}

export function showDifference(difference: Difference): string {
  const show = (value: unknown): string =>
    typeof value === "string"
      ? value
      : canonicalJson((JSON.parse(JSON.stringify(value ?? null)) as JsonValue) ?? null);
  return [
    `${difference.kind}: ${difference.where}`,
    `  expected ${show(difference.expected)}`,
    `  found    ${show(difference.found)}`,
  ].join("\n");
}
