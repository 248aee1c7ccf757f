import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type AppliedDelta, EdgeWorld } from "../edge_world.ts";
import { FlakyBackend } from "../flaky_backend.ts";
import { isOpened, WebSocket } from "../web_socket.ts";

let world: EdgeWorld;
before(async () => {
  world = await EdgeWorld.start(18_704, { endpointUrl: null });
  await world.define("viewers", { kind: "event", event: "Viewed" });
  await world.define("buyers", { kind: "event", event: "Bought" });
});
after(() => world.stop());

const oldSecret = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;
const newSecret = `whsec_${btoa("fedcba9876543210fedcba9876543210")}`;

async function healthyBackend(secret: string): Promise<{ backend: FlakyBackend; url: string }> {
  const backend = new FlakyBackend(secret);
  backend.isHealthy = true;
  return { backend, url: await backend.listen() };
}

async function putEndpoint(id: string, body: object): Promise<void> {
  const { status, text } = await world.admin("PUT", `/v1/endpoints/${id}`, body);
  assert.match(String(status), /^20[01]$/, text);
}

let count = 0;
const send = (userId: string, event: string) =>
  world.write("/v1/track", { userId, event, messageId: `d${count++}` });

test("each endpoint is told what its filter wants, in numbers of its own; a later one the memberships first", async (context) => {
  const all = await healthyBackend(oldSecret);
  const some = await healthyBackend(oldSecret);
  const late = await healthyBackend(oldSecret);
  context.after(() => {
    for (const { backend } of [all, some, late]) backend.close();
  });
  await putEndpoint("all", { url: all.url, secrets: [oldSecret] });
  await putEndpoint("some", {
    url: some.url,
    secrets: [oldSecret],
    filter: { segments: ["buyers"], causes: ["message"] },
  });
  await send("f1", "Viewed");
  await send("f1", "Bought");
  await world.until(
    async () => all.backend.log().length === 2 && some.backend.log().length === 1,
    "both",
  );
  assert.deepEqual(all.backend.memberships().get("f1"), ["buyers", "viewers"]);
  assert.deepEqual(some.backend.memberships().get("f1"), ["buyers"]);
  assert.equal(some.backend.log()[0]?.sequence, 1);
  await putEndpoint("late", { url: late.url, secrets: [oldSecret] });
  await world.until(async () => late.backend.log().length === 2, "the opening");
  assert.deepEqual(
    late.backend.log().map(({ delta }) => (JSON.parse(delta) as AppliedDelta).cause),
    ["first", "first"],
  );
  for (const id of ["all", "some", "late"]) {
    assert.equal((await world.admin("DELETE", `/v1/endpoints/${id}`)).status, 204);
  }
});

test("secrets change without a pause, and are never shown again", async (context) => {
  const { backend, url } = await healthyBackend(newSecret);
  context.after(() => backend.close());
  await putEndpoint("rotating", { url, secrets: [newSecret, oldSecret] });
  await send("s1", "Viewed");
  await world.until(async () => backend.memberships().has("s1"), "the delta");
  const { json } = await world.admin("POST", "/v1/endpoints/rotating/secrets");
  assert.match(String(json["secret"]), /^whsec_/);
  await send("s2", "Viewed");
  await world.until(async () => backend.memberships().has("s2"), "signed with all");
  const shown = await world.admin("GET", "/v1/endpoints/rotating");
  assert.equal((shown.json["secretFingerprints"] as string[]).length, 3);
  assert.equal(shown.text.includes("whsec_"), false);
  assert.equal((await world.admin("DELETE", "/v1/endpoints/rotating/secrets")).status, 204);
  await world.admin("DELETE", "/v1/endpoints/rotating");
});

test("a backend that goes back to an older copy is told everything in a new epoch", async (context) => {
  const { backend, url } = await healthyBackend(oldSecret);
  context.after(() => backend.close());
  await putEndpoint("restored", { url, secrets: [oldSecret] });
  await send("o1", "Viewed");
  await world.until(async () => backend.memberships().has("o1"), "the first delta");
  const copy = backend.copy();
  await send("o1", "Bought");
  await world.until(async () => backend.memberships().get("o1")?.length === 2, "the second delta");
  await backend.restore(copy);
  assert.deepEqual(backend.memberships().get("o1"), ["viewers"]);
  await world.define("third", { kind: "event", event: "Third" });
  await send("o1", "Third");
  await world.until(async () => backend.memberships().get("o1")?.length === 3, "the new epoch");
  assert.equal(
    new Set(
      backend
        .log()
        .filter(({ contact }) => contact === "o1")
        .map(({ epoch }) => epoch),
    ).size,
    2,
  );
  await world.admin("DELETE", "/v1/endpoints/restored");
});

