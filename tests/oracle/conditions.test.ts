import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { foldCase } from "./case_folding.ts";
import { roundedAverage, roundedSum } from "./exact_sums.ts";
import { isLike } from "./operators.ts";
import { at, identify, isMember, segment, track } from "./small_worlds.ts";

const now = "2026-06-01T00:00:00Z";
const day = (number: number) => `2026-05-${String(number).padStart(2, "0")}T10:00:00Z`;

describe("measures", () => {
  const measured = (measure: unknown, op: string, value: unknown, values: unknown[]) => {
    const lines = values.map((p, index) => track(day(index + 1), "X", { p }));
    return isMember(segment({ kind: "event", event: "X", measure, op, value }), lines, now);
  };

  test("sums and averages are rounded once", () => {
    assert.equal(roundedSum([0.1, 0.2]), 0.30000000000000004);
    assert.equal(roundedSum([0.1, 0.2, 0.3]), 0.6);
    assert.equal(roundedSum([1e16, 1, -1e16]), 1);
    assert.equal(roundedSum([1e308, 1e308]), Number.POSITIVE_INFINITY);
    assert.equal(roundedSum([1e308, 1e308, -1e308]), 1e308);
    assert.equal(roundedSum([5e-324, 5e-324]), 1e-323);
    assert.equal(roundedSum([]), 0);
    assert.equal(roundedSum([9007199254740992, 1]), 9007199254740992);
    assert.equal(roundedSum([9007199254740992, 3]), 9007199254740996);
    assert.equal(roundedSum([-0.1, -0.2]), -0.30000000000000004);
    assert.equal(roundedAverage([1e308, 1e308]), 1e308);
    assert.equal(roundedAverage([1, 2]), 1.5);
    assert.equal(roundedAverage([5e-324, 0]), 0);
    assert.equal(roundedAverage([5e-324, 5e-324, 0]), 5e-324);
    assert.equal(measured({ fn: "sum", property: "p" }, "eq", 0.6, [0.1, 0.2, 0.3]), true);
  });

  test("values of another type take no part, and nothing is missing but for counts", () => {
    assert.equal(measured({ fn: "sum", property: "p" }, "eq", 3, [1, "5", 2, null]), true);
    assert.equal(measured({ fn: "min", property: "p" }, "is_not_set", undefined, ["5"]), true);
    assert.equal(measured({ fn: "avg", property: "p" }, "eq", 2, [1, true, 3]), true);
    assert.equal(measured({ fn: "sum", property: "p" }, "eq", 0, []), false, "nobody is there");
    assert.equal(measured({ fn: "sum", property: "p" }, "eq", 0, ["5"]), true);
  });

  test("distinct tells values apart by type", () => {
    const values = ["1", 1, true, "true", 0, -0, null, [1], { a: 1 }, 1];
    assert.equal(measured({ fn: "distinct", property: "p" }, "eq", 5, values), true);
  });

  test("first and last: the value of the endmost event that has it; ties by value", () => {
    const lines = [
      track(day(1), "X", {}),
      track(day(2), "X", { p: "b" }),
      track(day(2), "X", { p: 7 }),
      track(day(3), "X", { p: "y" }),
      track(day(3), "X", { p: "z" }),
      track(day(4), "X", { p: null }),
    ];
    const holds = (fn: string, value: unknown) => {
      const measure = { fn, property: "p" };
      const when = { kind: "event", event: "X", measure, op: "eq", value };
      return isMember(segment(when), lines, now);
    };
    assert.equal(holds("first", 7), true);
    assert.equal(holds("last", "z"), true);
  });

  test("active counts units by their local name; the repeated hour is one", () => {
    const lines = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map((time) => track(time));
    const active = (unit: string, value: number) =>
      isMember(
        segment(
          { kind: "event", event: "X", measure: { fn: "active", unit }, op: "eq", value },
          { timezone: "Europe/Berlin" },
        ),
        lines,
        "2026-11-01T00:00:00Z",
      );
    assert.equal(active("hour", 1), true);
    assert.equal(active("day", 1), true);
  });
});

