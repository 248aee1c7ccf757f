import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createSender,
  KeepaliveBudget,
  keepaliveQuotaBytes,
  MemoryOutbox,
  type SenderOptions,
  unloadBudgetBytes,
} from "../../bindings/delivery/index.ts";
import { createReceiver, sqliteSchema, sqliteStore } from "../../bindings/receiver/index.ts";
import {
  acked,
  endpoint,
  json,
  openSqlite,
  scriptedFetch,
  secret,
  sequences,
  someDeltas,
  start,
  TestClock,
} from "./delivery_world.ts";

type Answers = Parameters<typeof scriptedFetch>;

async function page(answers: Answers, options: Partial<SenderOptions> = {}) {
  const outbox = new MemoryOutbox();
  const network = scriptedFetch(...answers);
  const clock = new TestClock();
  const given = { endpoint, outbox, clock, fetch: network.fetch, random: () => 0.5 };
  const sender = await createSender({ ...given, ...options });
  const append = (deltas: ReturnType<typeof someDeltas>) => {
    outbox.append(deltas);
    sender.appended(deltas);
  };
  return { outbox, sender, append, clock, ...network };
}

const silence = () => new Promise<Response>(() => {});
const settled = () => new Promise((resolve) => setImmediate(resolve));
const size = ({ init }: { init: RequestInit }) => (init.body as Uint8Array).length;

test("an unload sends what waits at once, in a request that needs no permission", async () => {
  const { sender, append, requests, outbox } = await page([json(503, {}), silence], {
    authorization: () => "Bearer t",
  });
  append(someDeltas(1, 2));
  await sender.deliver();
  append(someDeltas(3, 3));
  const bytes = sender.flushOnUnload();
  const request = requests[1];
  assert.ok(request, "it is sent before anything is waited for");
  assert.equal(bytes, size(request));
  assert.equal(request.init.keepalive, true);
  assert.deepEqual(request.init.headers, { "content-type": "text/plain;charset=UTF-8" });
  assert.equal(request.body.authorization, "Bearer t");
  assert.equal(request.body.opening, 0);
  assert.deepEqual(sequences(request.body.deltas), [1, 2, 3]);
  assert.equal((await outbox.read({ source: "edge", epoch: "e1", contact: "u1" }, 9)).length, 3);
});

test("a request under way may end with the page, so its deltas are sent again", async () => {
  const { sender, append, requests } = await page([silence, silence]);
  append(someDeltas(1, 2));
  void sender.deliver();
  await settled();
  sender.flushOnUnload();
  assert.deepEqual(
    requests.map(({ body }) => sequences(body.deltas)),
    [
      [1, 2],
      [1, 2],
    ],
  );
});

test("all that is under way stays within the budget, of several senders, too", async () => {
  const keepalive = new KeepaliveBudget();
  const one = await page([silence, silence], { keepalive });
  const two = await page([silence], { keepalive });
  const long = (contact: string) =>
    someDeltas(1, 40, { contact }).map((delta) => ({ ...delta, messageId: "ü".repeat(200) }));
  one.append(long("u1"));
  one.append(long("u2"));
  two.append(long("u3"));
  const bytes = [one.sender.flushOnUnload(), two.sender.flushOnUnload()];
  const sent = [...one.requests, ...two.requests].map(size);
  const total = sent.reduce((sum, each) => sum + each, 0);
  assert.equal(total, (bytes[0] ?? 0) + (bytes[1] ?? 0));
  assert.ok(total <= unloadBudgetBytes && total > unloadBudgetBytes * 0.9, String(total));
  assert.equal(keepalive.left, unloadBudgetBytes - total);
  const [first] = one.requests;
  assert.deepEqual(
    sequences(first?.body.deltas ?? []),
    [...Array(40).keys()].map((n) => n + 1),
  );
  assert.equal(one.sender.flushOnUnload(), 0, "nothing fits any more");
});

test("the budget comes back with the answers, and what they acknowledge is done", async () => {
  const keepalive = new KeepaliveBudget();
  const { sender, append, outbox } = await page([acked(2), new TypeError("gone"), json(503, {})], {
    keepalive,
  });
  append(someDeltas(1, 2));
  sender.flushOnUnload();
  assert.ok(keepalive.left < unloadBudgetBytes);
  await settled();
  assert.equal(keepalive.left, unloadBudgetBytes);
  assert.deepEqual(await outbox.streams(), []);
  assert.equal(sender.flushOnUnload(), 0, "there is nothing to send");
  append(someDeltas(3, 3));
  for (const _ of [1, 2]) {
    sender.flushOnUnload();
    await settled();
    assert.equal(keepalive.left, unloadBudgetBytes);
    assert.equal((await outbox.streams())[0]?.acknowledged, 2);
  }
});

test("a budget is never more than browsers allow", () => {
  assert.equal(new KeepaliveBudget(10 ** 9).left, keepaliveQuotaBytes);
  const budget = new KeepaliveBudget(100);
  const giveBack = budget.take(60);
  assert.equal(budget.left, 40);
  giveBack();
  giveBack();
  assert.equal(budget.left, 100);
});

test("memory holds no more than could be sent, and the rest follows from the outbox", async () => {
  const { sender, append, requests, answers, outbox } = await page([silence]);
  const deltas = someDeltas(1, 600);
  append(deltas);
  sender.flushOnUnload();
  const [first] = requests;
  const sent = sequences(first?.body.deltas ?? []);
  assert.ok(sent.length > 100 && sent.length < 300, String(sent.length));
  assert.deepEqual(
    sent,
    sent.map((_, index) => index + 1),
  );
  answers.push(...[100, 200, 300, 400, 500, 600].map(acked));
  assert.equal(await sender.deliver(), null);
  assert.deepEqual(await outbox.streams(), []);
});

test("who signs cannot wait for a signature, and sends nothing", async () => {
  const { sender, append, requests } = await page([], { secrets: [secret] });
  append(someDeltas(1, 1));
  assert.equal(sender.flushOnUnload(), 0);
  assert.equal(requests.length, 0);
});

test("what arrived with an unload is not applied again by the page that comes next", async () => {
  const { database, query } = await openSqlite();
  database.exec(sqliteSchema);
  const applied: number[] = [];
  const receiver = await createReceiver({
    store: sqliteStore(query),
    authorize: ({ authorization }) => authorization === "Bearer t",
    now: () => start,
    onApplied: ({ deltas }) => void applied.push(...sequences(deltas)),
  });
  const outbox = new MemoryOutbox();
  const arriving: Promise<Response>[] = [];
  const dying = async (url: unknown, { keepalive: _, redirect: __, ...init }: RequestInit = {}) => {
    arriving.push(receiver.receive(new Request(String(url), init)));
    return silence();
  };
  const options = { endpoint, outbox, authorization: () => "Bearer t", clock: new TestClock() };
  const closing = await createSender({ ...options, fetch: dying as typeof fetch });
  outbox.append(someDeltas(1, 2));
  void closing.deliver();
  await settled();
  outbox.append(someDeltas(3, 3));
  closing.appended(someDeltas(3, 3));
  closing.flushOnUnload();
  await Promise.all(arriving);

  const next = await createSender({
    ...options,
    fetch: (async (url: unknown, { redirect: _, signal: __, ...init }: RequestInit = {}) =>
      receiver.receive(new Request(String(url), init))) as typeof fetch,
  });
  outbox.append(someDeltas(4, 4));
  assert.equal(await next.deliver(), null);
  assert.deepEqual(applied, [1, 2, 3, 4]);
  assert.deepEqual(await outbox.streams(), []);
});
