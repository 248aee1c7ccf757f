import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStore } from "../../bindings/browser/memory_store.ts";
import type { ContactRecord, LogEntry } from "../../bindings/browser/store.ts";

const record = (key: string): ContactRecord => ({
  ...{ key, ids: [key], logged: 0, loggedLength: 0, nextChangeAt: null, clock: 0 },
});
const entry = (now: number): LogEntry => ({ lines: "", now });

test("what was put is there, in order of keys, by range, and in a copy", async () => {
  const store = new MemoryStore();
  await store.write(async (transaction) => {
    for (const key of ["b", "a", "c"]) transaction.put("contacts", key, record(key));
    for (const place of [10, 9, 2]) transaction.put("log", ["a", place], entry(place));
    transaction.put("log", ["b", 1], entry(1));
  });
  const copy = new MemoryStore();
  await copy.copy(store);
  for (const each of [store, copy]) {
    await each.read(async (transaction) => {
      const contacts = await transaction.values("contacts");
      assert.deepEqual(
        contacts.map(({ key }) => key),
        ["a", "b", "c"],
      );
      assert.equal(await transaction.count("log"), 4);
      const times = async (to?: number, most?: number) => {
        const range = to === undefined ? { prefix: "a" } : { prefix: "a", to };
        return (await transaction.values("log", range, most)).map(({ now }) => now);
      };
      assert.deepEqual(await times(), [2, 9, 10]);
      assert.deepEqual(await times(9), [2, 9]);
      assert.deepEqual(await times(undefined, 1), [2]);
      assert.deepEqual(await transaction.get("contacts", "b"), record("b"));
      assert.equal(await transaction.get("contacts", "d"), undefined);
    });
  }
  await copy.write(async (transaction) => transaction.delete("log", { prefix: "a", to: 9 }));
  assert.equal(await copy.read((transaction) => transaction.count("log")), 2);
  assert.equal(await store.read((transaction) => transaction.count("log")), 4);
});

test("a transaction that fails leaves everything as it was", async () => {
  const store = new MemoryStore();
  await store.write(async (transaction) => {
    transaction.put("contacts", "a", record("a"));
    transaction.put("contacts", "b", record("b"));
  });
  const failed = store.write(async (transaction) => {
    transaction.put("contacts", "a", { ...record("a"), clock: 5 });
    transaction.put("contacts", "c", record("c"));
    transaction.delete("contacts", "b");
    throw new Error("in the middle");
  });
  await assert.rejects(failed, /in the middle/);
  assert.deepEqual(await store.read((transaction) => transaction.values("contacts")), [
    ...[record("a"), record("b")],
  ]);
});
