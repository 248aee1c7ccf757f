import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EdgeWorld } from "../edge_world.ts";

let world: EdgeWorld;
before(async () => {
  world = await EdgeWorld.start(18_702);
});
after(() => world.stop());

const viewed = (userId: string, messageId: string = userId) => ({
  type: "track",
  userId,
  event: "Viewed",
  messageId,
});

test("a segment is put, read, copied, versioned and deleted, with entity tags", async () => {
  const definition = { version: 1, name: "Viewers", when: { kind: "event", event: "Viewed" } };
  const created = await world.admin("PUT", "/v1/segments/a", definition, { "if-none-match": "*" });
  assert.equal(created.status, 201);
  const tag = created.headers.get("etag") ?? "";
  assert.match(tag, /^"[0-9a-f]{16}"$/);
  assert.equal(
    (await world.admin("PUT", "/v1/segments/a", definition, { "if-none-match": "*" })).status,
    409,
  );
  const edited = { ...definition, when: { kind: "event", event: "Viewed", op: "gte", value: 2 } };
  assert.equal(
    (await world.admin("PUT", "/v1/segments/a", edited, { "if-match": '"0000000000000000"' }))
      .status,
    412,
  );
  assert.equal(
    (await world.admin("PUT", "/v1/segments/a", edited, { "if-match": tag })).status,
    200,
  );
  assert.equal((await world.admin("POST", "/v1/segments/a/duplicate", { id: "a2" })).status, 201);
  const copy = await world.admin("GET", "/v1/segments/a2");
  assert.equal((copy.json["definition"] as { name: string }).name, "Viewers (copy)");
  const { json } = await world.admin("GET", "/v1/segments/a/versions");
  assert.equal((json["versions"] as unknown[]).length, 2);
  assert.equal((await world.admin("DELETE", "/v1/segments/a2")).status, 200);
  assert.equal((await world.admin("GET", "/v1/segments/a2")).status, 404);
  assert.equal((await world.admin("DELETE", "/v1/segments/a")).status, 200);
});

test("a definition is refused with every problem and its place; one that others need stays", async () => {
  const { status, json } = await world.admin("PUT", "/v1/segments/bad", {
    version: 1,
    when: {
      kind: "all",
      of: [
        { kind: "event", event: "" },
        { kind: "segment", segment: "nowhere", op: "in" },
      ],
    },
  });
  assert.equal(status, 422);
  const paths = (json["problems"] as { path: string; segment: string }[]).map(
    ({ path, segment }) => [segment, path],
  );
  assert.deepEqual(paths, [
    ["bad", "/when/of/0/event"],
    ["bad", "/when/of/1/segment"],
  ]);
  await world.define("base", { kind: "event", event: "Viewed" });
  await world.define("above", { kind: "segment", segment: "base", op: "in" });
  assert.equal((await world.admin("DELETE", "/v1/segments/base")).status, 409);
  assert.equal((await world.admin("DELETE", "/v1/segments/above")).status, 200);
  assert.equal((await world.admin("DELETE", "/v1/segments/base")).status, 200);
});

test("counts, members and the feed follow from the deltas, and a refresh fills a new rule as `first`", async () => {
  const contacts = Array.from({ length: 30 }, (_, index) => `m${String(index).padStart(2, "0")}`);
  await world.write("/v1/batch", { batch: contacts.map((contact) => viewed(contact)) });
  await world.define("seen", { kind: "event", event: "Viewed" });
  await world.until(
    async () => Number((await world.admin("GET", "/v1/segments")).json["contacts"]) >= 30,
    "the index",
  );
  const { status } = await world.admin("POST", "/v1/segments/seen/refresh");
  assert.equal(status, 202);
  const done = await world.until(async () => {
    const { json } = await world.admin("GET", "/v1/segments/seen");
    return json["isFilled"] === true && json["count"] === 30 && json;
  }, "the refresh");
  assert.equal(Date.parse(String(done["asOf"])) <= Date.now(), true);
  const listed: string[] = [];
  for (let after: unknown = ""; after !== null; ) {
    const { json } = await world.admin("GET", `/v1/segments/seen/members?limit=7&after=${after}`);
    listed.push(...(json["members"] as { contact: string }[]).map(({ contact }) => contact));
    after = json["next"];
  }
  assert.deepEqual(listed, contacts);
  const told: { contact: string; cause: string; id: string }[] = [];
  for (let cursor = "", isMore = true; isMore; ) {
    const { json } = await world.admin(
      "GET",
      `/v1/deltas?limit=7${cursor === "" ? "" : `&after=${cursor}`}`,
    );
    told.push(...(json["deltas"] as typeof told));
    cursor = String(json["cursor"]);
    isMore = json["isMore"] === true;
  }
  const first = told.filter(({ cause }) => cause === "first");
  assert.deepEqual(first.map(({ contact }) => contact).sort(), contacts);
  assert.equal(new Set(told.map(({ id }) => id)).size, told.length);
  await world.define("seen", { kind: "event", event: "Viewed", op: "gte", value: 2 });
  await world.admin("POST", "/v1/segments/seen/refresh");
  await world.until(
    async () => (await world.admin("GET", "/v1/segments/seen")).json["count"] === 0,
    "the edit",
  );
  assert.equal((await world.applied("m00")).at(-1)?.cause, "definition");
});

