import assert from "node:assert/strict";
import { test } from "node:test";
import type { SegmentDefinition } from "@fosterflow/segments";
import { defineSegments } from "../../bindings/javascript/define.ts";
import { outcomeOf } from "../../bindings/javascript/responses.ts";
import { coreFromBuild } from "./core_from_build.ts";
import { both, highRollers, hour, startOfYear, viewers } from "./example_segments.ts";

function historyOf(contact: number, events: number): string {
  let lines = "";
  for (let event = 0; event < events; event += 1) {
    const hex = (contact * 1_000 + event).toString(16).padStart(12, "0");
    lines += `${JSON.stringify({
      type: "track",
      userId: `user-${contact}`,
      event: event % 5 === 0 ? "Order Completed" : "Product Viewed",
      messageId: `3d1c8a00-5e2b-4f77-9abc-${hex}`,
      timestamp: startOfYear - event * hour,
      properties: { sku: `SKU-${(contact + event) % 400}`, total: (event % 50) + 0.99 },
    })}\n`;
  }
  return lines;
}

test("contacts that come and go leave nothing behind", async () => {
  const core = await coreFromBuild();
  core.setOrigin("test", "1");
  defineSegments(core, [viewers, highRollers, both] satisfies SegmentDefinition[], undefined);
  const texts = () => core.textCount();
  let snapshot: Uint8Array | undefined;
  const visit = (index: number) => {
    const id = `user-${index}`;
    const fresh = core.openContact(id);
    core.apply(fresh, core.writeText(historyOf(index, 10)), startOfYear);
    outcomeOf(core);
    snapshot = core.snapshot(fresh);
    core.closeContact(fresh);
    const opened = core.openSnapshot(id, snapshot);
    core.advanceTo(opened, startOfYear + hour);
    core.apply(opened, core.writeText(historyOf(index, 12)), startOfYear + 30 * hour);
    core.merge(opened, snapshot, startOfYear + 30 * hour);
    core.closeContact(opened);
  };
  for (let index = 0; index < 2_000; index += 1) visit(index);
  const memory = core.memoryLength;
  const known = texts();
  for (let index = 2_000; index < 50_000; index += 1) visit(index);
  assert.equal(core.openContactCount(), 0);
  assert.equal(core.memoryLength, memory, "the memory is flat");
  assert.equal(texts(), known, "no text is left over");
});

test("ten thousand contacts of 200 events fit into 100 MB, and all of them answer", async () => {
  const core = await coreFromBuild();
  core.setOrigin("test", "1");
  defineSegments(core, [viewers, highRollers, both] satisfies SegmentDefinition[], undefined);
  const count = 10_000;
  const contacts: number[] = [];
  const lines = (index: number) => core.writeText(historyOf(index, 200));
  for (let index = 0; index < count; index += 1) {
    const contact = core.openContact(`user-${index}`);
    core.apply(contact, lines(index), startOfYear);
    contacts.push(contact);
  }
  assert.ok(core.memoryLength <= 100e6, `${core.memoryLength} bytes`);
  for (const contact of contacts) {
    assert.ok(core.has(contact, 2), "a viewer");
    assert.ok(core.has(contact, 1), "and a high roller");
  }
  // Those that sleep wake for a message, and for the clock when something is due.
  for (let index = 0; index < count; index += 500) {
    const contact = contacts[index] as number;
    core.advanceTo(contact, startOfYear + 23 * hour - 1);
    assert.deepEqual(core.deltas(), []);
    core.advanceTo(contact, startOfYear + 23 * hour);
    assert.deepEqual(
      core.deltas().map(({ segment, at, sequence }) => [segment, at, sequence]),
      [
        ["both", "2026-01-01T23:00:00.000Z", 4],
        ["viewers", "2026-01-01T23:00:00.000Z", 5],
      ],
    );
  }
  assert.ok(core.memoryLength <= 100e6, `${core.memoryLength} bytes`);
});
