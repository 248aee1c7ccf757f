import type {
  Condition,
  Duration,
  EventCondition,
  Measure,
  PropertyFilter,
  Window,
} from "../../../bindings/javascript/definition_types.ts";
import type { Random } from "./random.ts";
import type { EventKind, ItemsField, NumberField, TextField, Trade } from "./trade.ts";

/** Makes one condition of a kind that marketers use. */
export type ConditionMaker = (random: Random, trade: Trade) => Condition;

function recent(random: Random): Duration {
  return { days: random.pick([1, 7, 7, 14, 30, 30, 30, 60, 90, 90, 180, 365]) };
}

function window(random: Random): { window?: Window } {
  if (random.chance(0.2)) return {};
  if (random.chance(0.15)) return { window: { between: [{ days: 60 }, { days: 30 }] } };
  return { window: { last: recent(random) } };
}

function threshold(random: Random): number {
  return random.pick([1, 2, 3, 5, 10, 20]);
}

function numberField(random: Random, trade: Trade): [EventKind, NumberField] {
  const kind = random.pick(trade.events.filter(({ numbers }) => numbers.length > 0));
  return [kind, random.pick(kind.numbers)];
}

function numberTest(random: Random, { property, low, high }: NumberField): PropertyFilter {
  const value = random.integer(low, high);
  return { kind: "property", property, op: random.pick(["gte", "lt"] as const), value };
}

function textTest(random: Random, { property, values }: TextField): PropertyFilter {
  const value = random.pick(values);
  if (random.chance(0.2)) return { kind: "property", property, op: "eq", value, ignoreCase: true };
  if (random.chance(0.3))
    return { kind: "property", property, op: "in", value: values.slice(0, 2) };
  return { kind: "property", property, op: "eq", value };
}

function filter(random: Random, kind: EventKind | ItemsField): PropertyFilter {
  const tests = [
    ...kind.numbers.map((field) => numberTest(random, field)),
    ...kind.texts.map((field) => textTest(random, field)),
  ];
  const first = random.pick(tests);
  if (random.chance(0.5)) return first;
  return { kind: random.pick(["all", "any"] as const), of: [first, random.pick(tests)] };
}

export const count: ConditionMaker = (random, trade) => {
  const op = random.pick(["gte", "gte", "eq", "lt"] as const);
  const value = op === "eq" ? 0 : threshold(random);
  return { kind: "event", event: random.pick(trade.events).name, op, value, ...window(random) };
};

export const filteredCount: ConditionMaker = (random, trade) => {
  const kind = random.pick(trade.events);
  const where = filter(random, kind);
  return {
    kind: "event",
    event: kind.name,
    where,
    op: "gte",
    value: threshold(random),
    ...window(random),
  };
};

export const itemCount: ConditionMaker = (random, trade) => {
  const kind = random.pick(trade.events.filter(({ items }) => items !== undefined));
  if (kind.items === undefined) return count(random, trade);
  const where: PropertyFilter = {
    kind: "item",
    items: kind.items.property,
    where: filter(random, kind.items),
  };
  return { kind: "event", event: kind.name, where, ...window(random) };
};

/** A bound that the measure passes now and then, for a contact that comes some times a week. */
export const amount: ConditionMaker = (random, trade) => {
  const [kind, field] = numberField(random, trade);
  const fn = random.pick(["sum", "sum", "sum", "avg", "max", "min", "last"] as const);
  const typical = (field.low + field.high) / 2;
  const value = Math.round(fn === "sum" ? typical * threshold(random) : typical);
  const where = random.chance(0.3) ? { where: filter(random, kind) } : {};
  const measure: Measure = { fn, property: field.property };
  const op = random.pick(["gte", "lt"] as const);
  return { kind: "event", event: kind.name, ...where, measure, op, value, ...window(random) };
};

export const variety: ConditionMaker = (random, trade) => {
  const kind = random.pick(trade.events.filter(({ texts }) => texts.length > 0));
  const property = random.pick(kind.texts).property;
  const measure: Measure = random.chance(0.6)
    ? { fn: "distinct", property }
    : { fn: "active", unit: random.pick(["day", "week"] as const) };
  const value = random.integer(2, 5);
  return { kind: "event", event: kind.name, measure, op: "gte", value, ...window(random) };
};

export const calendar: ConditionMaker = (random, trade) => {
  const unit = random.pick(["day", "week", "month", "quarter"] as const);
  const condition: EventCondition = {
    kind: "event",
    event: random.pick(trade.events).name,
    op: "gte",
    value: threshold(random),
    window: { calendar: { unit, count: random.integer(1, 3), current: random.chance(0.6) } },
  };
  return condition;
};

export const sinceLast: ConditionMaker = (random, trade) => {
  const last = { event: trade.funnel[3] };
  const range = random.chance(0.5) ? { last: recent(random) } : {};
  const event = random.pick(trade.events).name;
  const value = threshold(random);
  return { kind: "event", event, op: "gte", value, window: { ...range, since: last } };
};

export const abandoned: ConditionMaker = (random, trade) => {
  const from = random.integer(0, 2);
  const [first = trade.funnel[0], next = trade.funnel[1]] = trade.funnel.slice(from);
  const patience: Duration = { hours: random.pick([1, 2, 24, 72]) };
  const between = random.chance(0.4)
    ? [{ event: random.pick(trade.events).name, within: { hours: 6 } }]
    : [];
  return {
    kind: "sequence",
    window: { last: recent(random) },
    steps: [{ event: first }, ...between, { absent: true, event: next, within: patience }],
  };
};

export const journey: ConditionMaker = (random, trade) => ({
  kind: "sequence",
  window: { last: recent(random) },
  steps: trade.funnel
    .slice(0, random.integer(2, 4))
    .map((event, step) => (step === 0 ? { event } : { event, within: { days: 2 } })),
});

export const trend: ConditionMaker = (random, trade) => {
  const [kind, { property }] = numberField(random, trade);
  const measure: Measure = random.chance(0.5) ? { fn: "sum", property } : { fn: "count" };
  const now = { event: kind.name, measure, window: { last: { days: 30 } } };
  const before = {
    event: kind.name,
    measure,
    window: { between: [{ days: 60 }, { days: 30 }] as const },
  };
  return {
    kind: "compare",
    left: { metric: now },
    op: random.pick(["gt", "lt"] as const),
    right: { mul: [{ metric: before }, random.pick([0.5, 1, 1.5])] },
  };
};

export const attribute: ConditionMaker = (random, trade) => {
  const { property, values } = random.pick(trade.attributes);
  return { kind: "attribute", attribute: property, op: "eq", value: random.pick(values) };
};

export const reach: ConditionMaker = (random, trade) => {
  if (random.chance(0.6))
    return { kind: "channel", channel: random.pick(trade.channels), op: "reachable" };
  const op = random.pick(["in", "not_in"] as const);
  return { kind: "list", list: random.pick(trade.lists), op };
};
