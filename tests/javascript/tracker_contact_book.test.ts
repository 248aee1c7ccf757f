import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, type Delta, type Engine } from "@fosterflow/segments";
import { Changes, ContactBook } from "../../bindings/browser/contact_book.ts";
import { MemoryStore } from "../../bindings/browser/memory_store.ts";
import type { MessageLine } from "../../bindings/browser/protocol.ts";
import { seededRandom } from "./delivery_world.ts";
import { both, highRollers, hour, startOfYear, viewers } from "./example_segments.ts";

const segments = [viewers, highRollers, both];

function line(message: Record<string, unknown>, previousId?: string): MessageLine {
  return {
    messageId: String(message["messageId"]),
    contact: String(message["userId"]),
    text: JSON.stringify(message),
    ...(previousId === undefined ? {} : { previousId }),
  };
}

async function bookOf(engine: Engine, store: MemoryStore): Promise<ContactBook> {
  const records = await store.read((transaction) => transaction.values("contacts"));
  return new ContactBook(engine, records, (key) =>
    store.read(async (transaction) => ({
      snapshot: await transaction.get("snapshots", key),
      log: await transaction.values("log", { prefix: key }),
    })),
  );
}

test("whatever was written together, a book that is read anew goes on where the one before was", async () => {
  const random = seededRandom(7);
  const engine = await createEngine({ segments, source: "web", epoch: "1" });
  const store = new MemoryStore();
  let book = await bookOf(engine, store);
  let now = startOfYear;
  let count = 0;
  const ids = ["a", "b", "c", "d"];
  const sequences = new Map<string, number>();
  const some = () => ids[Math.floor(random() * ids.length)] as string;
  const message = (): MessageLine => {
    count += 1;
    const common = { messageId: `m${count}`, userId: some(), timestamp: now };
    const kind = random();
    if (kind < 0.1) {
      const previousId = some();
      return line({ type: "alias", ...common, previousId }, previousId);
    }
    const event = kind < 0.6 ? "Product Viewed" : "Order Completed";
    return line({ type: "track", ...common, event, properties: { total: 50 } });
  };
  for (let round = 0; round < 150; round += 1) {
    now += Math.floor(random() * 6 * hour);
    const changes = new Changes();
    await book.advanceTo(now, changes);
    const lines = Array.from({ length: Math.floor(random() * 12) }, message);
    await book.apply(lines, now, changes);
    assert.deepEqual(changes.refused, []);
    await store.write(async (transaction) => changes.write(transaction));
    for (const { contact, sequence } of changes.deltas as Delta[]) {
      assert.equal(sequence, (sequences.get(contact) ?? 0) + 1, contact);
      sequences.set(contact, sequence);
    }
    const again = await bookOf(engine, store);
    for (const id of ids) {
      assert.deepEqual(await again.snapshotOf(id), await book.snapshotOf(id), `${id}, ${round}`);
      assert.deepEqual(again.recordOf(id), book.recordOf(id));
    }
    if (random() < 0.5) book = again;
    // Four ids would soon be one contact: others come.
    if (random() < 0.1) ids.splice(Math.floor(random() * 4), 1, `id-${round}`);
  }
  assert.ok(count > 500);
  engine.dispose();
});
