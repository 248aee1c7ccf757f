import type { Random } from "./generator/random.ts";

type Json = Record<string, unknown>;

const isGroup = (kind: unknown) => kind === "all" || kind === "any" || kind === "none";

/**
 * Another way to write the same definition: conditions in another order, twice, or in groups of their own; names of
 * events and lists of values shuffled; defaults written out; what is not read changed.
 */
export function rewritten(definition: Json, random: Random): Json {
  const other: Json = { ...definition, when: condition(definition["when"] as Json, random) };
  if (random.chance(0.3)) other["name"] = "Another name";
  if (random.chance(0.3)) other["meta"] = { note: random.integer(0, 9) };
  if (other["timezone"] === undefined && random.chance(0.3)) other["timezone"] = "UTC";
  return shuffledKeys(other, random);
}

function shuffledKeys(value: Json, random: Random): Json {
  return Object.fromEntries(random.shuffled(Object.entries(value)));
}

function condition(given: Json, random: Random, depth = 0): Json {
  const result: Json = { ...given };
  if (isGroup(given["kind"])) {
    const of = (given["of"] as Json[]).map((member) => condition(member, random, depth + 1));
    if (random.chance(0.2))
      of.push(condition(random.pick(given["of"] as Json[]), random, depth + 1));
    result["of"] = random.shuffled(of);
  } else {
    if (result["where"] !== undefined) result["where"] = condition(result["where"] as Json, random);
    Object.assign(result, written(result, random));
  }
  const same = shuffledKeys(result, random);
  if (depth > 6 || !random.chance(0.15)) return same;
  if (random.chance(0.5)) return { kind: random.pick(["all", "any"]), of: [same] };
  return { kind: "none", of: [{ kind: "none", of: [same] }] };
}

function written(leaf: Json, random: Random): Json {
  const change: Json = {};
  const { event, window, value, op, kind, measure, steps, left, right } = leaf;
  if (typeof event === "string" && random.chance(0.3)) change["event"] = [event, event];
  if (Array.isArray(event)) change["event"] = random.shuffled(event);
  if (kind === "event" && measure === undefined && random.chance(0.3)) {
    change["measure"] = { fn: "count" };
  }
  if (kind === "event" && op === undefined && value === undefined && random.chance(0.5)) {
    Object.assign(
      change,
      random.pick([
        { op: "gte", value: 1 },
        { op: "gt", value: 0 },
      ]),
    );
    // Other measures than whole numbers are at least 1 only.
    const fn = (measure as Json | undefined)?.["fn"] ?? "count";
    if (fn !== "count" && fn !== "distinct" && fn !== "active") {
      Object.assign(change, { op: "gte", value: 1 });
    }
  }
  if ((op === "in" || op === "not_in") && Array.isArray(value)) {
    change["value"] = random.shuffled([...value, random.pick(value)]);
  }
  if (op === "eq" && kind !== "compare" && typeof value !== "object" && random.chance(0.3)) {
    Object.assign(change, { op: "in", value: [value] });
  }
  if (window !== undefined) change["window"] = otherWindow(window as Json, random);
  if (Array.isArray(steps)) {
    change["steps"] = (steps as Json[]).map((step) => {
      const same: Json = { ...step };
      if (step["where"] !== undefined) same["where"] = condition(step["where"] as Json, random);
      if (step["absent"] === undefined && random.chance(0.3)) same["absent"] = false;
      return same;
    });
  }
  if (kind === "compare" && random.chance(0.5)) {
    const turned: Record<string, string> = { gt: "lt", gte: "lte", lt: "gt", lte: "gte" };
    Object.assign(change, { left: right, right: left, op: turned[op as string] ?? op });
  }
  return change;
}

function otherWindow(window: Json, random: Random): Json {
  const last = window["last"] as Json | undefined;
  const days = last?.["days"];
  // Beyond that a number of seconds is not exact, and spans keep their unit.
  if (typeof days === "number" && days < 1e9 && random.chance(0.5))
    return { ...window, last: { hours: days * 24 } };
  const years = last?.["years"];
  if (typeof years === "number") return { ...window, last: { months: years * 12 } };
  const calendar = window["calendar"] as Json | undefined;
  if (calendar !== undefined && calendar["count"] === undefined) {
    return { ...window, calendar: { ...calendar, count: 1 } };
  }
  return window;
}