test("what a backend refuses is parked, listed, and tried again when somebody says so; 410 stops until resumed", async (context) => {
  let status = 404;
  const { backend, url } = await healthyBackend(oldSecret);
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status).end('{"message":"not here"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    backend.close();
    server.close();
  });
  const address = server.address();
  const refusing = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
  await putEndpoint("refusing", { url: refusing, secrets: [oldSecret] });
  await send("p1", "Viewed");
  const parked = await world.until(async () => {
    const { json } = await world.admin("GET", "/v1/endpoints/refusing/parked");
    const list = json["parked"] as { contact: string; streams: { parking: { code: string } }[] }[];
    return list.find(({ contact }) => contact === "p1");
  }, "the parked stream");
  assert.equal(parked.streams[0]?.parking.code, "request_refused");
  await putEndpoint("refusing", { url, secrets: [oldSecret] });
  const { json } = await world.admin("POST", "/v1/endpoints/refusing/parked/retry", {
    contact: "p1",
  });
  assert.equal(json["streams"], 1);
  await world.until(async () => backend.memberships().has("p1"), "the delta after all");
  const isEmpty = async () =>
    !(await world.admin("GET", "/v1/endpoints/refusing/parked")).text.includes('"p1"');
  await world.until(isEmpty, "the list is empty");
  status = 410;
  await putEndpoint("refusing", { url: refusing, secrets: [oldSecret] });
  await send("p1", "Bought");
  await sleep(1000);
  await putEndpoint("refusing", { url, secrets: [oldSecret] });
  assert.equal((await world.admin("POST", "/v1/endpoints/refusing/resume")).status, 202);
  await world.until(
    async () => backend.memberships().get("p1")?.includes("buyers"),
    "the delta after resuming",
  );
  await world.admin("DELETE", "/v1/endpoints/refusing");
});

test("time alone enters and exits within a second of its instant, stamped with it", async (context) => {
  const { backend, url } = await healthyBackend(oldSecret);
  context.after(() => backend.close());
  await putEndpoint("timely", { url, secrets: [oldSecret] });
  await world.define("fresh", { kind: "event", event: "Ticked", window: { last: { seconds: 2 } } });
  await world.define("settled", {
    kind: "event",
    event: "Ticked",
    window: { before: { seconds: 3 } },
  });
  const timestamp = Date.now();
  await world.write("/v1/track", { userId: "time1", event: "Ticked", messageId: "t", timestamp });
  const deltas = await world.until(async () => {
    const all = backend.log().map(({ delta }) => JSON.parse(delta) as AppliedDelta);
    const timed = all.filter(({ contact, cause }) => contact === "time1" && cause === "time");
    return timed.length === 2 && timed;
  }, "two changes of time");
  assert.deepEqual(
    deltas.map(({ segment, change, at }) => [segment, change, at]),
    [
      ["fresh", "exited", new Date(timestamp + 2000).toISOString()],
      ["settled", "entered", new Date(timestamp + 3000).toISOString()],
    ],
  );
  for (const { at, decidedAt } of deltas) {
    assert.equal(
      Date.parse(decidedAt) - Date.parse(at) < 1000,
      true,
      `${at} was found at ${decidedAt}`,
    );
  }
  await world.admin("DELETE", "/v1/endpoints/timely");
});

test("of many contacts whose alarms ring again and again, none is forgotten", async (context) => {
  const { backend, url } = await healthyBackend(oldSecret);
  context.after(() => backend.close());
  await putEndpoint("many", { url, secrets: [oldSecret] });
  const seconds = [1, 2, 3];
  for (const one of seconds) {
    await world.define(`many-${one}`, {
      kind: "event",
      event: "Many",
      window: { last: { seconds: one } },
    });
  }
  const contacts = Array.from({ length: 100 }, (_, index) => `many-${index}`);
  const isoNow = new Date().toISOString();
  const batch = contacts.map((userId) => ({
    type: "track",
    userId,
    event: "Many",
    messageId: userId,
    timestamp: isoNow,
  }));
  await world.write("/v1/batch", { batch });
  await world.until(async () => {
    const left = [...backend.memberships().keys()].filter((contact) => contact.startsWith("many-"));
    const told = backend.log().filter(({ contact }) => contact.startsWith("many-"));
    return (
      left.length === 0 && new Set(told.map(({ contact }) => contact)).size === contacts.length
    );
  }, "all exits");
  await world.admin("DELETE", "/v1/endpoints/many");
});

test("a live feed tells the memberships, then each delta; tokens are good for one contact", async () => {
  await send("live1", "Viewed");
  const { json, status } = await world.admin("POST", "/v1/live/live1/tokens", { seconds: 60 });
  assert.equal(status, 201);
  const address = (contact: string) =>
    `${world.url.replace("http", "ws")}/v1/live/${contact}?token=${json["token"]}`;
  const lines: {
    type: string;
    to?: string;
    memberships?: { segment: string }[];
    delta?: AppliedDelta;
  }[] = [];
  const socket = new WebSocket(address("live1"));
  socket.onmessage = ({ data }) => lines.push(JSON.parse(String(data)));
  await world.until(async () => lines.length === 1, "the memberships");
  assert.deepEqual(
    lines[0]?.memberships?.map(({ segment }) => segment),
    ["viewers"],
  );
  await send("live1", "Bought");
  await world.until(async () => lines.length === 2, "the delta");
  assert.deepEqual([lines[1]?.delta?.segment, lines[1]?.delta?.change], ["buyers", "entered"]);
  await world.write("/v1/alias", { userId: "live0", previousId: "live1" });
  await world.until(async () => lines.at(-1)?.type === "moved", "the word that it has moved");
  assert.equal(lines.at(-1)?.to, "live0");
  // Its exits come before.
  assert.equal(lines.filter(({ delta }) => delta?.change === "exited").length, 2);
  assert.equal(await isOpened(new WebSocket(address("other"))), false);
});
