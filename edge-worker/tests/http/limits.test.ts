import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  longestContactId,
  managementRequestsPerSecond,
  mostEndpointSecrets,
  mostEndpoints,
  mostJoinedIds,
  mostListBytes,
  mostListContacts,
  mostLists,
  mostLiveFeeds,
  mostManagementBytes,
  mostPageItems,
  mostSegmentVersions,
  rateLimitBurstSeconds,
} from "../../source/limits.ts";
import { EdgeWorld } from "../edge_world.ts";
import { isOpened, WebSocket } from "../web_socket.ts";

/** Bounds that a client can meet; those inside of the objects are tests of tests/workerd. */
let world: EdgeWorld;
before(async () => {
  world = await EdgeWorld.start(18_708, {
    endpointUrl: null,
    workspaces: {
      busy: { writeKeys: ["busy-write-key-0123"], adminKeys: ["busy-admin-key-0123"] },
      none: {
        writeKeys: ["none-write-key-0123"],
        adminKeys: ["none-admin-key-0123"],
        messagesPerSecond: 0,
      },
    },
  });
});
after(() => world.stop());

const when = { kind: "event", event: "Viewed" };

/** As the admin, slower where the rate asks for it. */
async function patient(method: string, path: string, body?: unknown) {
  for (;;) {
    const answer = await world.admin(method, path, body);
    if (answer.status !== 429) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test("a body of the management API is bounded on every path that takes one", async () => {
  await world.define("copied", when);
  const large = JSON.stringify({ text: "x".repeat(mostManagementBytes) });
  for (const [method, path] of [
    ["PUT", "/v1/segments/large"],
    ["POST", "/v1/segments/copied/duplicate"],
    ["POST", "/v1/evaluations"],
    ["PUT", "/v1/parameters"],
    ["POST", "/v1/live/somebody/tokens"],
    ["PUT", "/v1/endpoints/large"],
    ["POST", "/v1/endpoints/large/parked/retry"],
    ["POST", "/v1/endpoints/large/parked/discard"],
  ] as const) {
    assert.equal((await world.admin(method, path, large)).status, 413, path);
    const { status, json } = await world.admin(method, path, "[");
    assert.deepEqual([status, json["code"]], [400, "body_unreadable"], path);
    assert.equal((await world.admin(method, path, "[]")).status, 400, path);
  }
  const { status } = await world.admin("POST", "/v1/endpoints/x/parked/retry", { contact: 1 });
  assert.equal(status, 400);
});

test("ids and pages are bounded", async () => {
  const long = "x".repeat(longestContactId + 1);
  assert.equal((await world.admin("GET", `/v1/contacts/${long}/segments`)).status, 400);
  assert.equal((await world.admin("GET", `/v1/contacts/${long.slice(1)}/segments`)).status, 404);
  assert.equal((await world.admin("DELETE", "/v1/contacts/%00")).status, 400);
  assert.equal((await world.admin("PUT", `/v1/segments/${"x".repeat(129)}`, {})).status, 400);
  assert.equal((await world.admin("PUT", "/v1/segments/a%2Fb", {})).status, 400);
  for (const path of ["/v1/deltas", "/v1/segments/copied/members", "/v1/endpoints/x/parked"]) {
    for (const limit of [0, mostPageItems + 1, "many", -1]) {
      assert.equal((await world.admin("GET", `${path}?limit=${limit}`)).status, 400, path);
    }
    assert.equal((await world.admin("GET", `${path}?limit=${mostPageItems}`)).status, 200, path);
  }
  assert.equal((await world.admin("GET", "/v1/deltas?after=nonsense")).status, 400);
});

test("a list has so many bytes and contacts, a workspace so many lists; a deleted one is gone", async () => {
  const packed = gzipSync(Buffer.alloc(mostListBytes + 1, "x"));
  const gzip = { "content-encoding": "gzip" };
  assert.equal((await world.admin("PUT", "/v1/lists/l", packed, gzip)).status, 413);
  const ids = Array.from({ length: mostListContacts + 1 }, (_, index) => index).join("\n");
  assert.equal((await world.admin("PUT", "/v1/lists/l", ids)).status, 413);
  const listed = async () =>
    ((await patient("GET", "/v1/lists")).json["lists"] as { id: string }[]).map(({ id }) => id);
  assert.deepEqual(await listed(), []);
  for (let index = 0; index < mostLists; index += 1) {
    assert.equal((await patient("PUT", `/v1/lists/l${index}`, "a\n")).status, 202);
  }
  assert.equal((await patient("PUT", "/v1/lists/more", "a\n")).status, 409);
  assert.equal((await patient("PUT", "/v1/lists/l0", "b\n")).status, 202);
  assert.equal((await patient("DELETE", "/v1/lists/l1")).status, 202);
  await world.until(async () => !(await listed()).includes("l1"), "the end of the list");
  assert.equal((await patient("GET", "/v1/lists/l1")).status, 404);
  assert.equal((await patient("DELETE", "/v1/lists/l1")).status, 404);
  assert.equal((await patient("PUT", "/v1/lists/more", "a\n")).status, 202);
});

test("a workspace has so many endpoints, and an endpoint so many secrets", async () => {
  const secrets = Array.from(
    { length: mostEndpointSecrets + 1 },
    () => `whsec_${btoa("0123456789abcdef0123456789abcdef")}`,
  );
  const put = (id: string, more: object = {}) =>
    patient("PUT", `/v1/endpoints/${id}`, { url: "http://127.0.0.1:1/", ...more });
  assert.equal((await put("e0", { secrets })).status, 400);
  for (const wrong of [[], ["no secret"], "text", [1]]) {
    assert.equal((await put("e0", { secrets: wrong })).status, 400);
  }
  for (const filter of [[], "all", { segments: "a" }, { causes: ["whim"] }, { other: [] }]) {
    assert.equal((await put("e0", { filter })).status, 400);
  }
  for (let index = 0; index < mostEndpoints; index += 1) {
    assert.equal((await put(`e${index}`)).status, 201);
  }
  assert.equal((await put("more")).status, 409);
  for (let index = 0; index < mostEndpointSecrets + 1; index += 1) {
    assert.equal((await patient("POST", "/v1/endpoints/e0/secrets")).status, 201);
  }
  const { json } = await patient("GET", "/v1/endpoints/e0");
  assert.equal((json["secretFingerprints"] as unknown[]).length, mostEndpointSecrets);
  for (let index = 0; index < mostEndpoints; index += 1) {
    assert.equal((await patient("DELETE", `/v1/endpoints/e${index}`)).status, 204);
  }
});

test("so many versions of a segment are kept", async () => {
  for (let value = 1; value <= mostSegmentVersions + 2; value += 1) {
    const definition = { version: 1, when: { ...when, op: "gte", value } };
    const { status } = await patient("PUT", "/v1/segments/often", definition);
    assert.equal(status < 300, true);
  }
  const { json } = await patient("GET", "/v1/segments/often/versions");
  const versions = json["versions"] as { definition: { when: { value: number } } }[];
  assert.equal(versions.length, mostSegmentVersions);
  assert.equal(versions[0]?.definition.when.value, mostSegmentVersions + 2);
});

test("so many ids can be one contact", async () => {
  const join = (index: number) =>
    world.write("/v1/alias", {
      userId: "joined",
      previousId: `id-${index}`,
      messageId: `j${index}`,
    });
  for (let index = 1; index < mostJoinedIds; index += 1) {
    assert.equal((await join(index)).status, 200, String(index));
  }
  const { status, json } = await join(mostJoinedIds);
  const [refused] = json["refused"] as { code: string }[];
  assert.deepEqual([status, refused?.code], [400, "too_many_ids"]);
});

test("so many live feeds listen to one contact", async () => {
  const token = (await patient("POST", "/v1/live/heard/tokens")).json["token"];
  const address = `${world.url.replace("http", "ws")}/v1/live/heard?token=${token}`;
  const sockets = Array.from({ length: mostLiveFeeds }, () => new WebSocket(address));
  assert.deepEqual(new Set(await Promise.all(sockets.map(isOpened))), new Set([true]));
  assert.equal(await isOpened(new WebSocket(address)), false);
  sockets[0]?.close();
  await world.until(() => isOpened(new WebSocket(address)), "the place of the one that has gone");
});

test("requests of the management API have a rate, by workspace", async () => {
  const authorization = "Bearer busy-admin-key-0123";
  const many = managementRequestsPerSecond * rateLimitBurstSeconds * 2;
  const refused = await world.until(async () => {
    const answers = await Promise.all(
      Array.from({ length: many }, () =>
        world.ask("GET", "/v1/endpoints/none", undefined, { authorization }),
      ),
    );
    return answers.find(({ status }) => status === 429);
  }, "a request that is one too many");
  assert.match(refused.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  assert.equal((await patient("GET", "/v1/parameters")).status, 200);
});

test("a workspace that may send nothing can send nothing", async () => {
  const authorization = `Basic ${btoa("none-write-key-0123:")}`;
  const message = { userId: "a", event: "Viewed" };
  const { status } = await world.ask("POST", "/v1/track", message, { authorization });
  assert.equal(status, 429);
});
