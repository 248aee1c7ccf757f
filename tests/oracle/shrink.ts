import type { Difference } from "./differential.ts";
import type { Case } from "./generator.ts";
import { isObject, type JsonValue, parseJson } from "./json_text.ts";
import type { Line } from "./messages.ts";

/** Makes a failing case as small as it gets while it fails in the same way. */
type Json = JsonValue;
type Members = { [key: string]: Json };

function without<T>(items: readonly T[], from: number, count: number): T[] {
  return [...items.slice(0, from), ...items.slice(from + count)];
}

/** Everything that a node of a definition can do without; what is left may still be invalid. */
const optionalKeys = [
  "where",
  "window",
  "ignoreCase",
  "meta",
  "within",
  "timezone",
  "name",
  "description",
  "count",
  "current",
  "since",
  "from",
  "to",
];

function* simplerNodes(node: Json, key = ""): Generator<Json> {
  if (Array.isArray(node)) {
    const least = key === "steps" ? 2 : 1;
    if (node.length > least) {
      for (let index = 0; index < node.length; index += 1) yield without(node, index, 1);
    }
    for (const [index, member] of node.entries()) {
      for (const simpler of simplerNodes(member)) yield node.with(index, simpler);
    }
    return;
  }
  if (!isObject(node)) return;
  const members: Members = node;
  const omit = (...keys: string[]): Members =>
    Object.fromEntries(Object.entries(members).filter(([name]) => !keys.includes(name)));
  if (Array.isArray(members["of"])) yield* members["of"];
  for (const optional of optionalKeys) {
    const alone = Object.keys(members).length === 1;
    if (Object.hasOwn(members, optional) && !alone) yield omit(optional);
  }
  if (members["kind"] === "event" && Object.hasOwn(members, "op")) {
    yield omit("measure", "op", "value", "ignoreCase");
  }
  if (Object.hasOwn(members, "measure")) yield omit("measure");
  if (Array.isArray(members["event"]))
    yield* members["event"].map((event) => ({ ...members, event }));
  if (Object.hasOwn(members, "parameters")) {
    if (!JSON.stringify(members["when"]).includes('"parameter"')) yield omit("parameters");
  }
  for (const [name, member] of Object.entries(members)) {
    if (name === "value" || name === "parameters") continue;
    for (const simpler of simplerNodes(member, name)) yield { ...members, [name]: simpler };
  }
}

/** A message line with one key less, at any depth of its properties or traits. */
function* simplerLines(line: Line): Generator<Line> {
  if (typeof line !== "string") return;
  let message: Json;
  try {
    message = parseJson(line);
  } catch {
    return;
  }
  if (!isObject(message)) return;
  const plain = JSON.stringify(message);
  if (plain.length < line.length) yield plain;
  const removable = Object.keys(message).filter((key) => key !== "type");
  for (const key of removable) {
    yield JSON.stringify({ ...message, [key]: undefined });
    const inner = message[key];
    if (!isObject(inner)) continue;
    for (const innerKey of Object.keys(inner)) {
      yield JSON.stringify({ ...message, [key]: { ...inner, [innerKey]: undefined } });
    }
  }
}

function* simplerCases(one: Case): Generator<Case> {
  for (let size = Math.ceil(one.lines.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < one.lines.length; from += size) {
      yield { ...one, lines: without(one.lines, from, size) };
    }
  }
  if (one.instants.length > 1) {
    for (const instant of one.instants) yield { ...one, instants: [instant] };
  }
  for (let index = 0; index < one.definitions.length; index += 1) {
    const gone = one.definitions[index] as { id: string };
    const definitions = without(one.definitions, index, 1);
    const used = JSON.stringify(definitions).includes(`"segment":${JSON.stringify(gone.id)}`);
    if (!used && definitions.length > 0) yield { ...one, definitions };
  }
  if (one.until !== undefined) {
    const { until: _until, ...rest } = one;
    yield rest;
  }
  if (one.parameters !== undefined) {
    const { parameters: _parameters, ...rest } = one;
    yield rest;
  }
  for (const [index, definition] of one.definitions.entries()) {
    for (const simpler of simplerNodes(definition as Json)) {
      yield { ...one, definitions: one.definitions.with(index, simpler as Members) };
    }
  }
  for (const [index, line] of one.lines.entries()) {
    for (const simpler of simplerLines(line)) {
      yield { ...one, lines: one.lines.with(index, simpler) };
    }
  }
}

/** Exceptions are alike if their first line is, numbers and names aside. */
function nature(difference: Difference): string {
  const threw = difference.kind.endsWith("threw");
  const message = threw ? String(difference.found).split("\n")[0] : "";
  return difference.kind + (message ?? "").replace(/\d+|"[^"]*"/g, "#");
}

export interface Shrunk {
  smallest: Case;
  difference: Difference;
}

export async function shrink(
  failing: Case,
  first: Difference,
  compare: (candidate: Case) => Promise<Difference | undefined>,
  milliseconds = 20_000,
): Promise<Shrunk> {
  const deadline = Date.now() + milliseconds;
  let smallest = failing;
  let difference = first;
  let progress = true;
  while (progress && Date.now() < deadline) {
    progress = false;
    for (const candidate of simplerCases(smallest)) {
      if (Date.now() >= deadline) break;
      const found = await compare(candidate);
      if (found !== undefined && nature(found) === nature(first)) {
        smallest = candidate;
        difference = found;
        progress = true;
        break;
      }
    }
  }
  return { smallest, difference };
}
