import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createEngine, type Message, SegmentError } from "@fosterflow/segments";
import { startOfYear, viewed, viewers } from "./example_segments.ts";

// The memory of an instance may grow to 2 GiB. Here growth ends at 64 MiB, as in a host that has no more.

const limit = 64 * 1_048_576;
const pageSize = 65_536;
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * pageSize > limit) throw new RangeError("no more memory");
  return grow.call(this, pages);
};
after(() => {
  WebAssembly.Memory.prototype.grow = grow;
});

function large(userId: string, index: number): Message {
  const text = `${userId} ${index} `.padEnd(60_000, "x");
  return { ...viewed(userId, startOfYear, `m${index}`), properties: { text } };
}

test("when memory runs out, messages are refused and the engine goes on", async () => {
  const engine = await createEngine({ segments: viewers });
  const kept = engine.contact("kept");
  kept.apply(viewed("kept", startOfYear), { now: startOfYear });
  const greedy = engine.contact("greedy");
  let accepted = 0;
  let refusal: string | undefined;
  while (refusal === undefined && accepted < 5_000) {
    const { refused } = greedy.apply(large("greedy", accepted), { now: startOfYear });
    refusal = refused[0]?.code;
    if (refusal === undefined) accepted += 1;
  }
  assert.equal(refusal, "out_of_memory");
  assert.ok(accepted > 300, `${accepted} accepted`);

  // Every answer is still there, and what the refusals did not take is not lost.
  assert.equal(kept.has("viewers"), true);
  assert.equal(greedy.has("viewers"), true);
  for (let round = 0; round < 50; round += 1) {
    const { refused } = greedy.apply(large("greedy", 10_000 + round), { now: startOfYear });
    assert.equal(refused.length, 1);
  }
  assert.deepEqual(kept.memberships(), [{ segment: "viewers", since: startOfYear }]);

  // An explanation needs little, or says that there is no memory for it.
  try {
    assert.equal(kept.explain("viewers").holds, true);
  } catch (error) {
    assert.ok(error instanceof SegmentError && error.code === "out_of_memory", String(error));
  }

  // Memory that is given back serves again.
  greedy.dispose();
  const { deltas, refused } = engine
    .contact("late")
    .apply(viewed("late", startOfYear), { now: startOfYear });
  assert.deepEqual(refused, []);
  assert.equal(deltas.length, 1);
  assert.equal(kept.apply(large("kept", 1), { now: startOfYear }).refused.length, 0);
});

test("a set of segments for which there is no memory is refused, and the old one stays", async () => {
  const engine = await createEngine({ segments: viewers });
  const contact = engine.contact("u1");
  contact.apply(viewed("u1", startOfYear), { now: startOfYear });
  const huge = Array.from({ length: 10_000 }, (_, index) => ({
    ...viewers,
    id: `viewers-${index}`,
    description: "x".repeat(500),
  }));
  assert.throws(
    () => engine.define(huge),
    (error) => error instanceof SegmentError && error.code === "out_of_memory",
  );
  assert.deepEqual(
    engine.segments().map(({ id }) => id),
    ["viewers"],
  );
  assert.equal(contact.has("viewers"), true);
});
