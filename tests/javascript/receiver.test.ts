import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import {
  createReceiver,
  longestNameLength,
  maximumRequestBytes,
  type ReceiverOptions,
  sqliteSchema,
  sqliteStore,
  timestampTolerance,
  type UnsignedRequest,
} from "../../bindings/receiver/index.ts";
import { endpoint, nextSecret, openSqlite, secret, someDeltas, start } from "./delivery_world.ts";
import { bodyOf, receiverRules } from "./receiver_rules.ts";

async function openStore() {
  const { database, query } = await openSqlite();
  database.exec(sqliteSchema);
  database.exec(sqliteSchema);
  return { store: sqliteStore(query), rows: async (statement: string) => query(statement, []) };
}

receiverRules("SQLite", openStore);

async function opened(options: Partial<ReceiverOptions>) {
  const { store, rows } = await openStore();
  const receiver = await createReceiver({ store, now: () => start, ...options });
  return {
    rows,
    async receive(body: string | Uint8Array, headers: Record<string, string> = {}) {
      const init = { method: "POST", body: body as string, headers };
      const response = await receiver.receive(new Request(endpoint, init));
      const answer = await response.json();
      return [response.status, answer.error ?? answer.acked, answer.message];
    },
  };
}

const body = JSON.stringify(bodyOf(someDeltas(1, 1)));

/** Headers as another implementation signs them. */
function signed(
  text: string,
  { key = secret, seconds = start / 1000, id = "edge:e1:u1:1-1" } = {},
) {
  const signature = new Webhook(key).sign(id, new Date(seconds * 1000), text);
  const headers = { "webhook-id": id, "webhook-timestamp": String(seconds) };
  return { ...headers, "webhook-signature": signature };
}

test("what another implementation of Standard Webhooks signs is verified", async () => {
  const { receive } = await opened({ secrets: [secret] });
  assert.deepEqual(await receive(body, signed(body)), [200, 1, undefined]);
});

test("each of several secrets is accepted, and each of several signatures looked at", async () => {
  const { receive } = await opened({ secrets: [nextSecret, secret] });
  assert.equal((await receive(body, signed(body)))[0], 200);
  assert.equal((await receive(body, signed(body, { key: nextSecret })))[0], 200);
  const strange = `whsec_${btoa("x".repeat(32))}`;
  assert.equal((await receive(body, signed(body, { key: strange })))[0], 401);
  const right = signed(body);
  const several = `v1a,AAAA v1,!! v1,AAAA ${right["webhook-signature"]}`;
  assert.equal((await receive(body, { ...right, "webhook-signature": several }))[0], 200);
});

test("a changed body, id or timestamp, or none of them, is refused before it is read", async () => {
  const { receive, rows } = await opened({ secrets: [secret] });
  const headers = signed(body);
  for (const [text, changed] of [
    [`${body} `, headers],
    [body, { ...headers, "webhook-id": "edge:e1:u1:1-2" }],
    [body, { ...headers, "webhook-timestamp": String(start / 1000 + 1) }],
    [body, { ...headers, "webhook-timestamp": "1e9" }],
    [body, { ...headers, "webhook-signature": "" }],
    [body, { ...headers, "webhook-signature": headers["webhook-signature"].toLowerCase() }],
    ["{", {}],
  ] as const) {
    assert.deepEqual((await receive(text, changed)).slice(0, 2), [401, "unauthorized"]);
  }
  assert.deepEqual(await rows("SELECT * FROM fosterflow_contacts"), []);
});

test("a signature is good for some minutes, either way", async () => {
  const { receive } = await opened({ secrets: [secret] });
  for (const [offset, status] of [
    [-timestampTolerance - 1, 401],
    [-timestampTolerance, 200],
    [timestampTolerance, 200],
    [timestampTolerance + 1, 401],
  ] as const) {
    const answer = await receive(body, signed(body, { seconds: start / 1000 + offset }));
    assert.equal(answer[0], status, String(answer));
  }
});

test("the signature is the HMAC that the standard describes", () => {
  const { "webhook-signature": signature } = signed(body);
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const content = `edge:e1:u1:1-1.${start / 1000}.${body}`;
  assert.equal(signature, `v1,${createHmac("sha256", key).update(content).digest("base64")}`);
});

