import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, type Message } from "@fosterflow/segments";
import { coreFromBuild } from "./core_from_build.ts";
import { startOfYear, viewed, viewers } from "./example_segments.ts";

// Growth detaches every view of the memory, so each of these would break a view that was kept over a call.

function longHistory(userId: string): Message[] {
  return Array.from({ length: 2_000 }, (_, index) => ({
    ...viewed(userId, startOfYear - index * 1_000, `m${index}`),
    properties: { sku: `sku-${index}`, text: "x".repeat(200) },
  }));
}

test("histories that need more memory than there is make it grow, and nothing is lost", async () => {
  const engine = await createEngine({ segments: viewers });
  const contacts = Array.from({ length: 30 }, (_, index) => engine.contact(`u${index}`));
  for (const contact of contacts) {
    const { deltas, refused } = contact.apply(longHistory(contact.id), { now: startOfYear });
    assert.equal(refused.length, 0);
    assert.deepEqual(
      deltas.map(({ contact: id, change }) => [id, change]),
      [[contact.id, "entered"]],
    );
  }
  for (const contact of contacts) {
    assert.deepEqual(contact.memberships(), [{ segment: "viewers", since: startOfYear }]);
    const { deltas } = contact.apply(viewed(contact.id, startOfYear), { now: startOfYear });
    assert.deepEqual(deltas, []);
  }
});

test("a response that is much larger than the message is read whole", async () => {
  const segments = Array.from({ length: 2_000 }, (_, index) => ({
    ...viewers,
    id: `viewers-${index}`,
  }));
  const engine = await createEngine({ segments });
  assert.equal(engine.segments().length, 2_000);
  const contact = engine.contact("u1");
  const { deltas } = contact.apply(viewed("u1", startOfYear), { now: startOfYear });
  assert.equal(deltas.length, 2_000);
  assert.equal(contact.memberships().length, 2_000);
});

test("the input buffer is found again after the memory has grown below it", async () => {
  const core = await coreFromBuild();
  core.setOrigin("test", "0");
  const [segmentsLength, parametersLength] = core.writeTexts(JSON.stringify(viewers), "");
  assert.ok(core.define(segmentsLength, parametersLength));
  const message = JSON.stringify({ ...viewed("u1", startOfYear), messageId: "m1" });
  const contact = core.openContact("u1");
  const before = core.memoryLength;
  for (let round = 0; core.memoryLength === before && round < 200; round += 1) {
    const other = core.openContact(`other-${round}`);
    const lines = longHistory(`other-${round}`).map((one) => JSON.stringify(one));
    core.apply(other, core.writeText(lines.join("\n")), startOfYear);
  }
  assert.ok(core.memoryLength > before, "the memory has grown");
  assert.equal(core.writeBytes(new Uint8Array(0)), 0);
  core.apply(contact, core.writeText(message), startOfYear);
  assert.equal(core.deltas()[0]?.messageId, "m1");
});
