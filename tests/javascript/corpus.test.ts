import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  createEngine,
  type Engine,
  type ParameterOverrides,
  SegmentError,
} from "@fosterflow/segments";
import { Directory } from "../../bindings/javascript/directory.ts";
import type { Problem } from "../../bindings/javascript/problem_types.ts";
import { coreFromBuild } from "./core_from_build.ts";
import {
  type CorpusCase,
  corpusCases,
  definitionsOf,
  type ExpectedProblem,
  instantOf,
  isRefused,
  membersNamed,
  messageFileOf,
} from "./corpus_cases.ts";

const cases = corpusCases();
let core: Awaited<ReturnType<typeof coreFromBuild>>;
let engine: Engine;

before(async () => {
  core = await coreFromBuild();
  engine = await createEngine({ segments: [] });
});

function ordered(problems: readonly ExpectedProblem[]): ExpectedProblem[] {
  const keyOf = ({ path, code, severity }: ExpectedProblem) => `${path} ${code} ${severity}`;
  return problems
    .map(({ path, code, severity }) => ({ path, code, severity }))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** Puts the case's segments in force in an engine of the package; answers what was wrong with them. */
function define(one: CorpusCase): Problem[] {
  try {
    const parameters = (one.parameters ?? {}) as ParameterOverrides;
    return engine.define(definitionsOf(one), { parameters }).problems;
  } catch (error) {
    assert.ok(error instanceof SegmentError && error.code === "definitions_refused", `${error}`);
    return [...error.problems, ...error.parameterProblems];
  }
}

function directoryOf(one: CorpusCase, live: boolean): Directory {
  return new Directory(core, {
    segments: definitionsOf(one),
    parameters: (one.parameters ?? {}) as ParameterOverrides,
    live,
    source: "replay",
    epoch: "0",
  });
}

function checkNotices(one: CorpusCase, told: ReturnType<Directory["ingest"]>): void {
  const named = ({ line, code }: { line: number; code: string }) => ({ line, code });
  assert.deepEqual(told.refused.map(named), one.refused ?? [], "refused");
  assert.deepEqual((told.warnings ?? []).map(named), one.warnings ?? [], "warnings");
}

function checkEvaluations(one: CorpusCase): void {
  const directory = directoryOf(one, false);
  checkNotices(one, directory.ingest(messageFileOf(one)));
  for (const { at, members } of one.evaluate ?? []) {
    const answer = JSON.parse(directory.evaluate(instantOf(at), true)) as Record<
      string,
      { count: number; members: string[] }
    >;
    const found = Object.entries(answer).map(([id, segment]) => {
      assert.equal(segment.count, segment.members.length);
      return [id, segment.members];
    });
    assert.deepEqual(Object.fromEntries(found), members, `at ${at}`);
  }
  directory.close();
}

function checkReplay(one: CorpusCase, replay: NonNullable<CorpusCase["replay"]>): void {
  const directory = directoryOf(one, true);
  if (replay.until !== undefined) directory.limitUntil(instantOf(replay.until));
  const told = directory.ingest(messageFileOf(one));
  checkNotices(one, told);
  const deltas = [...told.deltas, ...directory.finish()];
  directory.close();
  assert.deepEqual(membersNamed(deltas, replay.deltas), replay.deltas);
}

function checkNextChanges(one: CorpusCase): void {
  for (const { contact: id, clock, at } of one.nextChange ?? []) {
    const contact = engine.contact(id);
    const { refused } = contact.apply(messageFileOf(one), { now: instantOf(clock) });
    assert.deepEqual(refused, []);
    assert.equal(contact.nextChangeAt(), at === null ? null : instantOf(at));
    contact.dispose();
  }
}

test("every case has a name of its own and asserts something", () => {
  assert.ok(cases.length > 250);
  const names = cases.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const one of cases) {
    assert.ok(one.spec.length > 0, one.name);
    const asserts = [one.evaluate, one.nextChange, one.hashes && Object.keys(one.hashes)];
    const isAsserting =
      asserts.some((list) => (list?.length ?? 0) > 0) ||
      one.replay !== undefined ||
      one.problems !== undefined;
    assert.ok(isAsserting, one.name);
    assert.ok(!isRefused(one) || (!one.evaluate && !one.replay && !one.messages), one.name);
  }
});

for (const file of new Set(cases.map((one) => one.file))) {
  describe(file, () => {
    for (const one of cases.filter((candidate) => candidate.file === file)) {
      test(one.name, () => {
        const problems = define(one);
        if (one.problems !== undefined) assert.deepEqual(ordered(problems), ordered(one.problems));
        const errors = problems.filter(({ severity }) => severity === "error");
        assert.deepEqual(errors.length > 0, isRefused(one), JSON.stringify(errors));
        if (isRefused(one)) return;
        for (const [id, hash] of Object.entries(one.hashes ?? {})) {
          assert.equal(engine.segments().find((segment) => segment.id === id)?.definition, hash);
        }
        if (one.evaluate !== undefined) checkEvaluations(one);
        if (one.replay !== undefined) checkReplay(one, one.replay);
        checkNextChanges(one);
      });
    }
  });
}
