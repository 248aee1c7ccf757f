import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine } from "@fosterflow/segments";
import { Webhook } from "standardwebhooks";
import {
  acknowledgedStream,
  appendedStream,
  browserRetryPolicy,
  createSender,
  DeliverySchedule,
  flushDelay,
  flushDeltas,
  hostClock,
  longestRetryAfter,
  MemoryOutbox,
  serverRetryPolicy,
} from "../../bindings/delivery/index.ts";
import { backoff, retryAfterWait } from "../../bindings/delivery/retry_policy.ts";
import { isSignedBy, signatureHeader, signingKey } from "../../bindings/delivery/signing.ts";
import { openingLength } from "../../bindings/delivery/wire.ts";
import {
  acked,
  endpoint,
  json,
  nextSecret,
  scriptedFetch,
  secret,
  sequences,
  someDeltas,
  start,
  TestClock,
} from "./delivery_world.ts";
import { day, highRollers, ordered, startOfYear, viewed, viewers } from "./example_segments.ts";

const stream = { source: "edge", epoch: "e1", contact: "u1" };

test("the wait is spread over the whole range, which doubles up to its cap", () => {
  for (const [policy, cap] of [
    [browserRetryPolicy, 300_000],
    [serverRetryPolicy, 1_800_000],
  ] as const) {
    for (let attempts = 1; attempts <= 40; attempts += 1) {
      const bound = Math.min(cap, 1000 * 2 ** (attempts - 1));
      assert.equal(backoff(policy, attempts, 0), 0);
      assert.equal(backoff(policy, attempts, 0.25), bound / 4);
      assert.equal(backoff(policy, attempts, 1 - 2 ** -53), bound - 1);
    }
    assert.equal(backoff(policy, 5000, 0.5), cap / 2);
  }
});

test("Retry-After is seconds or a date of HTTP, in any of its three forms", () => {
  const now = Date.UTC(1994, 10, 6, 8, 49, 0);
  for (const [header, wait] of [
    ["120", 120_000],
    [" 0 ", 0],
    ["99999999999999999999", longestRetryAfter],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 37_000],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 37_000],
    ["Sun, 06 Nov 1994 08:00:00 GMT", 0],
    ["Sun, 06 Nov 2094 08:49:37 GMT", longestRetryAfter],
    ["", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["2026", 2_026_000],
    ["soon", undefined],
    [null, undefined],
  ] as const) {
    assert.equal(retryAfterWait(header, now), wait, String(header));
  }
});

test("each secret signs, and another implementation verifies each signature", async () => {
  const keys = await Promise.all([signingKey(nextSecret), signingKey(secret.slice(6))]);
  const body = new TextEncoder().encode('{"contact":"ü"}');
  const seconds = Math.floor(Date.now() / 1000);
  const header = await signatureHeader(keys, "a:b:c:1-2", seconds, body);
  const headers = { "webhook-id": "a:b:c:1-2", "webhook-timestamp": String(seconds) };
  for (const key of [secret, nextSecret]) {
    const text = new TextDecoder().decode(body);
    const verified = new Webhook(key).verify(text, { ...headers, "webhook-signature": header });
    assert.deepEqual(verified, { contact: "ü" });
  }
  const [first] = keys;
  assert.ok(first);
  assert.equal(await isSignedBy([first], header, "a:b:c:1-2", String(seconds), body), true);
  const many = `${"v1,AAAA ".repeat(16)}${header}`;
  assert.equal(await isSignedBy([first], many, "a:b:c:1-2", String(seconds), body), false);
});

test("what is no secret is not said again", async () => {
  for (const text of ["whsec_", "whsec_c2hvcnQ=", "whsec_!!!", `whsec_${btoa("x".repeat(65))}`]) {
    const options = { endpoint, outbox: new MemoryOutbox(), secrets: [text] };
    await assert.rejects(createSender(options), (error: Error) => {
      return error instanceof TypeError && (text === "whsec_" || !error.message.includes(text));
    });
  }
});

