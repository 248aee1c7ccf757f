// Stands for an application: what it does with the package is the same in every runtime. It decides the cases of
// tests/corpus, whose README says what they are, with what the package exports and nothing that only some runtimes have.

import { cases } from "./cases.mjs";

const encoder = new TextEncoder();

/** @typedef {import("@fosterflow/segments")} Segments */
/** @typedef {import("@fosterflow/segments/audience")} Audiences */
/** @typedef {import("@fosterflow/segments/authoring")} Authoring */

/**
 * @param {Pick<Segments, "createEngine"> & Pick<Audiences, "createAudience"> & Pick<Authoring, "templates" | "instantiate">} subject
 * @returns {Promise<Outcome>}
 * @typedef {{ passed: number, failed: string[], leftOut: string[], milliseconds: number }} Outcome
 */
export async function decide({ createEngine, createAudience, templates, instantiate }) {
  const since = performance.now();
  const outcome = { passed: 0, failed: [], leftOut: [], milliseconds: 0 };
  const engine = await createEngine({ segments: [], source: "replay", epoch: "0" });
  const audience = await createAudience({ segments: [] });
  const subject = { engine, audience };
  const check = async (name, decideOne) => {
    try {
      if ((await decideOne()) === false) outcome.leftOut.push(name);
      else outcome.passed += 1;
    } catch (error) {
      outcome.failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  };
  for (const one of cases) await check(one.name, () => decideCase(subject, one));
  for (const { id } of await templates()) {
    await check(`template ${id}`, async () => void engine.define(await instantiate(id)));
  }
  audience.dispose();
  engine.dispose();
  outcome.milliseconds = Math.round(performance.now() - since);
  return outcome;
}

/** False when there was nothing that can be asked of single contacts or of an audience. */
async function decideCase({ engine, audience }, one) {
  const definitions = bytesOf(one.definitions);
  const options = { parameters: one.parameters ?? {} };
  const isRefused = one.problems?.some(({ severity }) => severity === "error") ?? false;
  const problems = problemsOf(() => engine.define(definitions, options).problems);
  if (one.problems !== undefined) expect(ordered(problems), ordered(one.problems), "problems");
  const hasError = problems.some(({ severity }) => severity === "error");
  expect(hasError, isRefused, "refused");
  if (isRefused) return true;
  let decided = one.problems !== undefined;
  for (const [id, hash] of Object.entries(one.hashes ?? {})) {
    expect(engine.segments().find((segment) => segment.id === id)?.definition, hash, id);
    decided = true;
  }
  for (const { contact, clock, at } of one.nextChange ?? []) {
    const next = withContact(engine, contact, (opened) => {
      expect(opened.apply(messageFile(one), { now: instantOf(clock) }).refused, [], "refused");
      return opened.nextChangeAt();
    });
    expect(next, at === null ? null : instantOf(at), "next change");
    decided = true;
  }
  if (one.evaluate !== undefined) {
    await evaluate(audience, one, definitions, options);
    decided = true;
  }
  if (one.replay !== undefined && replay(engine, one)) decided = true;
  return decided;
}

function problemsOf(define) {
  try {
    return define();
  } catch (error) {
    if (error.name !== "SegmentError" || error.code !== "definitions_refused") throw error;
    return [...error.problems, ...error.parameterProblems];
  }
}

/** Who is in what at some instants, of all contacts at once. */
async function evaluate(audience, one, definitions, options) {
  audience.define(definitions, options);
  audience.clear();
  const warnings = [];
  const { refused } = await audience.load(messageFile(one), {
    onWarning: (notices) => warnings.push(...notices),
  });
  expect(named(refused), one.refused ?? [], "refused");
  expect(named(warnings), one.warnings ?? [], "warnings");
  for (const { at: written, members } of one.evaluate) {
    const at = instantOf(written);
    const limit = 100_000;
    const found = audience.segments().map(({ id }) => [id, audience.members(id, { at, limit })]);
    expect(Object.fromEntries(found), members, `members at ${written}`);
    for (const [id, ids] of found) expect(audience.count(id, { at }), ids.length, "count");
  }
}

/**
 * The messages one by one, under a clock that follows them. False when they join contacts, or cannot be told apart by
 * the id they bear: whose they are is then for the application.
 */
function replay(engine, one) {
  const messages = one.messages ?? [];
  const isPlain = ({ type, userId, timestamp, parts }) =>
    type !== "alias" && userId !== undefined && timestamp !== undefined && parts === undefined;
  if (!messages.every(isPlain) || one.refused !== undefined) return false;
  const until = one.replay.until === undefined ? Infinity : instantOf(one.replay.until);
  const contacts = new Map();
  const moveAll = (now) => {
    for (const { contact, deltas } of contacts.values()) deltas.push(...contact.advanceTo(now));
  };
  let clock = -Infinity;
  for (const message of messages) {
    const at = instantOf(message.timestamp);
    if (at > until) continue;
    clock = Math.max(clock, at);
    moveAll(clock);
    const known = contacts.get(message.userId) ?? {
      contact: engine.contact(message.userId),
      deltas: [],
    };
    contacts.set(message.userId, known);
    known.deltas.push(...known.contact.apply(message, { now: clock }).deltas);
  }
  if (until < Infinity) moveAll(until);
  const expected = one.replay.deltas;
  const told = [...contacts].flatMap(([, { deltas }]) => deltas);
  expect(told.length, expected.length, "deltas");
  for (const [id, { contact, deltas }] of contacts) {
    const wanted = expected.filter((delta) => delta.contact === id);
    expect(
      deltas.map((delta, index) => membersOf(delta, Object.keys(wanted[index] ?? {}))),
      wanted,
      `deltas of ${id}`,
    );
    contact.dispose();
  }
  return true;
}

function withContact(engine, id, use) {
  const contact = engine.contact(id);
  try {
    return use(contact);
  } finally {
    contact.dispose();
  }
}

const membersOf = (delta, names) =>
  Object.fromEntries(names.map((name) => [name, delta[name] ?? null]));

const named = (notices) => notices.map(({ line, code }) => ({ line, code }));

function ordered(problems) {
  return problems
    .map(({ path, code, severity }) => ({ path, code, severity }))
    .sort((left, right) => (textOf(left) < textOf(right) ? -1 : 1));
}

function instantOf(written) {
  return typeof written === "number" ? written : Date.parse(written);
}

/** The bytes that a text, pieces of one, or a JSON value stand for. */
function bytesOf(written) {
  if (typeof written === "string") return encoder.encode(written);
  if (!Array.isArray(written.parts)) return encoder.encode(JSON.stringify(written));
  return joined(written.parts.map(bytesOfPiece));
}

function bytesOfPiece(piece) {
  if (typeof piece === "string") return encoder.encode(piece);
  if ("hex" in piece) {
    return Uint8Array.from(piece.hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  }
  const texts = Array.from({ length: piece.repeat }, (_, index) =>
    piece.text.replaceAll("{{n}}", `${index}`),
  );
  return encoder.encode(texts.join(""));
}

function messageFile(one) {
  return joined((one.messages ?? []).flatMap((line) => [bytesOf(line), encoder.encode("\n")]));
}

function joined(pieces) {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    bytes.set(piece, place);
    place += piece.length;
  }
  return bytes;
}

/** JSON with its names in order, so that equal values give equal texts. */
function textOf(value) {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

function expect(found, expected, what) {
  const [left, right] = [textOf(found), textOf(expected)];
  if (left !== right) throw new Error(`${what}: ${left}, not ${right}`.slice(0, 500));
}