describe("operators", () => {
  const attribute = (value: unknown, test: object, zone = "UTC", instant = now) => {
    const when = { kind: "attribute", attribute: "a", ...test };
    return isMember(segment(when, { timezone: zone }), [identify(0, { a: value })], instant);
  };

  test("like", () => {
    assert.equal(isLike("a\u{1f600}b", "a?b"), true);
    assert.equal(isLike("a\u{1f600}b", "a??b"), false);
    assert.equal(isLike("a*b", "a\\*b"), true);
    assert.equal(isLike("axb", "a\\*b"), false);
    assert.equal(isLike("a\\", "a\\"), true);
    assert.equal(isLike("ab", "a\\b"), true);
    assert.equal(isLike("", "*"), true);
    assert.equal(isLike("", "?"), false);
    assert.equal(isLike("xshoesx", "shoes"), false);
    assert.equal(isLike("mississippi", "*iss*ip*i"), true);
  });

  test("simple case folding", () => {
    assert.equal(foldCase("\u017f\u212a\u1e9e\u03c2\u0130"), "sk\u00df\u03c3\u0130");
    assert.equal(foldCase("\u{10400}\uab70"), "\u{10428}\u13a0");
    assert.equal(attribute("STRASSE", { op: "eq", value: "stra\u00dfe", ignoreCase: true }), false);
    assert.equal(attribute("\u1e9e", { op: "eq", value: "\u00df", ignoreCase: true }), true);
  });

  test("negatives are exact negations, also of what is missing", () => {
    assert.equal(attribute(null, { op: "ne", value: 5 }), true);
    assert.equal(attribute("5", { op: "eq", value: 5 }), false);
    assert.equal(attribute([5], { op: "ne", value: 5 }), true);
    assert.equal(attribute("x", { op: "not_between", value: [1, 2] }), true);
    assert.equal(attribute(null, { op: "is_set" }), false);
    assert.equal(attribute([], { op: "is_set" }), true);
    assert.equal(attribute([1, null, "x"], { op: "contains", value: "X", ignoreCase: true }), true);
    assert.equal(attribute("x", { op: "includes_none", value: ["x"] }), true);
    assert.equal(attribute(["x", "y"], { op: "includes_all", value: ["y", "x", "y"] }), true);
  });

  test("dates", () => {
    assert.equal(attribute("2026-05-31", { op: "date_before", value: "2026-06-01" }), true);
    assert.equal(attribute("2026-06-01", { op: "date_before", value: "2026-06-01" }), false);
    assert.equal(attribute("1780272000000", { op: "date_before", value: "2030-01-01" }), false);
    assert.equal(
      attribute(at("2026-06-01T00:00:00Z"), { op: "date_in_last", value: { days: 1 } }),
      true,
    );
    assert.equal(attribute("2026-05-31T00:00", { op: "date_in_last", value: { days: 1 } }), false);
    assert.equal(
      attribute("2026-06-01T02:00+02:00", { op: "date_in_next", value: { days: 1 } }),
      false,
    );
    assert.equal(attribute("2026-06-02", { op: "date_in_next", value: { days: 1 } }), true);
    assert.equal(
      attribute("2026-06-02", { op: "date_more_than_ahead", value: { days: 1 } }),
      false,
    );
    assert.equal(attribute("2026-05-31", { op: "date_more_than_ago", value: { days: 1 } }), true);
  });

  test("anniversaries", () => {
    const next = (days: number) => ({ op: "date_anniversary_in_next", value: { days } });
    assert.equal(attribute("1990-06-01", next(0)), true);
    assert.equal(attribute("1990-06-08", next(7)), true);
    assert.equal(attribute("1990-06-09", next(7)), false);
    assert.equal(attribute("1990-05-31", next(7)), false);
    assert.equal(attribute("2000-02-29", next(0), "UTC", "2026-03-01T00:00:00Z"), true);
    assert.equal(attribute("2000-02-29", next(0), "UTC", "2028-03-01T00:00:00Z"), false);
    assert.equal(attribute("2000-02-29", next(0), "UTC", "2028-02-29T00:00:00Z"), true);
    // In New York it is still May 31.
    assert.equal(attribute("1990-05-31", next(0), "America/New_York"), true);
  });
});

