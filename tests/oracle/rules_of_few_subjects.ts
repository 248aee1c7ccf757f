import { Random } from "./generator/random.ts";
import type { Line } from "./messages.ts";

type Json = Record<string, unknown>;

export interface DenseCase {
  definitions: Json[];
  lines: Line[];
  instants: number[];
  parameters?: Record<string, unknown>;
}

/** Noon of a day, so that hours of the clock are met. */
const now = Date.UTC(2026, 10, 23, 12);
const day = 86_400_000;

const values = [0, 1, 2, 3, 5, 1.5, -1];
const scalars = [0, 1, 2, "a", "b", "A", true, false];

function numberTest(random: Random): Json {
  const op = random.pick(["gt", "gte", "lt", "lte", "eq", "ne", "between", "not_between", "in"]);
  if (op === "between" || op === "not_between") {
    const ends = [random.pick(values), random.pick(values)].sort((left, right) => left - right);
    return { op, value: ends };
  }
  if (op === "in") return { op, value: [random.pick(values), random.pick(values)] };
  return { op, value: random.pick(values) };
}

function anyTest(random: Random): Json {
  const op = random.pick(["eq", "ne", "in", "not_in", "is_set", "is_not_set", "number", "text"]);
  if (op === "number") return numberTest(random);
  if (op === "text") {
    const name = random.pick(["contains", "not_contains", "starts_with", "like", "includes_any"]);
    return { op: name, value: name === "includes_any" ? ["a"] : random.pick(["a", "b"]) };
  }
  if (op === "is_set" || op === "is_not_set") return { op };
  const ignoreCase = random.chance(0.2) ? { ignoreCase: true } : {};
  if (op === "eq" || op === "ne") return { op, value: random.pick(scalars), ...ignoreCase };
  return { op, value: [random.pick(scalars), random.pick(scalars)], ...ignoreCase };
}

/** Groups of few different leaves, so that many say the same, exclude or imply each other. */
function grouped(random: Random, leaf: () => Json, depth: number): Json {
  if (depth === 0 || random.chance(0.3)) return leaf();
  const length = random.integer(1, 3);
  const of = Array.from({ length }, () => grouped(random, leaf, depth - 1));
  return { kind: random.pick(["all", "any", "none"]), of };
}

function filter(random: Random, depth = 2): Json {
  const leaf = (): Json => {
    const kind = random.integer(0, 5);
    if (kind === 0) return { kind: "clock", unit: "hour", ...numberTest(random) };
    if (kind === 1) return { kind: "clock", unit: "weekday", ...numberTest(random) };
    if (kind === 2 && depth > 0) {
      return { kind: "item", items: "products", where: filter(random, depth - 1) };
    }
    return { kind: "property", property: random.pick(["p", "p", "q"]), ...anyTest(random) };
  };
  return grouped(random, leaf, depth);
}

function selector(random: Random): Json {
  const event = random.pick<unknown>(["X", "X", "X", "Y", ["X", "Y"], ["Y", "X", "X"]]);
  return random.chance(0.25) ? { event, where: filter(random) } : { event };
}

function windowOf(random: Random): Json {
  const window = random.pick<Json | undefined>([
    ...[
      undefined,
      undefined,
      { last: { days: 7 } },
      { last: { weeks: 1 } },
      { last: { days: 30 } },
    ],
    ...[{ before: { days: 0 } }, { between: [{ days: 30 }, { days: 0 }] }, { last: { hours: 0 } }],
    ...[{ calendar: { unit: "month", count: 1, current: false } }, { last: { months: 1 } }],
  ]);
  return window === undefined ? {} : { window };
}

function eventLeaf(random: Random): Json {
  const leaf: Json = { kind: "event", ...selector(random), ...windowOf(random) };
  const fn = random.pick(["count", "count", "count", "count", "sum", "avg", "distinct", "active"]);
  if (fn !== "count")
    leaf["measure"] = fn === "active" ? { fn, unit: "day" } : { fn, property: "p" };
  return random.chance(0.15) ? leaf : { ...leaf, ...numberTest(random) };
}

function compareLeaf(random: Random): Json {
  const count = { metric: { event: "X" } };
  const sum = { metric: { event: "X", measure: { fn: "sum", property: "p" } } };
  const left = random.pick<unknown>([
    ...[count, sum, { div: [sum, count] }, { add: [count, 1] }, { sub: [count, sum] }, 2],
    ...[{ attribute: "t" }, { mul: [2, count] }],
  ]);
  const right = random.pick<unknown>([0, 1, 2, 2, count, { div: [1, 0] }]);
  return { kind: "compare", left, op: random.pick(["eq", "ne", "gt", "gte", "lt", "lte"]), right };
}

function leaf(random: Random): Json {
  return random.weighted<() => Json>([
    [6, () => eventLeaf(random)],
    [5, () => ({ kind: "attribute", attribute: random.pick(["t", "t", "u"]), ...anyTest(random) })],
    [2, () => compareLeaf(random)],
    [1, () => ({ kind: "sample", percent: random.pick([0, 30, 60, 100]), salt: "s" })],
    [1, () => ({ kind: "list", list: "l", op: random.pick(["in", "not_in"]) })],
    [
      1,
      () => ({ kind: "channel", channel: "email", op: random.pick(["reachable", "unreachable"]) }),
    ],
    [
      1,
      () => ({
        kind: "sequence",
        ...windowOf(random),
        steps: [
          { event: "X" },
          { event: "Y", absent: true },
          { event: "X", absent: true, ...(random.chance(0.5) ? { where: filter(random, 1) } : {}) },
          { event: "Y", within: { hours: 48 } },
        ].slice(0, random.integer(2, 4)),
      }),
    ],
  ])();
}

function history(random: Random): Line[] {
  const lines: string[] = [];
  const scalar = () => random.pick<unknown>([...scalars, ...values, null, ["a"], [], { a: 1 }]);
  for (const userId of ["u1", "u2", "u3", "u4"]) {
    const traits: Json = {};
    if (random.chance(0.8)) traits["t"] = scalar();
    if (random.chance(0.4)) traits["u"] = scalar();
    lines.push(JSON.stringify({ type: "identify", userId, traits, timestamp: now }));
    if (random.chance(0.5)) {
      lines.push(
        JSON.stringify({ type: "list", userId, list: "l", action: "add", timestamp: now }),
      );
    }
    if (random.chance(0.5)) {
      const channel = { type: "channel", userId, channel: "email", reachable: true };
      lines.push(JSON.stringify({ ...channel, timestamp: now }));
    }
    const count = random.integer(0, 6);
    for (let index = 0; index < count; index += 1) {
      const properties: Json = {};
      if (random.chance(0.8)) properties["p"] = scalar();
      if (random.chance(0.4)) properties["q"] = scalar();
      if (random.chance(0.3)) properties["products"] = [{ p: scalar() }, { q: scalar() }];
      const timestamp =
        now - random.pick([0, 1, 6, 7, 8, 29, 30, 45]) * day - random.integer(0, 12) * 3_600_000;
      const event = random.pick(["X", "X", "Y"]);
      lines.push(JSON.stringify({ type: "track", userId, event, properties, timestamp }));
    }
  }
  return lines;
}

/** Rules over few events, attributes and values, with contacts around them. */
export function denseCase(seed: number): DenseCase {
  const random = new Random(seed);
  const definitions = ["a", "b"].map((id) => ({
    version: 1,
    id,
    when: grouped(random, () => leaf(random), 3),
  }));
  return { definitions, lines: history(random), instants: [now, now - 7 * day] };
}