test("an unsaved rule is counted over the sample", async () => {
  const indexed = async () => Number((await world.admin("GET", "/v1/segments")).json["contacts"]);
  const before = await indexed();
  await world.write("/v1/batch", { batch: [viewed("e1"), viewed("e1", "e1-2"), viewed("e2")] });
  await world.until(async () => (await indexed()) === before + 2, "the index");
  const definition = {
    version: 1,
    id: "draft",
    when: { kind: "event", event: "Viewed", op: "gte", value: 2 },
  };
  const { status, json, text } = await world.admin("POST", "/v1/evaluations", { definition });
  assert.equal(status, 200, text);
  const { count, entering } = json as { count: number; entering: { members: string[] } };
  assert.equal(count, 1);
  assert.deepEqual(entering.members, ["e1"]);
  const wrong = await world.admin("POST", "/v1/evaluations", {
    definition: { ...definition, when: { kind: "no" } },
  });
  assert.equal(wrong.status, 422);
});

test("a list is replaced by a CSV, and its contacts are told", async () => {
  await world.define("vip", { kind: "list", list: "vip-2026", op: "in" });
  const put = await world.admin(
    "PUT",
    "/v1/lists/vip-2026",
    'name,user_id\n"Ann, A.",l1\nBob,l2\nNobody,\n',
  );
  assert.deepEqual([put.status, put.json["contacts"], put.json["refusedCount"]], [202, 2, 1]);
  const isTold = async () => (await world.admin("GET", "/v1/lists/vip-2026")).json["waiting"] === 0;
  await world.until(isTold, "the list");
  assert.deepEqual(await world.segmentsOf("l1"), ["vip"]);
  await world.admin("PUT", "/v1/lists/vip-2026", "l2\nl3\n");
  await world.until(isTold, "the list again");
  assert.deepEqual(await world.segmentsOf("l1"), []);
  assert.deepEqual(await world.segmentsOf("l3"), ["vip"]);
});

test("parameters are overridden, and given back with another override", async () => {
  const when = { kind: "event", event: "Bought", op: "gte", value: { parameter: "often" } };
  await world.define("frequent", when, { parameters: { often: 3 } });
  await world.write("/v1/batch", {
    batch: ["1", "2"].map((id) => ({
      type: "track",
      userId: "q1",
      event: "Bought",
      messageId: `q${id}`,
    })),
  });
  assert.deepEqual(await world.segmentsOf("q1"), []);
  assert.equal((await world.admin("PUT", "/v1/parameters", { often: 2 })).status, 200);
  assert.deepEqual(await world.segmentsOf("q1"), ["frequent"]);
  assert.equal((await world.admin("PUT", "/v1/parameters", { nothing: 2 })).status, 422);
  assert.equal((await world.admin("PUT", "/v1/parameters", {})).status, 200);
  assert.deepEqual(await world.segmentsOf("q1"), []);
});

test("a contact is explained, and erased everywhere", async () => {
  await world.define("erasable", { kind: "event", event: "Erased" });
  await world.write("/v1/track", { userId: "x1", event: "Erased" });
  await world.write("/v1/alias", { userId: "x1", previousId: "x1-device" });
  const why = await world.admin("GET", "/v1/contacts/x1-device/explain/erasable");
  assert.deepEqual([why.status, why.json["holds"]], [200, true]);
  assert.equal((await world.admin("GET", "/v1/contacts/x1/explain/nothing")).status, 404);
  await world.until(async () => (await world.applied("x1")).length === 1, "the delta");
  await world.until(
    async () => (await world.admin("GET", "/v1/segments/erasable")).json["count"] === 1,
    "the count",
  );
  const erased = await world.admin("DELETE", "/v1/contacts/x1");
  assert.deepEqual(erased.json["erased"], ["x1", "x1-device"]);
  assert.equal((await world.admin("GET", "/v1/contacts/x1/segments")).status, 404);
  assert.equal((await world.admin("GET", "/v1/segments/erasable")).json["count"], 0);
  const feed = await world.admin("GET", "/v1/deltas?limit=1000");
  assert.equal(feed.text.includes('"x1"'), false);
  // A new life has a new epoch, which the backend takes.
  await world.write("/v1/track", { userId: "x1", event: "Erased", messageId: "again" });
  const applied = await world.until(async () => {
    const deltas = await world.applied("x1");
    return deltas.length === 2 && deltas;
  }, "the new epoch");
  assert.notEqual(applied[0]?.epoch, applied[1]?.epoch);
  assert.equal(applied[1]?.sequence, 1);
});
