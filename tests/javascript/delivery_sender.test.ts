import assert from "node:assert/strict";
import { test } from "node:test";
import { maximumBatchBytes, maximumBatchDeltas } from "../../bindings/delivery/index.ts";
import {
  acked,
  endpoint,
  json,
  opened,
  secret,
  sequences,
  someDeltas,
  start,
} from "./delivery_world.ts";

test("one request has the deltas of one contact, signed, and says who sends when", async () => {
  const { sender, requests, outbox, events, sending } = await opened(someDeltas(1, 3), [acked(3)], {
    secrets: [secret],
    authorization: async () => "Bearer t",
  });
  assert.equal(await sender.deliver(), null);
  const [request] = requests;
  assert.equal(request?.url, endpoint);
  assert.equal(request?.init.method, "POST");
  assert.deepEqual(request?.body, {
    version: 1,
    source: "edge",
    epoch: "e1",
    contact: "u1",
    sentAt: "2026-01-01T00:00:00.000Z",
    opening: 0,
    deltas: someDeltas(1, 3),
  });
  const headers = new Headers(request?.init.headers);
  assert.equal(headers.get("content-type"), "application/json");
  assert.equal(headers.get("webhook-id"), "edge:e1:u1:1-3");
  assert.equal(headers.get("idempotency-key"), "edge:e1:u1:1-3");
  assert.equal(headers.get("webhook-timestamp"), String(start / 1000));
  assert.match(headers.get("webhook-signature") ?? "", /^v1,[A-Za-z0-9+/]{43}=$/);
  assert.equal(headers.get("authorization"), "Bearer t");
  assert.deepEqual(await outbox.streams(), []);
  const stream = { source: "edge", epoch: "e1", contact: "u1" };
  assert.deepEqual(sending, [3]);
  assert.deepEqual(events, [{ type: "delivered", stream, acknowledged: 3, deltas: 3 }]);
});

test("ids of any script are header values, and long ones go as their hash", async () => {
  const odd = someDeltas(1, 1, { contact: "ü.1:2\ud800" });
  const long = someDeltas(1, 1, { contact: "x".repeat(300) });
  const { sender, requests } = await opened([...odd, ...long], [acked(1), acked(1)]);
  await sender.deliver();
  const ids = requests.map(({ init }) => new Headers(init.headers).get("webhook-id"));
  assert.equal(ids[0], "edge:e1:%C3%BC%2E1%3A2%EF%BF%BD:1-1");
  assert.match(ids[1] ?? "", /^[0-9a-f]{64}:1-1$/);
});

test("batches are bounded by count", async () => {
  const { sender, requests } = await opened(someDeltas(1, maximumBatchDeltas + 1), [
    ...[acked(maximumBatchDeltas), acked(maximumBatchDeltas + 1)],
  ]);
  await sender.deliver();
  assert.deepEqual(
    requests.map(({ body }) => body.deltas.length),
    [maximumBatchDeltas, 1],
  );
});

test("batches are bounded by bytes, but one delta always goes", async () => {
  const long = someDeltas(1, 4).map((delta) => ({ ...delta, messageId: "ü".repeat(60_000) }));
  const huge = { ...someDeltas(5, 5)[0], messageId: "x".repeat(maximumBatchBytes) };
  const all = [...long, huge as (typeof long)[0]];
  const { sender, requests } = await opened(all, [acked(2), acked(4), acked(5)]);
  await sender.deliver();
  assert.deepEqual(
    requests.map(({ body }) => sequences(body.deltas)),
    [[1, 2], [3, 4], [5]],
  );
  const sizes = requests.map(({ init }) => (init.body as Uint8Array).length);
  assert.ok(
    sizes.slice(0, 2).every((size) => size <= maximumBatchBytes),
    String(sizes),
  );
});

