import type { Case } from "../oracle/generator.ts";

const time = Date.UTC(2026, 5, 1);

/** Pairs whose products and quotients are at the edge of what a double can be: nearly nothing, or too much. */
const pairs: readonly (readonly [number, number])[] = [
  [5e-324, 0.5],
  [5e-324, 2],
  [5e-324, 0.5000000000000001],
  [5e-324, 1.9999999999999998],
  [-5e-324, 0.75],
  [1.5e-323, 0.5],
  [1e-200, 1e-200],
  [2 ** -537, 2 ** -538],
  [2 ** -537, 2 ** -537],
  [1.0000000000000002 * 2 ** -537, 2 ** -538],
  [1e-308, 1e16],
  [1e-308, 1e308],
  [2 ** -1074, 2 ** 1023],
  [1e308, 10],
  [1e308, 0.1],
  [1e300, 1e-300],
  [0, 1e-300],
  [1e-300, 0],
  [1e308, 5e-324],
  [-1e308, 1e308],
  [5e-324, 5e-324],
];

/** Arithmetic where databases stop instead of giving zero or infinity. */
export function edgeNumberCases(): Case[] {
  const operands = [{ attribute: "a" }, { attribute: "b" }];
  const definitions = ["mul", "div", "add", "sub"].flatMap((name) =>
    ["eq", "gt", "ne"].map((op) => ({
      version: 1,
      id: `${name}-${op}`,
      when: { kind: "compare", left: { [name]: operands }, op, right: 0 },
    })),
  );
  const lines = pairs.map(([a, b], index) =>
    JSON.stringify({ type: "identify", userId: `c${index}`, timestamp: time, traits: { a, b } }),
  );
  return [{ seed: 0, definitions, lines, instants: [time], source: "replay", epoch: "0" }];
}
