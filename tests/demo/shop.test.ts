import assert from "node:assert/strict";
import { test } from "node:test";
import { createAudience } from "@fosterflow/segments/audience";
import { VocabularyCollector } from "../../web-demo/source/engine/vocabulary.ts";
import {
  contactId,
  contactIndex,
  customerLines,
  type ShopOptions,
} from "../../web-demo/source/shop/customer.ts";
import { shopStream } from "../../web-demo/source/shop/shop_stream.ts";

const options: ShopOptions = { contacts: 500, seed: 3, end: Date.parse("2026-11-23T20:00:00Z") };

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

test("the same options give the same bytes, and one customer is told without the others", async () => {
  const text = await textOf(shopStream(options));
  assert.equal(await textOf(shopStream(options)), text);
  const alone = Array.from({ length: options.contacts }, (_, index) =>
    customerLines(options, index),
  );
  assert.equal(alone.join(""), text);
  assert.notEqual(await textOf(shopStream({ ...options, seed: 4 })), text);
});

test("every message is accepted, none is of the future, and everybody is there", async () => {
  const audience = await createAudience({ segments: [] });
  const { refusedCount, lines } = await audience.load(shopStream(options));
  assert.equal(refusedCount, 0);
  const { contacts, messages } = audience.statistics();
  assert.equal(contacts, options.contacts);
  assert.equal(messages, lines);
  const text = await textOf(shopStream(options));
  const times = [...text.matchAll(/"timestamp":(\d+)/g)].map(([, time]) => Number(time));
  assert.ok(times.every((time) => time <= options.end));
});

test("an id tells the customer's number, and nobody else's does", () => {
  for (const index of [0, 7, 999_998, 999_999]) {
    assert.equal(contactIndex(contactId(index), 1_000_000), index);
  }
  for (const id of ["c000000", "c0000001", "c1000001", "x000001", "c00001", ""]) {
    assert.equal(contactIndex(id, 1_000_000), undefined, id);
  }
});

test("the words of the messages: names, types, the most frequent values first, properties of items", () => {
  const collector = new VocabularyCollector();
  for (let index = 0; index < options.contacts; index += 1) {
    collector.addLines(customerLines(options, index));
  }
  collector.addLines("no message\n[]\n");
  const { events, traits, channels, lists } = collector.vocabulary(false, () => 1);
  const order = events.find(({ name }) => name === "Order Completed");
  const products = order?.properties.find(({ path }) => path === "products");
  assert.equal(products?.type, "items");
  assert.equal(products?.items?.find(({ path }) => path === "price")?.type, "number");
  assert.equal(traits.find(({ path }) => path === "birthday")?.type, "date");
  const country = traits.find(({ path }) => path === "address.country");
  const counts = country?.values.map(({ count }) => count) ?? [];
  assert.ok(counts.length > 3);
  assert.deepEqual(
    counts,
    [...counts].sort((left, right) => right - left),
  );
  assert.deepEqual(channels.map(({ name }) => name).sort(), ["email", "push", "sms"]);
  assert.ok(lists.some(({ name }) => name === "newsletter"));
});
