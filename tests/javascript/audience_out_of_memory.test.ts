import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  createAudience,
  type SegmentDefinition,
  SegmentError,
} from "@fosterflow/segments/audience";

// The memory of an audience may grow to 4 GB. Here growth ends at 64 MiB, as in a host that has no more.

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

const at = Date.UTC(2026, 0, 1);
const viewers: SegmentDefinition = {
  version: 1,
  id: "viewers",
  when: { kind: "event", event: "page" },
};

function views(from: number, count: number, text = ""): string {
  const lines = Array.from(
    { length: count },
    (_, index) =>
      `{"type":"page","userId":"u${from + index}","messageId":"m${index}","timestamp":${at},` +
      `"properties":{"n":${index},"text":"${text}${text === "" ? "" : index}"}}`,
  );
  return lines.join("\n");
}

const isOutOfMemory = (error: unknown) =>
  error instanceof SegmentError && error.code === "out_of_memory";

test("a load for which there is no memory takes nothing, and the audience goes on", async () => {
  const audience = await createAudience({ segments: [viewers] });
  await audience.load(views(0, 1000));
  const large = views(1000, 400_000, "text");
  for (let round = 0; round < 2; round += 1) {
    await assert.rejects(audience.load(large), (error) => {
      assert.match(String(error), /\d+ MB that are taken; an audience has at most 4 GB/);
      return isOutOfMemory(error);
    });
    assert.equal(audience.count("viewers", { at }), 1000);
  }
  try {
    audience.append(views(0, 3));
    assert.equal(audience.statistics().events, 1000);
  } catch (error) {
    assert.ok(isOutOfMemory(error), String(error));
  }
  audience.clear();
  await audience.load(views(0, 10_000));
  assert.equal(audience.count("viewers", { at }), 10_000);
});

test("a file for which there is no memory is refused, and what is there stays", async () => {
  const audience = await createAudience({ segments: [viewers] });
  await audience.load(views(0, 2000));
  const file = new Uint8Array(limit);
  assert.throws(() => audience.open(file), isOutOfMemory);
  assert.equal(audience.count("viewers", { at }), 2000);
  audience.open(audience.save());
  assert.equal(audience.count("viewers", { at }), 2000);
});