describe("conditions", () => {
  test("compare: a missing operand or a division by zero leaves only ne", () => {
    const compare = (left: unknown, op: string, right: unknown) =>
      isMember(segment({ kind: "compare", left, op, right }), [track(day(1))], now);
    assert.equal(compare({ div: [1, 0] }, "ne", 5), true);
    assert.equal(compare({ div: [1, 0] }, "eq", { div: [1, 0] }), false);
    assert.equal(compare({ mul: [1e308, 10] }, "gt", 1), false);
    assert.equal(compare({ attribute: "none" }, "lte", 1), false);
    assert.equal(compare({ div: [{ metric: { event: "X" } }, 4] }, "eq", 0.25), true);
    assert.equal(compare({ sub: [{ add: [1, 2] }, 3] }, "eq", 0), true);
  });

  test("item: one and the same element satisfies the filter", () => {
    const where = {
      kind: "item",
      items: "products",
      where: {
        kind: "all",
        of: [
          { kind: "property", property: "category", op: "eq", value: "Shoes" },
          { kind: "property", property: "price", op: "lt", value: 50 },
        ],
      },
    };
    const has = (...products: unknown[]) =>
      isMember(
        segment({ kind: "event", event: "X", where }),
        [track(day(1), "X", { products })],
        now,
      );
    assert.equal(has({ category: "Shoes", price: 60 }, { category: "Hats", price: 10 }), false);
    assert.equal(has({ category: "Hats", price: 10 }, { category: "Shoes", price: 49 }), true);
    assert.equal(has(), false);
  });

  test("clock reads the event's local time", () => {
    const clock = (unit: string, value: number) => {
      const where = { kind: "clock", unit, op: "eq", value };
      const definition = segment(
        { kind: "event", event: "X", where },
        { timezone: "America/New_York" },
      );
      // Sunday, March 1, 2026, 23:30 in New York.
      return isMember(definition, [track("2026-03-02T04:30:00Z")], now);
    };
    assert.equal(clock("hour", 23), true);
    assert.equal(clock("weekday", 7), true);
    assert.equal(clock("day_of_month", 1), true);
    assert.equal(clock("month", 3), true);
  });

  test("sample: the first 8 hex digits of SHA-256(salt:id)", () => {
    const hash = createHash("sha256").update("q:u").digest("hex").slice(0, 8);
    const point = (Number.parseInt(hash, 16) / 2 ** 32) * 100;
    const sample = (percent: number) =>
      isMember(segment({ kind: "sample", percent, salt: "q" }), [track(day(1))], now);
    assert.equal(sample(point), false);
    assert.equal(sample(point + 1e-9), true);
  });

  test("parameters: an override replaces what is declared", () => {
    const definition = segment(
      { kind: "event", event: "X", op: "gte", value: { parameter: "least" } },
      { parameters: { least: 2 } },
    );
    assert.equal(isMember(definition, [track(day(1))], now), false);
    assert.equal(isMember(definition, [track(day(1))], now, { least: 1 }), true);
  });
});

describe("sequences", () => {
  const sequence = (steps: unknown[], lines: string[], instant = now) =>
    isMember(segment({ kind: "sequence", steps }), lines, instant);
  const time = (text: string) => `2026-05-01T${text}:00Z`;

  test("times grow strictly, within is inclusive", () => {
    const steps = [{ event: "A" }, { event: "B", within: { hours: 2 } }];
    assert.equal(sequence(steps, [track(time("10:00"), "A"), track(time("10:00"), "B")]), false);
    assert.equal(sequence(steps, [track(time("10:00"), "A"), track(time("12:00"), "B")]), true);
    const late = track("2026-05-01T12:00:00.001Z", "B");
    assert.equal(sequence(steps, [track(time("10:00"), "A"), late]), false);
    // Any match will do: not the first A, but the second.
    assert.equal(
      sequence(steps, [track(time("10:00"), "A"), track(time("11:00"), "A"), late]),
      true,
    );
  });

  test("absent between: none strictly between", () => {
    const steps = [{ event: "A" }, { event: "N", absent: true }, { event: "B" }];
    const [a, b] = [track(time("10:00"), "A"), track(time("12:00"), "B")];
    assert.equal(sequence(steps, [a, b, track(time("11:00"), "N")]), false);
    assert.equal(
      sequence(steps, [a, b, track(time("10:00"), "N"), track(time("12:00"), "N")]),
      true,
    );
  });

  test("absent at the end: only once the time is over", () => {
    const steps = [{ event: "A" }, { event: "N", absent: true, within: { hours: 24 } }];
    const a = track(time("10:00"), "A");
    assert.equal(sequence(steps, [a], "2026-05-02T09:59:59.999Z"), false);
    assert.equal(sequence(steps, [a], "2026-05-02T10:00:00.000Z"), true);
    assert.equal(sequence(steps, [a, track("2026-05-02T10:00:00Z", "N")]), false);
    assert.equal(sequence(steps, [a, track("2026-05-02T10:00:00.001Z", "N")]), true);
    assert.equal(sequence(steps, [a, track(time("10:00"), "N")]), true);
    const open = [{ event: "A" }, { event: "N", absent: true }];
    assert.equal(sequence(open, [a], time("10:00")), true);
    assert.equal(sequence(open, [a, track("2026-05-20T10:00:00Z", "N")]), false);
  });
});
