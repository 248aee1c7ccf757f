import type { EngineUnderTest } from "./engine_under_test.ts";
import { isObject, type JsonValue, parseJson } from "./json_text.ts";
import type { Line } from "./messages.ts";
import type { Delta } from "./replay.ts";

/**
 * Engines with one deliberate mistake each, made by bending what goes into or comes out of a right
 * one. A differential run that cannot tell them from the oracle would be worth nothing.
 */
interface Mutation {
  node?: (node: { [key: string]: JsonValue }) => { [key: string]: JsonValue };
  line?: (message: { [key: string]: JsonValue }) => { [key: string]: JsonValue } | undefined;
  instant?: (at: number) => number;
  deltas?: (deltas: Delta[]) => Delta[];
  members?: (ids: string[]) => string[];
  forgetParameters?: boolean;
}

function omit(node: { [key: string]: JsonValue }, key: string): { [key: string]: JsonValue } {
  const { [key]: _gone, ...rest } = node;
  return rest;
}

function replaceIn(key: string, from: string, to: string): NonNullable<Mutation["node"]> {
  return (node) => (node[key] === from ? { ...node, [key]: to } : node);
}

export const mutations: Record<string, Mutation> = {
  "a window is a millisecond late": { instant: (at) => at - 1 },
  "a window is a millisecond early": { instant: (at) => at + 1 },
  "the zone is forgotten": { node: (node) => omit(node, "timezone") },
  "since is forgotten": { node: (node) => omit(node, "since") },
  "within is forgotten": {
    node: (node) => (node["absent"] === true ? node : omit(node, "within")),
  },
  "ignoreCase is forgotten": { node: (node) => omit(node, "ignoreCase") },
  "lt is lte": { node: replaceIn("op", "lt", "lte") },
  "gt is gte": { node: replaceIn("op", "gt", "gte") },
  "none is any": { node: replaceIn("kind", "none", "any") },
  "first is last": { node: replaceIn("fn", "first", "last") },
  "max is min": { node: replaceIn("fn", "max", "min") },
  "sub is add": {
    node: (node) => {
      const operands = node["sub"];
      return operands === undefined ? node : { add: operands };
    },
  },
  "a month is 30 days": {
    node: (node) =>
      typeof node["months"] === "number" ? { days: Math.min(1e9, node["months"] * 30) } : node,
  },
  "the running unit is forgotten": {
    node: (node) => (node["unit"] === undefined ? node : omit(node, "current")),
  },
  "date_before is date_after": { node: replaceIn("op", "date_before", "date_after") },
  "an anniversary is the date itself": {
    node: replaceIn("op", "date_anniversary_in_next", "date_in_next"),
  },
  "overrides are forgotten": { forgetParameters: true },
  "copies count twice": { line: (message) => omit(message, "messageId") },
  "aliases are ignored": {
    line: (message) => (message["type"] === "alias" ? undefined : message),
  },
  "removals are ignored": {
    line: (message) => (message["action"] === "remove" ? undefined : message),
  },
  "null traits are ignored": {
    line: (message) => {
      const traits = message["traits"];
      if (!isObject(traits)) return message;
      const kept = Object.entries(traits).filter(([, value]) => value !== null);
      return { ...message, traits: Object.fromEntries(kept) };
    },
  },
  "the name of a page is ignored": { line: (message) => omit(message, "name") },
  "found when it happened": {
    deltas: (deltas) => deltas.map((delta) => ({ ...delta, decidedAt: delta.at })),
  },
  "a merge is a message": {
    deltas: (deltas) =>
      deltas.map((delta) => (delta.cause === "merge" ? { ...delta, cause: "message" } : delta)),
  },
  "no change comes by time": {
    deltas: (deltas) => deltas.filter((delta) => delta.cause !== "time"),
  },
  "members by UTF-16": { members: (ids) => [...ids].sort() },
};

function bendNodes(value: JsonValue, bend: NonNullable<Mutation["node"]>): JsonValue {
  if (Array.isArray(value)) return value.map((member) => bendNodes(member, bend));
  if (!isObject(value)) return value;
  const bent = Object.entries(value).map(([key, member]) => [key, bendNodes(member, bend)]);
  return bend(Object.fromEntries(bent));
}

function bendLine(line: Line, bend: NonNullable<Mutation["line"]>): Line {
  if (typeof line !== "string") return line;
  try {
    const message = parseJson(line.replace(/^\ufeff/, ""), 64);
    if (!isObject(message)) return line;
    const bent = bend({ ...message });
    return bent === undefined ? "" : JSON.stringify(bent);
  } catch {
    return line;
  }
}

type Replayed = ReturnType<NonNullable<EngineUnderTest["replay"]>>;

export function mutantOf(engine: EngineUnderTest, mutation: Mutation): EngineUnderTest {
  type Input = { definitions: unknown[]; lines: Line[]; parameters?: Record<string, unknown> };
  function bendInput<T extends Input>(input: T): T {
    const result = { ...input };
    const { node, line } = mutation;
    if (node !== undefined) {
      result.definitions = input.definitions.map((definition) =>
        bendNodes(parseJson(JSON.stringify(definition)), node),
      );
    }
    if (line !== undefined) result.lines = input.lines.map((one) => bendLine(one, line));
    if (mutation.forgetParameters === true) delete result.parameters;
    return result;
  }
  return {
    evaluate(input) {
      const at = mutation.instant?.(input.at) ?? input.at;
      const found = engine.evaluate(bendInput({ ...input, at }));
      const members = mutation.members ?? ((ids: string[]) => ids);
      const entries = Object.entries(found.segments).map(([id, ids]) => [id, members(ids)]);
      return { ...found, segments: Object.fromEntries(entries) };
    },
    replay(input) {
      // Unbent: hashes and messageIds of deltas would give a bent input away too easily.
      const found: Replayed = engine.replay?.(input) ?? { deltas: [], refusedLines: [] };
      return { ...found, deltas: mutation.deltas?.(found.deltas) ?? found.deltas };
    },
  };
}
