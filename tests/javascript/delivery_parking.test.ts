import assert from "node:assert/strict";
import { test } from "node:test";
import { createSender, serverRetryPolicy } from "../../bindings/delivery/index.ts";
import { acked, endpoint, json, opened, sequences, someDeltas, start } from "./delivery_world.ts";

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