test("a page is authorized for its own source and contact, also when it is being unloaded", async () => {
  const asked: UnsignedRequest[] = [];
  const { receive } = await opened({
    secrets: [secret],
    authorize(request) {
      asked.push(request);
      return request.authorization === "Bearer t" && request.contact === "u1";
    },
  });
  assert.equal((await receive(body, { authorization: "Bearer t" }))[0], 200);
  const unloading = JSON.stringify({ ...JSON.parse(body), authorization: "Bearer t" });
  assert.equal((await receive(unloading, { "content-type": "text/plain" }))[0], 200);
  assert.deepEqual((await receive(body)).slice(0, 2), [401, "unauthorized"]);
  const other = JSON.stringify(bodyOf(someDeltas(1, 1, { contact: "u2" })));
  assert.equal((await receive(other, { authorization: "Bearer t" }))[0], 401);
  assert.equal(asked.length, 4);
  assert.equal((await receive(body, signed(body)))[0], 200);
  assert.equal(asked.length, 4, "who signs is not asked");
});

test("a receiver that would hear anybody is not made, nor one with half a secret", async () => {
  const { store } = await openStore();
  await assert.rejects(createReceiver({ store }), /needs `secrets` or `authorize`/);
  await assert.rejects(createReceiver({ store, secrets: ["whsec_c2hvcnQ="] }), (error: Error) => {
    return error instanceof TypeError && !error.message.includes("c2hvcnQ");
  });
});

test("a body that is too long is not read to its end", async () => {
  const { receive } = await opened({ authorize: () => true });
  const long = " ".repeat(maximumRequestBytes - body.length) + body;
  assert.equal((await receive(long))[0], 200);
  assert.deepEqual((await receive(` ${long}`)).slice(0, 2), [413, "batch_too_large"]);
  const { store } = await openStore();
  const receiver = await createReceiver({ store, authorize: () => true, maximumBytes: 1000 });
  let parts = 0;
  const endless = new ReadableStream({
    pull(controller) {
      parts += 1;
      controller.enqueue(new Uint8Array(600));
    },
  });
  const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
  assert.equal((await receiver.receive(new Request(endpoint, init))).status, 413);
  assert.ok(parts < 6);
});

test("what is no batch says where it is none", async () => {
  const { receive } = await opened({ authorize: () => true });
  const right = bodyOf(someDeltas(1, 2));
  const name = "x".repeat(longestNameLength + 1);
  for (const [value, message] of [
    ["{", /^The body is not JSON/],
    ["[]", /^The body is not a JSON object/],
    [{ ...right, version: 2 }, /^\/version/],
    [{ ...right, source: "" }, /^\/source/],
    [{ ...right, epoch: 1 }, /^\/epoch/],
    [{ ...right, contact: name }, /^\/contact/],
    [{ ...right, contact: "a\0" }, /^\/contact/],
    [{ ...right, contact: "a\ud800" }, /^\/contact/],
    [{ ...right, opening: -1 }, /^\/opening/],
    [{ ...right, authorization: 1 }, /^\/authorization/],
    [{ ...right, deltas: {} }, /^\/deltas/],
    [{ ...right, deltas: [null] }, /^\/deltas\/0\/sequence/],
    [{ ...right, deltas: [...someDeltas(1, 1), ...someDeltas(3, 3)] }, /^\/deltas\/1\/sequence/],
    [{ ...right, deltas: someDeltas(1, 1).map((d) => ({ ...d, sequence: 0 })) }, /\/0\/sequence/],
  ] as const) {
    const [status, error, said] = await receive(
      typeof value === "string" ? value : JSON.stringify(value),
    );
    assert.deepEqual([status, error], [400, "batch_unreadable"]);
    assert.match(said, message);
  }
});

test("a delta says what is wrong with it", async () => {
  const { receive } = await opened({ authorize: () => true });
  for (const [change, message] of [
    [{ source: "other" }, /^\/deltas\/0\/source/],
    [{ contact: "u2" }, /\/contact/],
    [{ id: "edge:e1:u1:2" }, /\/id/],
    [{ segment: "" }, /\/segment/],
    [{ definition: "0123" }, /\/definition/],
    [{ at: "yesterday" }, /\/at/],
    [{ at: "2026-01-01T00:00:00Z" }, /\/at/],
    [{ decidedAt: 5 }, /\/decidedAt/],
    [{ cause: "magic" }, /\/cause/],
    [{ messageId: 5 }, /\/messageId/],
  ] as const) {
    const deltas = someDeltas(1, 1).map((delta) => ({ ...delta, ...change }));
    const [status, error, said] = await receive(JSON.stringify({ ...bodyOf([]), deltas }));
    assert.deepEqual([status, error], [422, "delta_refused"]);
    assert.match(said, message);
  }
});

test("anything but POST is answered with what there is", async () => {
  const { store } = await openStore();
  const receiver = await createReceiver({ store, secrets: [secret] });
  const response = await receiver.receive(new Request(endpoint));
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "POST");
});
