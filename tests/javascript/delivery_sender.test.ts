import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createSender,
  MemoryOutbox,
  maximumBatchBytes,
  maximumBatchDeltas,
  type SenderEvent,
  type SenderOptions,
  serverRetryPolicy,
} from "../../bindings/delivery/index.ts";
import {
  acked,
  endpoint,
  json,
  scriptedFetch,
  secret,
  sequences,
  someDeltas,
  start,
  TestClock,
} from "./delivery_world.ts";

type Answers = Parameters<typeof scriptedFetch>;

/** A sender over an outbox with these deltas; chance always says 1/2. */
async function opened(
  deltas: ReturnType<typeof someDeltas>,
  answers: Answers,
  options: Partial<SenderOptions> = {},
) {
  const outbox = new MemoryOutbox();
  outbox.append(deltas);
  const clock = new TestClock();
  const network = scriptedFetch(...answers);
  const events: SenderEvent[] = [];
  const sender = await createSender({
    ...{ endpoint, outbox, clock, fetch: network.fetch, random: () => 0.5 },
    onEvent: (event) => events.push(event),
    ...options,
  });
  const types = () => events.map(({ type }) => type);
  return { outbox, clock, sender, events, types, ...network };
}

test("one request has the deltas of one contact, signed, and says who sends when", async () => {
  const { sender, requests, outbox, events } = await opened(someDeltas(1, 3), [acked(3)], {
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

test("413 halves the batch, and what is alone and too large is parked", async () => {
  const tooLarge = () => json(413, { error: "batch_too_large", message: "too much" });
  const { sender, requests, events, outbox } = await opened(someDeltas(1, 5), [
    ...[tooLarge(), tooLarge(), acked(1), tooLarge(), tooLarge()],
  ]);
  assert.equal(await sender.deliver(), null);
  assert.deepEqual(
    requests.map(({ body }) => sequences(body.deltas)),
    [[1, 2, 3, 4, 5], [1, 2], [1], [2, 3], [2]],
  );
  const parking = { code: "too_large", sequence: 2, status: 413, message: "too much", at: start };
  assert.deepEqual(events.at(-1), {
    type: "parked",
    stream: { source: "edge", epoch: "e1", contact: "u1" },
    parking,
  });
  assert.equal((await outbox.read({ source: "edge", epoch: "e1", contact: "u1" }, 9)).length, 4);
});

test("what is parked is listed, waits, and is tried again on demand", async () => {
  const refused = { error: "delta_refused", message: "no such segment", acked: 1, sequence: 2 };
  const deltas = [...someDeltas(1, 3), ...someDeltas(1, 1, { contact: "u2" })];
  const answers = [json(422, refused), acked(1), acked(3)];
  const { sender, requests, outbox, clock } = await opened(deltas, answers);
  assert.equal(await sender.deliver(), null);
  const stream = { source: "edge", epoch: "e1", contact: "u1" };
  const message = "no such segment";
  const parking = { code: "delta_refused", sequence: 2, status: 422, message, at: start };
  assert.deepEqual(await sender.parked(), [{ ...stream, parking, waiting: 2 }]);
  outbox.append(someDeltas(4, 4));
  assert.equal(await sender.deliver(), null);
  assert.equal(requests.length, 2, "the others went, this one waits");
  assert.equal(await sender.retryParked({ ...stream, contact: "u2" }), 0);
  assert.equal(await sender.retryParked(stream), 1);
  clock.advanceTo(start + 1);
  requests.length = 0;
  await sender.deliver();
  assert.deepEqual(sequences(requests[0]?.body.deltas ?? []), [2, 3, 4]);
});

test("what is parked goes only by somebody's decision", async () => {
  const { sender, outbox } = await opened(someDeltas(1, 3), [json(400, {})]);
  const stream = { source: "edge", epoch: "e1", contact: "u1" };
  assert.equal(await sender.discardParked(stream), 0, "it is not parked yet");
  await sender.deliver();
  assert.equal(await sender.discardParked(stream), 3);
  assert.deepEqual(await outbox.streams(), []);
});

test("other client errors park at once; those of credentials and patience are tried again", async () => {
  for (const status of [400, 402, 404, 405, 415, 431, 451]) {
    const { sender, types } = await opened(someDeltas(1, 1), [json(status, {})]);
    assert.equal(await sender.deliver(), null);
    assert.deepEqual(types(), ["parked"], String(status));
  }
  for (const status of [301, 401, 403, 408, 425, 429, 500, 501, 502, 503, 504, 599]) {
    const { sender, types } = await opened(someDeltas(1, 1), [new Response("", { status })]);
    assert.equal(await sender.deliver(), start + 500);
    assert.deepEqual(types(), ["failed"], String(status));
  }
});

test("what has failed for three days and often enough is parked, and not dropped", async () => {
  const { sender, clock, outbox, answers } = await opened(someDeltas(1, 2), []);
  const { giveUpAfter, leastAttempts } = serverRetryPolicy;
  for (let attempt = 1; attempt < leastAttempts; attempt += 1) {
    answers.push(json(503, {}));
    const next = await sender.deliver();
    assert.ok(next !== null);
    clock.advanceTo(next);
  }
  clock.advanceTo(start + giveUpAfter);
  answers.push(json(503, { message: "down" }));
  await sender.deliver();
  const [parked] = await sender.parked();
  assert.deepEqual([parked?.parking.code, parked?.waiting], ["exhausted", 2]);
  await sender.retryParked();
  answers.push(acked(2));
  clock.advanceTo(clock.now() + giveUpAfter);
  assert.equal(await sender.deliver(), null);
  assert.deepEqual(await outbox.streams(), []);
});

test("410 stops the endpoint until somebody resumes it, also over a restart", async () => {
  const { sender, outbox, requests, fetch, clock, answers } = await opened(
    [...someDeltas(1, 1), ...someDeltas(1, 1, { contact: "u2" })],
    [json(410, { message: "moved away" })],
  );
  assert.equal(await sender.deliver(), null);
  const again = await createSender({ endpoint, outbox, fetch, clock });
  assert.equal(await again.deliver(), null);
  assert.equal(again.flushOnUnload(), 0);
  assert.equal(requests.length, 1);
  await again.resume();
  answers.push(acked(1), acked(1));
  await again.deliver();
  assert.deepEqual(await outbox.streams(), []);
});

test("when one side went back to an older copy, a new epoch is asked for", async () => {
  const lost = json(409, { error: "sequence_gap", expected: 2, message: "" });
  const receiverWentBack = await opened(someDeltas(1, 4), [acked(3), lost]);
  await receiverWentBack.sender.deliver();
  const [first] = await receiverWentBack.sender.parked();
  assert.equal(first?.parking.code, "epoch_needed");
  assert.match(first?.parking.message ?? "", /it is at 1, and was at 3/);

  const outboxWentBack = await opened(someDeltas(1, 4), [acked(9)]);
  await outboxWentBack.sender.deliver();
  const [second] = await outboxWentBack.sender.parked();
  assert.equal(second?.parking.code, "epoch_needed");
  assert.match(second?.parking.message ?? "", /the receiver is at 9, which was never appended/);
  assert.equal(second?.waiting, 4);

  outboxWentBack.outbox.append(someDeltas(1, 1, { epoch: "e2" }));
  outboxWentBack.answers.push(acked(1));
  await outboxWentBack.sender.deliver();
  assert.equal(outboxWentBack.requests.at(-1)?.body.epoch, "e2", "the new one is not held up");
});

test("an epoch waits for the one before, and tells its opening until that is acknowledged", async () => {
  const opening = someDeltas(1, 2, { epoch: "e2", cause: "first" });
  const later = someDeltas(3, 3, { epoch: "e2" });
  const before = someDeltas(1, 1);
  const { sender, requests, clock } = await opened(
    [...before, ...opening, ...later],
    [json(503, {}), acked(1), acked(1), json(503, {}), acked(3)],
  );
  for (let next = await sender.deliver(); next !== null; next = await sender.deliver()) {
    clock.advanceTo(next);
  }
  assert.deepEqual(
    requests.map(({ body }) => [body.epoch, body.opening, ...sequences(body.deltas)]),
    [
      ["e1", 0, 1],
      ["e1", 0, 1],
      ["e2", 2, 1, 2, 3],
      ["e2", 2, 2, 3],
      ["e2", 2, 2, 3],
    ],
  );
});

test("an epoch of a contact in no segment is opened all the same", async () => {
  const { sender, requests, outbox } = await opened([], [acked(0)]);
  outbox.open({ source: "edge", epoch: "e2", contact: "u1" });
  assert.equal(await sender.deliver(), null);
  assert.deepEqual([requests[0]?.body.opening, requests[0]?.body.deltas], [0, []]);
  assert.deepEqual(await outbox.streams(), []);
  outbox.append(someDeltas(1, 1, { epoch: "e2" }));
  assert.equal((await outbox.streams())[0]?.opened, true);
});

test("deltas that vanished from the outbox are noticed", async () => {
  for (const [left, lost] of [
    [[], 1],
    [someDeltas(2, 3), 1],
    [[...someDeltas(1, 1), ...someDeltas(3, 3)], 2],
  ] as const) {
    const { sender, outbox, requests } = await opened(someDeltas(1, 3), []);
    outbox.read = async () => left;
    assert.equal(await sender.deliver(), null);
    const [parked] = await sender.parked();
    assert.equal(parked?.parking.code, "epoch_needed");
    assert.equal(parked?.parking.message, `the outbox has lost the delta ${lost}`);
    assert.equal(requests.length, 0);
  }
});

test("what an unload send brought in the meantime did not vanish", async () => {
  const { sender, outbox, requests } = await opened(someDeltas(1, 4), [acked(4)]);
  const read = outbox.read.bind(outbox);
  let isFirst = true;
  outbox.read = async (stream, most) => {
    if (isFirst) await outbox.acknowledge(stream, 2);
    isFirst = false;
    return read(stream, most);
  };
  assert.equal(await sender.deliver(), null);
  assert.deepEqual(
    requests.map(({ body }) => sequences(body.deltas)),
    [[3, 4]],
  );
});

test("what is parked holds back later epochs of its contact: they would shut it out", async () => {
  const later = someDeltas(1, 1, { epoch: "e2" });
  const { sender, requests, answers } = await opened(
    [...someDeltas(1, 1), ...later],
    [json(400, {})],
  );
  assert.equal(await sender.deliver(), null);
  assert.equal(requests.length, 1);
  await sender.retryParked();
  answers.push(acked(1), acked(1));
  await sender.deliver();
  assert.deepEqual(
    requests.map(({ body }) => body.epoch),
    ["e1", "e1", "e2"],
  );
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
