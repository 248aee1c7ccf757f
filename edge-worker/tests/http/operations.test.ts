import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { EdgeWorld } from "../edge_world.ts";
import { FlakyBackend } from "../flaky_backend.ts";

let output = "";
let world: EdgeWorld;
before(async () => {
  world = await EdgeWorld.start(18_709, {
    endpointUrl: null,
    logLevel: "debug",
    onOutput: (text) => {
      output += text;
    },
  });
  await world.define("viewers", { kind: "event", event: "Viewed" });
});
after(() => world.stop());

interface Line {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

const lines = () =>
  output
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

test("/health says whether the configuration can be read", async () => {
  const { status, json } = await world.ask("GET", "/health", undefined, {});
  assert.deepEqual([status, json], [200, { status: "ok" }]);
});

test("/metrics are Prometheus text, for who has the key only", async () => {
  for (const authorization of ["", "Bearer x", `Bearer ${world.run.keys.adminKey}`]) {
    const { status } = await world.ask("GET", "/metrics", undefined, { authorization });
    assert.equal(status, 401);
  }
  const before = await world.metric("edge_messages_total", { outcome: "accepted" });
  await world.write("/v1/batch", {
    batch: [
      { type: "track", userId: "m1", event: "Viewed", messageId: "m" },
      { type: "track", userId: "m1", event: "" },
    ],
  });
  assert.equal(await world.metric("edge_messages_total", { outcome: "accepted" }), before + 1);
  assert.equal(await world.metric("edge_messages_total", { outcome: "refused" }), 1);
  assert.equal((await world.metric("edge_deltas_total", { cause: "message" })) >= 1, true);
  assert.equal(
    (await world.metric("edge_http_requests_total", { route: "/v1/batch", status: "200" })) >= 1,
    true,
  );
  const { text, headers } = await world.ask("GET", "/metrics", undefined, {
    authorization: `Bearer ${world.run.keys.metricsKey}`,
  });
  assert.equal(headers.get("content-type"), "text/plain; version=0.0.4");
  for (const line of text.trimEnd().split("\n")) {
    const isComment = /^# (?:HELP [a-z_]+ .+|TYPE [a-z_]+ (?:counter|gauge))$/.test(line);
    const isSample = /^[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?[\d.e+-]+$/.test(line);
    assert.equal(isComment || isSample, true, line);
  }
});

test("a request can be followed by its id, down to the contacts that it touched", async () => {
  const headers = { "x-request-id": "follow-me" };
  const batch = [
    { type: "track", userId: "t1", event: "Viewed", messageId: "t1" },
    { type: "track", userId: "t2", event: "Viewed", messageId: "t2" },
    { type: "alias", userId: "t1", previousId: "t0", messageId: "t3" },
  ];
  await world.write("/v1/batch", { batch }, { headers });
  const followed = await world.until(async () => {
    const own = lines().filter(({ requestId }) => requestId === "follow-me");
    return own.some(({ event }) => event === "request answered") && own;
  }, "the last line");
  assert.deepEqual(followed.map(({ event }) => event).sort(), [
    "contacts joined",
    "messages applied",
    "messages applied",
    "request answered",
  ]);
  const answered = followed.find(({ event }) => event === "request answered");
  assert.deepEqual(
    [answered?.["method"], answered?.["route"], answered?.["status"]],
    ["POST", "/v1/batch", 200],
  );
});

test("the log is lines of JSON, without keys, secrets, ids of contacts or what messages say", async (context) => {
  const backend = new FlakyBackend(world.run.keys.webhookSecret);
  const url = await backend.listen();
  context.after(() => backend.close());
  const { json } = await world.admin("PUT", "/v1/endpoints/logged", { url });
  const token = (await world.admin("POST", "/v1/live/secret-contact/tokens")).json["token"];
  const added = (await world.admin("POST", "/v1/endpoints/logged/secrets")).json["secret"];
  const contact = "secret-contact";
  for (const event of ["Viewed", "", "Secret Event"]) {
    const properties = { text: "secret-text" };
    await world.write("/v1/track", { userId: contact, event, properties });
  }
  await world.write("/v1/track", "secret-text");
  await world.write("/v1/alias", { userId: contact, previousId: "secret-device" });
  await world.ask("POST", "/v1/track", { userId: contact, writeKey: "secret-wrong-key-1" }, {});
  await world.ask("GET", `/v1/live/${contact}?token=${token}`, undefined, {});
  await world.admin("GET", `/v1/contacts/${contact}/explain/viewers`);
  await world.admin("PUT", "/v1/lists/secret-list", `${contact}\n`);
  await world.admin("PUT", "/v1/segments/bad", { version: 1, when: { kind: "secret-text" } });
  // Deliveries that fail, and are logged.
  await world.until(async () => backend.outcomes.size >= 2 && backend.outcomes, "deliveries");
  await world.until(
    async () => lines().some(({ event }) => event === "delivery failed"),
    "a failure in the log",
  );
  await world.admin("DELETE", `/v1/contacts/${contact}`);
  await world.until(
    async () => lines().some(({ event }) => event === "contact erased"),
    "the erasure in the log",
  );
  await sleep(100);
  for (const line of lines()) {
    assert.equal(Number.isNaN(Date.parse(line.time)), false);
    assert.equal(typeof line.event, "string");
    assert.match(line.level, /^(?:debug|info|warning|error)$/);
  }
  const { writeKey, adminKey, pageKey, metricsKey, webhookSecret } = world.run.keys;
  for (const text of [
    ...[writeKey, adminKey, pageKey, metricsKey, webhookSecret, btoa(`${writeKey}:`)],
    ...[json["secret"], added, token, "whsec_", "secret-", "Secret Event"],
  ]) {
    assert.equal(typeof text === "string" && text !== "", true);
    assert.equal(output.includes(String(text)), false, `the log has ${text}`);
  }
  assert.deepEqual(
    lines().filter(({ level }) => level === "error"),
    [],
  );
});