test("contacts take turns, and one request is under way at a time", async () => {
  let underWay = 0;
  const answer = (sequence: number) => async () => {
    underWay += 1;
    assert.equal(underWay, 1);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return acked(sequence);
  };
  const deltas = [...someDeltas(1, 101), ...someDeltas(1, 101, { contact: "u2" })];
  const answers = [answer(100), answer(100), answer(101), answer(101)];
  const { sender, requests } = await opened(deltas, answers);
  await Promise.all([sender.deliver(), sender.deliver()]);
  assert.deepEqual(
    requests.map(({ body }) => body.contact),
    ["u1", "u2", "u1", "u2"],
  );
});

test("a partial acknowledgement moves on from there", async () => {
  const { sender, requests } = await opened(someDeltas(1, 3), [acked(1), acked(3)]);
  assert.equal(await sender.deliver(), null);
  assert.deepEqual(sequences(requests[1]?.body.deltas ?? []), [2, 3]);
});

test("409 rewinds to what the receiver says it has", async () => {
  const answers = [json(409, { error: "sequence_gap", expected: 3, message: "" }), acked(4)];
  const { sender, requests, types } = await opened(someDeltas(1, 4), answers);
  assert.equal(await sender.deliver(), null);
  assert.deepEqual(sequences(requests[1]?.body.deltas ?? []), [3, 4]);
  assert.deepEqual(types(), ["delivered", "delivered"]);
});

test("a receiver that contradicts itself is tried again later, not at once", async () => {
  for (const answer of [
    json(409, { error: "sequence_gap", expected: 2, message: "" }),
    json(409, { expected: -1 }),
    acked(1),
    json(200, { acked: "3" }),
    new Response('{"acked":', { status: 200 }),
    new Response(null, { status: 204 }),
    json(422, { error: "delta_refused", acked: 3, sequence: 2, message: "" }),
  ]) {
    const { sender, types, outbox } = await opened(someDeltas(1, 3), [acked(1), answer]);
    assert.equal(await sender.deliver(), start + 500);
    assert.deepEqual(types(), ["delivered", "failed"]);
    assert.equal((await outbox.streams())[0]?.acknowledged, 1);
  }
});

