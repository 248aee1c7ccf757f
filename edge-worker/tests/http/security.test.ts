import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { after, before, test } from "node:test";
import { addressProblem } from "../../source/delivery/endpoint_address.ts";
import { EdgeWorld } from "../edge_world.ts";
import { FlakyBackend } from "../flaky_backend.ts";
import { isOpened, WebSocket } from "../web_socket.ts";

let world: EdgeWorld;
before(async () => {
  world = await EdgeWorld.start(18_707, {
    endpointUrl: null,
    workspaces: {
      other: { writeKeys: ["other-write-key-0123"], adminKeys: ["other-admin-key-0123"] },
    },
  });
  await world.define("viewers", { kind: "event", event: "Viewed" });
});
after(() => world.stop());

const other = { authorization: "Bearer other-admin-key-0123" };
let count = 0;
const send = (userId: string) =>
  world.write("/v1/track", { userId, event: "Viewed", messageId: `s${count++}` });

/** What somebody who made it up would send to the backend. */
function madeUp(source: string, contact: string) {
  const at = new Date().toISOString();
  const stream = { source, epoch: "made-up", contact };
  const delta = {
    ...stream,
    ...{ sequence: 1, segment: "viewers", definition: "0123456789abcdef", change: "entered" },
    ...{ id: `${source}:made-up:${contact}:1`, at, decidedAt: at, cause: "first" },
  };
  return { version: 1, ...stream, sentAt: at, opening: 0, deltas: [delta] };
}

test("the backend of a run takes deltas of its own page only, and of no other source than a browser", async () => {
  const { writeKey, adminKey, pageKey } = world.run.keys;
  const write = async (source: string, headers: Record<string, string>) =>
    (await world.ask("POST", "/backend/v1/deltas", madeUp(source, "victim"), headers)).status;
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  for (const headers of [
    {},
    bearer(writeKey),
    bearer(adminKey),
    bearer(""),
    bearer("undefined"),
    { authorization: `Basic ${btoa(`${writeKey}:`)}` },
    { "webhook-signature": "v1,AAAA", "webhook-id": "x", "webhook-timestamp": "0" },
  ]) {
    assert.equal(await write("web:1", headers as Record<string, string>), 401);
  }
  assert.equal(await write("edge:local", bearer(pageKey)), 401);
  assert.deepEqual(await world.applied("victim"), []);
  assert.equal(await write("web:1", bearer(pageKey)), 200);
  assert.equal((await world.applied("victim")).length, 1);
});

test("a run answers to names of this machine only, so that no page elsewhere reads its keys", async () => {
  const { hostname, port } = new URL(world.url);
  const asked = (host: string) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const options = { hostname, port, path: "/local.json", headers: { host } };
      const sent = request(options, (response) => {
        let text = "";
        response.on("data", (part) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode, text }));
      });
      sent.on("error", reject).end();
    });
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example"]) {
    const { status, text } = await asked(host);
    assert.equal(status, 421, host);
    assert.equal(text.includes(world.run.keys.adminKey), false);
  }
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
    assert.equal((await asked(host)).status, 200, host);
  }
});

test("a key of one workspace opens nothing of another", async () => {
  await send("k1");
  const { json } = await world.admin("POST", "/v1/live/k1/tokens", { seconds: 60 });
  await world.admin("PUT", "/v1/lists/mine", "k1\n");
  for (const [method, path] of [
    ["GET", "/v1/contacts/k1/segments"],
    ["GET", "/v1/contacts/k1/explain/viewers"],
    ["GET", "/v1/segments/viewers"],
    ["GET", "/v1/segments/viewers/versions"],
    ["GET", "/v1/segments/viewers/members"],
    ["GET", "/v1/lists/mine"],
    ["DELETE", "/v1/lists/mine"],
    ["DELETE", "/v1/segments/viewers"],
  ] as const) {
    assert.equal((await world.ask(method, path, undefined, other)).status, 404, path);
  }
  const erased = await world.ask("DELETE", "/v1/contacts/k1", undefined, other);
  assert.equal(erased.status, 200);
  assert.deepEqual(await world.segmentsOf("k1"), ["viewers"]);
  const feed = await world.ask("GET", "/v1/deltas", undefined, other);
  assert.deepEqual(feed.json["deltas"], []);
  const token = String(json["token"]).replace(/^local\./, "other.");
  const address = `${world.url.replace("http", "ws")}/v1/live/k1?token=`;
  assert.equal(await isOpened(new WebSocket(`${address}${token}`)), false);
});

