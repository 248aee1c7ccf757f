import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { evaluate } from "../../../tests/oracle/evaluate.ts";
import { EdgeWorld } from "../edge_world.ts";

/** The clients that shops use today, pointed at the edge worker by changing one address. */

interface Tracking {
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly messageId?: string;
  readonly event?: string;
  readonly name?: string;
  readonly properties?: object;
  readonly traits?: object;
  readonly previousId?: string;
}

interface Client {
  track(message: Tracking): unknown;
  identify(message: Tracking): unknown;
  page(message: Tracking): unknown;
  screen(message: Tracking): unknown;
  alias(message: Tracking): unknown;
}

interface SegmentClient extends Client {
  closeAndFlush(): Promise<void>;
}

interface RudderClient extends Client {
  flush(): Promise<unknown>;
}

const require = createRequire(new URL("../clients/package.json", import.meta.url));
let world: EdgeWorld;
const definitions = [
  {
    version: 1,
    id: "buyers",
    when: {
      kind: "event",
      event: "Order Completed",
      measure: { fn: "sum", property: "total" },
      op: "gte",
      value: 100,
    },
  },
  {
    version: 1,
    id: "readers",
    when: { kind: "event", event: "page", op: "gte", value: 2, window: { last: { days: 1 } } },
  },
  { version: 1, id: "app", when: { kind: "event", event: "screen" } },
  { version: 1, id: "pro", when: { kind: "attribute", attribute: "plan", op: "eq", value: "pro" } },
  {
    version: 1,
    id: "journey",
    when: {
      kind: "sequence",
      window: { last: { days: 1 } },
      steps: [{ event: "Product Viewed" }, { event: "Order Completed" }],
    },
  },
];
before(async () => {
  world = await EdgeWorld.start(18_706);
  for (const { id, when } of definitions) await world.define(id, when);
});
after(() => world.stop());

let clock = 0;

/** A visit: an unknown device looks around, signs in, buys. */
function visit(client: Client, shopper: string): object[] {
  const messages: object[] = [];
  const say = (type: keyof Client, message: Tracking) => {
    clock += 1;
    const timestamp = new Date(Date.now() - 60_000 + clock);
    const whole = { ...message, messageId: `${shopper}-${messages.length}`, timestamp };
    client[type](whole);
    messages.push({ type, ...whole, timestamp: timestamp.toISOString() });
  };
  const device = `${shopper}-device`;
  say("page", { anonymousId: device, name: "Home", properties: { path: "/" } });
  say("page", { anonymousId: device, name: "Shoes", properties: { path: "/shoes" } });
  say("track", {
    anonymousId: device,
    event: "Product Viewed",
    properties: { sku: "A1", price: 60 },
  });
  say("identify", { userId: shopper, traits: { plan: "pro", address: { city: "Austin" } } });
  say("alias", { userId: shopper, previousId: device });
  say("track", { userId: shopper, event: "Order Completed", properties: { total: 60 } });
  say("track", { userId: shopper, event: "Order Completed", properties: { total: 45.5 } });
  say("screen", { userId: shopper, name: "Cart" });
  return messages;
}

async function agreesWithOracle(shopper: string, messages: readonly object[]): Promise<void> {
  const lines = messages.map((message) => JSON.stringify(message));
  const { segments } = evaluate({ definitions, lines, at: Date.now() });
  const expected = Object.entries(segments).flatMap(([id, members]) =>
    members.includes(shopper) ? [id] : [],
  );
  assert.equal(expected.length >= 4, true);
  await world.until(
    async () => (await world.admin("GET", `/v1/contacts/${shopper}/segments`)).status === 200,
    shopper,
  );
  const isSame = async () => (await world.segmentsOf(shopper)).join() === expected.sort().join();
  await world.until(isSame, `${expected.join()} of ${shopper}`);
  await world.until(async () => {
    const { json } = await world.ask("GET", `/backend/v1/memberships/${shopper}`, undefined, {});
    const applied = (json["memberships"] as { segment: string }[]).map(({ segment }) => segment);
    return applied.join() === expected.sort().join();
  }, "the same in the backend");
}

test("Segment's library for Node.js", async () => {
  const { Analytics } = require("@segment/analytics-node") as {
    Analytics: new (options: object) => SegmentClient;
  };
  const client = new Analytics({
    writeKey: world.run.keys.writeKey,
    host: world.url,
    flushAt: 3,
    flushInterval: 100,
  });
  const messages = visit(client, "segment-shopper");
  await client.closeAndFlush();
  await agreesWithOracle("segment-shopper", messages);
});

test("RudderStack's library for Node.js", async () => {
  const Rudder = require("@rudderstack/rudder-sdk-node") as new (
    writeKey: string,
    options: object,
  ) => RudderClient;
  const client = new Rudder(world.run.keys.writeKey, {
    dataPlaneUrl: world.url,
    flushAt: 100,
    flushInterval: 100,
    gzip: true,
  });
  const messages = visit(client, "rudder-shopper");
  await client.flush();
  await agreesWithOracle("rudder-shopper", messages);
});
