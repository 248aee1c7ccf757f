import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { mostBatchBytes, mostBatchMessages, mostMessageBytes } from "../../source/limits.ts";
import { EdgeWorld } from "../edge_world.ts";

let world: EdgeWorld;
before(async () => {
  world = await EdgeWorld.start(18_701, {
    workspaces: {
      other: {
        writeKeys: ["other-write-key-0123"],
        adminKeys: ["other-admin-key-0123"],
        origins: ["https://shop.example"],
      },
      slow: {
        writeKeys: ["slow-write-key-01234"],
        adminKeys: ["slow-admin-key-01234"],
        messagesPerSecond: 1,
      },
    },
  });
  await world.define("viewers", { kind: "event", event: "Viewed" });
  await world.define("vips", { kind: "list", list: "vip", op: "in" });
});
after(() => world.stop());

const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });

test("each path takes a message of its type", async () => {
  for (const [path, body] of [
    ["track", { userId: "p1", event: "Viewed" }],
    ["identify", { userId: "p1", traits: { a: 1 } }],
    ["page", { userId: "p1", name: "Home" }],
    ["screen", { anonymousId: "p1" }],
    ["alias", { userId: "p1", previousId: "p1-before" }],
    ["group", { userId: "p1", groupId: "g" }],
  ] as const) {
    const { status, json, text } = await world.write(`/v1/${path}`, { messageId: path, ...body });
    assert.equal(status, 200, text);
    assert.equal(json["success"], true);
    assert.equal((json["ignored"] as unknown[]).length, path === "group" ? 1 : 0);
  }
  assert.deepEqual(await world.segmentsOf("p1"), ["viewers"]);
});

test("a batch names the messages that are refused, and takes the others", async () => {
  const { status, json } = await world.write("/v1/batch", {
    batch: [
      { type: "track", userId: "b1", event: "Viewed", messageId: "good" },
      { type: "track", userId: "b1", event: "", messageId: "nameless" },
      { type: "track", event: "Viewed" },
      "no object",
      { type: "nonsense", userId: "b2" },
      { type: "track", userId: "x".repeat(256), event: "Viewed" },
      { type: "group", userId: "b1", messageId: "g" },
    ],
  });
  assert.equal(status, 200);
  assert.equal(json["accepted"], 1);
  const refused = json["refused"] as { index: number; code: string; messageId?: string }[];
  assert.deepEqual(
    refused.map(({ index, code }) => [index, code]),
    [
      [1, "invalid_event"],
      [2, "no_contact"],
      [3, "not_an_object"],
      [4, "unknown_type"],
      [5, "id_invalid"],
    ],
  );
  assert.equal(refused[0]?.messageId, "nameless");
  assert.deepEqual(await world.segmentsOf("b1"), ["viewers"]);
  assert.equal((await world.admin("GET", "/v1/contacts/b2/segments")).status, 404);
});

test("when no message is accepted, the answer is an error that says why", async () => {
  const { status, json } = await world.write("/v1/track", { userId: "b3" });
  assert.equal(status, 400);
  assert.equal(json["code"], "messages_refused");
  assert.equal((json["refused"] as unknown[]).length, 1);
});

test("messages and batches have the bounds of Segment's API, decompressed too", async () => {
  const fits = { userId: "s1", event: "Viewed", messageId: "fits", properties: { text: "" } };
  fits.properties.text = "x".repeat(mostMessageBytes - 200);
  assert.equal((await world.write("/v1/track", fits)).status, 200);
  const large = {
    ...fits,
    messageId: "large",
    properties: { text: "ü".repeat(mostMessageBytes / 2) },
  };
  const { status, json } = await world.write("/v1/track", large);
  assert.deepEqual(
    [status, (json["refused"] as { code: string }[])[0]?.code],
    [400, "message_too_large"],
  );
  const tooMuch = JSON.stringify({ batch: Array.from({ length: 40 }, () => large) });
  assert.equal(tooMuch.length > mostBatchBytes, true);
  assert.equal((await world.write("/v1/batch", tooMuch)).status, 413);
  const bomb = gzipSync(Buffer.alloc(50 * mostBatchBytes, " "));
  const packed = await world.write("/v1/batch", bomb, { headers: { "content-encoding": "gzip" } });
  assert.equal(packed.status, 413);
  const many = { batch: Array.from({ length: mostBatchMessages + 1 }, () => ({})) };
  assert.equal((await world.write("/v1/batch", many)).status, 413);
});

test("gzip is read; what is damaged or of another encoding is refused", async () => {
  const body = gzipSync(JSON.stringify({ userId: "g1", event: "Viewed" }));
  const gzip = { headers: { "content-encoding": "gzip" } };
  assert.equal((await world.write("/v1/track", body, gzip)).status, 200);
  assert.deepEqual(await world.segmentsOf("g1"), ["viewers"]);
  assert.equal((await world.write("/v1/track", body.subarray(0, 20), gzip)).status, 400);
  const brotli = await world.write("/v1/track", body, { headers: { "content-encoding": "br" } });
  assert.equal(brotli.status, 415);
  assert.equal((await world.write("/v1/track", "{")).json["code"], "body_unreadable");
  assert.equal((await world.write("/v1/batch", { messages: [] })).status, 400);
});

