import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type CorpusCase,
  corpusCases,
  definitionsOf,
  instantOf,
  isRefused,
  linesOf,
  membersNamed,
} from "../javascript/corpus_cases.ts";
import { readDefinitions } from "./definitions.ts";
import { evaluate } from "./evaluate.ts";
import { parseJson } from "./json_text.ts";
import type { Refusal } from "./messages.ts";
import { nextChangeAt } from "./next_change.ts";
import { replay } from "./replay.ts";

// The oracle takes definitions as valid, and has names of its own for what is wrong with a line.
const cases = corpusCases().filter((one) => !isRefused(one));

/** As texts, of which the oracle takes its own reading; bytes only where they are no UTF-8. */
function readableLines(one: CorpusCase): (string | Uint8Array)[] {
  return linesOf(one).map((line) => {
    const text = Buffer.from(line).toString();
    return Buffer.from(text).equals(line) ? text : line;
  });
}

function check(one: CorpusCase): void {
  const text = definitionsOf(one).toString();
  const given = parseJson(text);
  const definitions = Array.isArray(given) ? given : [given];
  const lines = readableLines(one);
  const { parameters } = one;
  const checkRefused = (refused: readonly Refusal[]) =>
    assert.deepEqual(
      refused.map(({ line }) => line),
      (one.refused ?? []).map(({ line }) => line),
    );
  for (const [id, hash] of Object.entries(one.hashes ?? {})) {
    const definition = readDefinitions(definitions, parameters).find((found) => found.id === id);
    assert.equal(definition?.hash, hash);
  }
  for (const { at, members } of one.evaluate ?? []) {
    const found = evaluate({ definitions, lines, at: instantOf(at), parameters });
    assert.deepEqual(found.segments, members, `at ${at}`);
    checkRefused(found.refused);
  }
  if (one.replay !== undefined) {
    const { until, deltas } = one.replay;
    const found = replay({
      definitions,
      lines,
      parameters,
      until: until === undefined ? undefined : instantOf(until),
      source: "replay",
      epoch: "0",
    });
    assert.deepEqual(membersNamed(found.deltas, deltas), deltas);
    checkRefused(found.refused);
  }
  for (const { contact, clock, at } of one.nextChange ?? []) {
    const found = nextChangeAt({
      definitions,
      lines,
      contact,
      clock: instantOf(clock),
      parameters,
    });
    assert.equal(found, at === null ? null : instantOf(at));
  }
}

for (const file of new Set(cases.map((one) => one.file))) {
  describe(file, () => {
    for (const one of cases.filter((candidate) => candidate.file === file)) {
      test(one.name, () => check(one));
    }
  });
}