test("a token for a live feed ends, and cannot be changed", async () => {
  const { json } = await world.admin("POST", "/v1/live/k2/tokens", { seconds: 1 });
  const token = String(json["token"]);
  const address = `${world.url.replace("http", "ws")}/v1/live/k2?token=`;
  const [workspace, expires, signature] = token.split(".");
  for (const changed of [
    `${workspace}.${Number(expires) + 60_000}.${signature}`,
    `${workspace}.${expires}.${"A".repeat(43)}`,
    "",
    "a.b.c",
  ]) {
    assert.equal(await isOpened(new WebSocket(`${address}${changed}`)), false, changed);
  }
  const isOver = async () => !(await isOpened(new WebSocket(`${address}${token}`)));
  await world.until(isOver, "the end of the token");
  for (const seconds of [0, -1, 3601, "60"]) {
    const { status } = await world.admin("POST", "/v1/live/k2/tokens", { seconds });
    assert.equal(status, 400, String(seconds));
  }
});

const privateAddresses = [
  ...["http://example.com/", "ftp://example.com/", "example.com", "https://user:pass@example.com/"],
  ...["https://example.com/#part"],
  // Names.
  ...["https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/"],
  ...["https://printer.local/", "https://metadata.google.internal/", "https://intranet/"],
  ...["https://router.home.arpa/", "https://host.internal./"],
  // IPv4, in every notation that URL knows.
  ...["https://127.0.0.1/", "https://10.1.2.3/", "https://192.168.0.1/", "https://172.16.0.1/"],
  ...["https://169.254.169.254/latest", "https://100.64.0.1/", "https://0.0.0.0/"],
  ...["https://0x7f000001/", "https://2130706433/", "https://127.1/", "https://0177.0.0.1/"],
  ...["https://0xa9.0xfe.0xa9.0xfe/", "https://127.0.0.1./", "https://255.255.255.255/"],
  ...["https://198.18.0.1/", "https://224.0.0.1/", "https://1２7.0.0.1/"],
  // IPv6, and IPv4 inside of it.
  ...["https://[::1]/", "https://[::]/", "https://[fd00::1]/", "https://[fe80::1]/"],
  ...["https://[::ffff:10.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/"],
  ...["https://[64:ff9b::7f00:1]/", "https://[64:ff9b:1::1]/", "https://[2002:7f00:1::]/"],
  ...["https://[2001:db8::1]/", "https://[2001::1]/", "https://[ff02::1]/", "https://[fec0::1]/"],
];

test("addresses in private networks are refused, however they are written", () => {
  for (const address of privateAddresses) {
    assert.notEqual(addressProblem(address, false), undefined, address);
  }
  for (const address of [
    "https://example.com/hook?x=1",
    "https://8.8.8.8/",
    "https://172.32.0.1/",
    "https://[2606:4700::1111]/",
  ]) {
    assert.equal(addressProblem(address, false), undefined, address);
  }
  assert.equal(addressProblem("http://127.0.0.1:8787/x", true), undefined);
});

test("a redirect is not followed", async (context) => {
  const backend = new FlakyBackend(secret);
  backend.isHealthy = true;
  const location = await backend.listen();
  let asked = 0;
  const server = createServer((incoming, response) => {
    asked += 1;
    incoming.resume();
    response.writeHead(307, { location }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    backend.close();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
  await world.admin("PUT", "/v1/endpoints/redirecting", { url, secrets: [secret] });
  await send("r1");
  await world.until(async () => asked >= 1, "a request");
  const hasFailed = async () =>
    (await world.metric("edge_delivery_total", { endpoint: "redirecting", outcome: "failed" })) +
      (await world.metric("edge_delivery_total", { endpoint: "redirecting", outcome: "parked" })) >=
    1;
  await world.until(hasFailed, "the failure");
  assert.equal(backend.outcomes.size, 0);
  await world.admin("DELETE", "/v1/endpoints/redirecting");
});

const secret = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;

// The last one, since it starts the world anew.
test("what was in a private network is not sent to any more: by the worker, and by the network service", async (context) => {
  const backend = new FlakyBackend(secret);
  backend.isHealthy = true;
  const url = await backend.listen();
  context.after(() => backend.close());
  const put = (address: string) =>
    world.admin("PUT", "/v1/endpoints/private", { url: address, secrets: [secret] });
  assert.equal((await put(url)).status, 201);
  const failed = () =>
    world.metric("edge_delivery_total", { endpoint: "private", outcome: "failed" });
  const requests = () => [...backend.outcomes.values()].reduce((sum, one) => sum + one, 0);

  await world.restart({ arePrivateEndpointsAllowed: false, network: "private" });
  const before = requests();
  for (const address of privateAddresses) {
    const { status, json } = await put(address);
    assert.deepEqual([status, json["code"]], [400, "parameter_invalid"], address);
  }
  await send("n1");
  await world.until(async () => (await failed()) > 0, "what the worker refuses");
  assert.equal(requests(), before);

  await world.restart({ arePrivateEndpointsAllowed: true, network: "public" });
  await send("n2");
  await world.until(async () => (await failed()) > 0, "what the network service refuses");
  assert.equal(requests(), before);

  await world.restart({});
  await send("n3");
  await world.until(async () => backend.memberships().has("n3"), "the delta when it is allowed");
});