test("only a write key of the workspace opens it, in the header or in the body", async () => {
  const message = { type: "track", userId: "k1", event: "Viewed" };
  for (const headers of [
    {},
    basic("wrong-key-0123456789"),
    basic(world.run.keys.adminKey),
    { authorization: "Basic %%%" },
  ]) {
    const { status, json } = await world.ask(
      "POST",
      "/v1/track",
      message,
      headers as Record<string, string>,
    );
    assert.deepEqual([status, json["code"]], [401, "unauthorized"]);
  }
  const inBody = { writeKey: world.run.keys.writeKey, ...message };
  assert.equal((await world.ask("POST", "/v1/t", inBody, {})).status, 200);
  const managing = await world.ask("GET", "/v1/segments", undefined, {
    authorization: `Bearer ${world.run.keys.writeKey}`,
  });
  assert.equal(managing.status, 401);
});

test("workspaces know nothing of each other", async () => {
  const message = { userId: "shared", event: "Viewed" };
  assert.equal(
    (await world.ask("POST", "/v1/track", message, basic("other-write-key-0123"))).status,
    200,
  );
  assert.equal((await world.admin("GET", "/v1/contacts/shared/segments")).status, 404);
  const other = { authorization: "Bearer other-admin-key-0123" };
  const theirs = await world.ask("GET", "/v1/contacts/shared/segments", undefined, other);
  assert.deepEqual([theirs.status, theirs.json["segments"]], [200, []]);
  assert.deepEqual((await world.ask("GET", "/v1/segments", undefined, other)).json["segments"], []);
  assert.deepEqual(
    (await world.ask("GET", "/v1/endpoints", undefined, other)).json["endpoints"],
    [],
  );
});

test("a clock that is off is corrected by sentAt; one that is not is left alone", async () => {
  await world.define("recent", { kind: "event", event: "Ticked", window: { last: { hours: 1 } } });
  const behind = Date.now() - 5 * 3_600_000;
  const off = { userId: "t1", event: "Ticked", timestamp: new Date(behind - 60_000).toISOString() };
  assert.equal((await world.write("/v1/track", off)).status, 200);
  assert.deepEqual(await world.segmentsOf("t1"), []);
  const said = { ...off, userId: "t2", sentAt: new Date(behind).toISOString() };
  assert.equal((await world.write("/v1/track", said)).status, 200);
  assert.deepEqual(await world.segmentsOf("t2"), ["recent"]);
  const batch = [{ ...off, type: "track", userId: "t3" }];
  const sentAt = new Date(behind).toISOString();
  assert.equal((await world.write("/v1/batch", { batch, sentAt })).status, 200);
  assert.deepEqual(await world.segmentsOf("t3"), ["recent"]);
  const exact = new Date(Date.now() - 2000).toISOString();
  const near = {
    userId: "t4",
    event: "Ticked",
    timestamp: exact,
    sentAt: new Date(Date.now() - 900).toISOString(),
  };
  await world.write("/v1/track", near);
  const { json } = await world.admin("GET", "/v1/contacts/t4/segments");
  assert.equal(json["nextChangeAt"], new Date(Date.parse(exact) + 3_600_000).toISOString());
});

test("the same message again changes nothing", async () => {
  await world.define("twice", { kind: "event", event: "Counted", op: "gte", value: 2 });
  const message = { userId: "d1", event: "Counted", messageId: "once", timestamp: Date.now() };
  for (let time = 0; time < 3; time += 1) await world.write("/v1/track", message);
  assert.deepEqual(await world.segmentsOf("d1"), []);
  await world.write("/v1/track", { ...message, messageId: "again" });
  assert.deepEqual(await world.segmentsOf("d1"), ["twice"]);
});

test("pages of configured origins may send, others not", async () => {
  const preflight = (origin: string) =>
    world.ask("OPTIONS", "/v1/batch", undefined, {
      origin,
      "access-control-request-method": "POST",
    });
  assert.equal(
    (await preflight("https://shop.example")).headers.get("access-control-allow-origin"),
    "https://shop.example",
  );
  const message = { userId: "o1", event: "Viewed" };
  const from = (origin: string) =>
    world.ask("POST", "/v1/track", message, { ...basic("other-write-key-0123"), origin });
  assert.equal((await from("https://shop.example")).status, 200);
  assert.equal((await from("https://elsewhere.example")).status, 401);
});

test("a workspace that sends too much is told when to come again", async () => {
  const batch = Array.from({ length: 5 }, (_, index) => ({
    type: "track",
    userId: "r1",
    event: "Viewed",
    messageId: `r${index}`,
  }));
  const send = () => world.ask("POST", "/v1/batch", { batch }, basic("slow-write-key-01234"));
  assert.equal((await send()).status, 200);
  const { status, headers } = await send();
  assert.equal(status, 429);
  assert.match(headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  assert.equal((await world.write("/v1/track", { userId: "r2", event: "Viewed" })).status, 200);
});

test("every answer has a request id, errors in their body, too", async () => {
  const { headers, json, status } = await world.ask("GET", "/v1/nothing", undefined, {
    "x-request-id": "mine-1",
  });
  assert.equal(status, 404);
  assert.equal(headers.get("content-type"), "application/problem+json");
  assert.equal(headers.get("x-request-id"), "mine-1");
  assert.equal(json["requestId"], "mine-1");
});