test("what fails waits: full jitter, doubled by each failure, and nothing is lost", async () => {
  const failures = Array.from({ length: 13 }, () => json(503, {}));
  const { sender, clock, requests } = await opened(someDeltas(1, 1), [...failures, acked(1)]);
  const waits: number[] = [];
  for (;;) {
    const next = await sender.deliver();
    if (next === null) break;
    waits.push((next - clock.now()) / 1000);
    assert.equal(await sender.deliver(), next, "nothing is sent before");
    clock.advanceTo(next);
  }
  assert.deepEqual(waits, [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  assert.equal(requests.length, 14);
});

test("Retry-After is a floor, in seconds or as a date, of at most an hour", async () => {
  const date = new Date(start + 120_000).toUTCString();
  for (const [status, header, wait] of [
    [429, "30", 30_000],
    [503, date, 120_000],
    [503, "0", 500],
    [429, "86400", 3_600_000],
    [503, "soon", 500],
    [503, "-1", 500],
  ] as const) {
    const answer = json(status, {}, { "retry-after": header });
    const { sender } = await opened(someDeltas(1, 1), [answer]);
    assert.equal(await sender.deliver(), start + wait, header);
  }
});

test("one contact that always fails does not hold up the others", async () => {
  const deltas = [1, 2, 3].flatMap((n) => someDeltas(1, 1, { contact: `u${n}` }));
  const answers = [json(500, {}), acked(1), acked(1)];
  const { sender, clock, outbox } = await opened(deltas, answers, {
    random: () => 0.999,
  });
  const next = await sender.deliver();
  assert.equal(next, start + 999, "the endpoint is left in peace for a while");
  await outbox.update({ source: "edge", epoch: "e1", contact: "u1" }, { retryAt: start + 9000 });
  clock.advanceTo(next ?? 0);
  assert.equal(await sender.deliver(), start + 9000);
  assert.deepEqual(
    (await outbox.streams()).map(({ contact }) => contact),
    ["u1"],
  );
});

test("a network that is gone is waited for, and its return ends the wait", async () => {
  const { sender, outbox, clock } = await opened(someDeltas(1, 1), [
    ...[new TypeError("fetch failed"), new TypeError("fetch failed"), acked(1)],
  ]);
  const first = await sender.deliver();
  clock.advanceTo(first ?? 0);
  assert.equal(await sender.deliver(), start + 1500);
  assert.equal((await outbox.endpoint()).unreachable, true);
  await sender.networkRestored();
  assert.equal(await sender.deliver(), null);
});

test("its return does not end a wait that the endpoint asked for", async () => {
  const answer = json(429, {}, { "retry-after": "60" });
  const { sender } = await opened(someDeltas(1, 1), [answer]);
  assert.equal(await sender.deliver(), start + 60_000);
  await sender.networkRestored();
  assert.equal(await sender.deliver(), start + 60_000);
});

test("no answer in time is a failure, also when fetch or the body heeds no signal", async () => {
  const silence = () => new Promise<Response>(() => {});
  const halfAnswer = async () => new Response(new ReadableStream({}), { status: 200 });
  for (const answer of [silence, halfAnswer]) {
    const { sender, clock, events } = await opened(someDeltas(1, 1), [answer, acked(1)], {
      requestTimeout: 15_000,
    });
    const delivering = sender.deliver();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(clock.timers, [start + 15_000]);
    clock.advanceTo(start + 15_000);
    const next = await delivering;
    assert.equal(next, start + 15_500);
    const [event] = events;
    assert.ok(event?.type === "failed" && event.status === 0);
    assert.equal(event.message, "no answer within 15000 milliseconds");
    clock.advanceTo(next ?? 0);
    assert.equal(await sender.deliver(), null);
    assert.deepEqual(clock.timers, []);
  }
});

test("what is appended while a delivery ends is delivered by it", async () => {
  const { sender, outbox, requests } = await opened(someDeltas(1, 1), [acked(1), acked(2)]);
  const streams = outbox.streams.bind(outbox);
  let calls = 0;
  outbox.streams = async () => {
    const answer = await streams();
    calls += 1;
    if (calls === 2) {
      outbox.append(someDeltas(2, 2));
      void sender.deliver();
    }
    return answer;
  };
  assert.equal(await sender.deliver(), null);
  assert.equal(requests.length, 2);
});

test("an outbox that fails is tried again, and a delivery never rejects", async () => {
  const { sender, outbox, events } = await opened(someDeltas(1, 1), [acked(1), acked(1)]);
  const acknowledge = outbox.acknowledge.bind(outbox);
  outbox.acknowledge = async () => {
    throw new Error("quota exceeded");
  };
  assert.equal(await sender.deliver(), start + 500);
  const [event] = events;
  assert.ok(event?.type === "outbox_failed" && /quota/.test(String(event.error)));
  outbox.acknowledge = acknowledge;
  assert.equal(await sender.deliver(), null, "sent again, since it may not have been noted");
});

test("credentials that cannot be had are waited for", async () => {
  let isSignedIn = false;
  const { sender, clock, requests } = await opened(someDeltas(1, 1), [acked(1)], {
    authorization() {
      if (!isSignedIn) throw new Error("signed out");
      return "Bearer t";
    },
  });
  const next = await sender.deliver();
  assert.equal(requests.length, 0);
  isSignedIn = true;
  clock.advanceTo(next ?? 0);
  assert.equal(await sender.deliver(), null);
});

test("a closed sender sends and notes nothing any more", async () => {
  const late = () => new Promise<Response>(() => {});
  const { sender, outbox, requests } = await opened(someDeltas(1, 1), [late]);
  const delivering = sender.deliver();
  await new Promise((resolve) => setImmediate(resolve));
  sender.close();
  assert.equal(await delivering, null);
  assert.equal(await sender.deliver(), null);
  assert.equal(sender.flushOnUnload(), 0);
  assert.equal(requests.length, 1);
  assert.equal((await outbox.streams())[0]?.attempts, 0);
});

test("whoever watches cannot hold up what is watched", async () => {
  const { sender } = await opened(someDeltas(1, 1), [acked(1)], {
    onEvent() {
      throw new Error("in the watcher");
    },
  });
  assert.equal(await sender.deliver(), null);
});