test("an outbox takes deltas without a gap, all or none", async () => {
  const outbox = new MemoryOutbox();
  outbox.append(someDeltas(1, 2));
  const other = someDeltas(1, 1, { contact: "u2" });
  assert.throws(() => outbox.append([...other, ...someDeltas(4, 4)]), /next sequence is 3/);
  assert.throws(() => outbox.append(someDeltas(2, 3)), RangeError);
  assert.deepEqual(
    (await outbox.streams()).map(({ contact, lastSequence }) => [contact, lastSequence]),
    [["u1", 2]],
  );
  outbox.append(someDeltas(3, 5));
  assert.deepEqual(sequences(await outbox.read(stream, 4)), [1, 2, 3, 4]);
  await outbox.acknowledge(stream, 3);
  await outbox.acknowledge(stream, 2);
  assert.deepEqual(sequences(await outbox.read(stream, 9)), [4, 5]);
  await outbox.acknowledge(stream, 99);
  assert.deepEqual(await outbox.streams(), []);
  outbox.append(someDeltas(6, 6));
  assert.equal((await outbox.streams())[0]?.acknowledged, 5);
});

test("a stream may begin in the middle, and then has no opening to tell", () => {
  const [first, ...more] = someDeltas(58, 60);
  assert.ok(first);
  const state = appendedStream(undefined, [first, ...more]);
  assert.deepEqual(
    [state.acknowledged, state.lastSequence, state.opened, state.opening],
    [57, 60, true, 0],
  );
});

test("an acknowledgement ends the failures; the opening is told until it is acknowledged whole", () => {
  const [first, ...more] = someDeltas(1, 3, { cause: "first" });
  assert.ok(first);
  const failing = {
    ...appendedStream(undefined, [first, ...more]),
    attempts: 3,
    retryAt: 5,
    failingSince: 1,
  };
  const partly = acknowledgedStream(failing, 2);
  assert.deepEqual(
    [partly.opening, partly.opened, partly.attempts, partly.retryAt, partly.failingSince],
    [3, false, 0, 0, null],
  );
  assert.equal(acknowledgedStream(partly, 3).opened, true);
});

test("the engine tells an epoch's opening first: as many deltas as there are memberships", async () => {
  const segments = [viewers, highRollers];
  const now = startOfYear;
  const before = await createEngine({ segments, source: "edge", epoch: "1" });
  const contact = before.contact("u1");
  const { deltas } = contact.apply([viewed("u1", now), ordered("u1", now, 300)], { now });
  assert.equal(openingLength(deltas), 0, "a contact that is new opens in no segment");
  const after = await createEngine({ segments, source: "edge", epoch: "2" });
  const again = after.contact("u1", contact.snapshot());
  const told = again.apply(viewed("u1", now + 3 * day), { now: now + 3 * day }).deltas;
  assert.deepEqual(
    told.map(({ sequence, change, segment, cause }) => [sequence, change, segment, cause]),
    [
      [1, "entered", "high-rollers", "first"],
      [2, "entered", "viewers", "first"],
      [3, "exited", "viewers", "time"],
      [4, "entered", "viewers", "message"],
    ],
  );
  assert.equal(openingLength(told), 2);
});

test("a schedule sends 20 deltas at once, fewer after 5 seconds, and failures when they are due", async () => {
  const clock = new TestClock();
  const outbox = new MemoryOutbox();
  const { fetch, requests, answers } = scriptedFetch();
  const sender = await createSender({ endpoint, outbox, clock, fetch, random: () => 0.5 });
  const schedule = new DeliverySchedule(sender, clock);
  const append = (deltas: ReturnType<typeof someDeltas>) => {
    outbox.append(deltas);
    schedule.appended(deltas);
  };
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  append(someDeltas(1, 2));
  append(someDeltas(3, 3));
  await settled();
  assert.deepEqual([requests.length, clock.timers], [0, [start + flushDelay]]);
  answers.push(json(503, {}));
  clock.advanceTo(start + flushDelay);
  await settled();
  assert.deepEqual([requests.length, clock.timers], [1, [start + flushDelay + 500]]);
  answers.push(acked(3));
  clock.advanceTo(start + flushDelay + 500);
  await settled();
  assert.deepEqual([requests.length, clock.timers], [2, []]);

  append(someDeltas(4, 3 + flushDeltas - 1));
  answers.push(acked(3 + flushDeltas));
  append(someDeltas(3 + flushDeltas, 3 + flushDeltas));
  await settled();
  assert.deepEqual([requests.length, clock.timers], [3, []]);

  append(someDeltas(4 + flushDeltas, 4 + flushDeltas));
  schedule.close();
  clock.advanceTo(clock.now() + 60_000);
  await schedule.deliver();
  assert.equal(requests.length, 3);
});

test("the host's clock never asks for a timer that fires at once because it is far away", () => {
  const cancel = hostClock.after(2 ** 40, () => assert.fail());
  cancel();
  assert.ok(Math.abs(hostClock.now() - Date.now()) < 1000);
});
