import type { Case } from "../oracle/generator.ts";

const time = Date.UTC(2026, 5, 1);

const scalars: readonly (readonly [unknown, unknown])[] = [
  [["a"], ["b"]],
  [["a"], ["a", "b"]],
  [[], ["b"]],
  [
    [2, "a"],
    [10, "b"],
  ],
  [
    [false, "a"],
    [true, "b"],
  ],
  [
    [null, "a"],
    [false, "b"],
  ],
  [
    ["Z", "a"],
    ["\u{1F600}", "b"],
  ],
  [["a"], "b"],
  [["a"], { b: 1 }],
];

const nested: readonly (readonly [unknown, unknown])[] = [
  [[{ b: 1 }], [{ aa: 1 }]],
  [[["a"]], [[["b"]]]],
  [[["a"]], ["b"]],
  [["a"], [{ b: 1 }]],
  [[{ b: 1 }], []],
];

const mixed: readonly (readonly [unknown, unknown])[] = [
  [
    [{ b: 1 }, "a"],
    [{ aa: 1 }, "b"],
  ],
];

function tiedArrays(pairs: readonly (readonly [unknown, unknown])[]): Case {
  const definitions = ["first", "last"].flatMap((measure) =>
    [
      { op: "contains", value: "a" },
      { op: "contains", value: "b" },
      { op: "includes_any", value: ["b", 10] },
      { op: "includes_all", value: ["a", "b"] },
    ].map((comparison, index) => ({
      version: 1,
      id: `${measure}-${index}`,
      when: {
        kind: "event",
        event: "Tagged",
        measure: { fn: measure, property: "tags" },
        ...comparison,
      },
    })),
  );
  const lines = pairs.flatMap((pair, index) =>
    pair.map((tags) =>
      JSON.stringify({
        type: "track",
        event: "Tagged",
        userId: `c${index}`,
        timestamp: time,
        properties: { tags },
      }),
    ),
  );
  return { seed: 0, definitions, lines, instants: [time], source: "replay", epoch: "0" };
}

/** Arrays of one instant, of which the order of values decides which is first and which last. */
export const tiedArrayCases = (): Case[] => [tiedArrays(scalars), tiedArrays(nested)];

/** An array of which databases cannot tell the place: each query about it has to stop. */
export const mixedArrayCase = (): Case => tiedArrays(mixed);
