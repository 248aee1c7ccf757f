import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { replay } from "../../../tests/oracle/replay.ts";
import { EdgeWorld } from "../edge_world.ts";

let world: EdgeWorld;
const definitions = [
  { version: 1, id: "one", when: { kind: "event", event: "Viewed" } },
  { version: 1, id: "two", when: { kind: "event", event: "Viewed", op: "gte", value: 2 } },
  { version: 1, id: "three", when: { kind: "event", event: "Viewed", op: "gte", value: 3 } },
];
before(async () => {
  world = await EdgeWorld.start(18_703);
  for (const { id, when } of definitions) await world.define(id, when);
});
after(() => world.stop());

let count = 0;
const viewed = (userId: string) => ({
  type: "track",
  userId,
  event: "Viewed",
  messageId: `v${count++}`,
  timestamp: Date.now(),
});
const alias = (userId: string, previousId: string) => ({
  type: "alias",
  userId,
  previousId,
  messageId: `a${count++}`,
  timestamp: Date.now(),
});

async function send(...batch: object[]): Promise<void> {
  const { status, json, text } = await world.write("/v1/batch", { batch });
  assert.equal(status, 200, text);
  assert.deepEqual(json["refused"], []);
}

/** What the backend applied is what the oracle tells of the same messages. */
async function agreesWithOracle(
  ids: readonly string[],
  messages: readonly object[],
): Promise<void> {
  const lines = messages.map((message) => JSON.stringify(message));
  const { deltas } = replay({ definitions, lines, source: "edge:local", epoch: "any" });
  const told = (delta: {
    contact: string;
    sequence: number;
    segment: string;
    change: string;
    cause: string;
    messageId?: string | undefined;
  }) =>
    [delta.contact, delta.sequence, delta.segment, delta.change, delta.cause, delta.messageId].join(
      " ",
    );
  for (const id of ids) {
    const expected = deltas.filter(({ contact }) => contact === id).map(told);
    const applied = await world.until(async () => {
      const all = await world.applied(id);
      return all.length >= expected.length && all;
    }, `the deltas of ${id}`);
    assert.deepEqual(applied.map(told), expected);
  }
}

test("an alias joins two contacts: one goes on, the other forwards", async () => {
  const messages = [
    viewed("anon-1"),
    viewed("anon-1"),
    viewed("user-1"),
    alias("user-1", "anon-1"),
    viewed("anon-1"),
  ];
  for (const message of messages) await send(message);
  assert.deepEqual(await world.segmentsOf("user-1"), ["one", "three", "two"]);
  assert.deepEqual(await world.segmentsOf("anon-1"), ["one", "three", "two"]);
  await agreesWithOracle(["anon-1", "user-1"], messages);
});

test("the smallest id that is nowhere a previousId has the contact, whatever the order", async () => {
  const messages = [
    viewed("m"),
    viewed("b"),
    viewed("z"),
    alias("z", "m"),
    alias("b", "m"),
    viewed("m"),
  ];
  for (const message of messages) await send(message);
  const { json } = await world.admin("GET", "/v1/contacts/z/segments");
  assert.equal(json["contact"], "b");
  await agreesWithOracle(["m", "b", "z"], messages);
});

test("an id that had left comes back when it is the contact's again", async () => {
  // r1 goes to r2; then r2 is a previousId, too, and the smallest of all is r1 again.
  const messages = [viewed("r1"), viewed("r2"), alias("r2", "r1"), alias("r1", "r2"), viewed("r2")];
  for (const message of messages) await send(message);
  const { json } = await world.admin("GET", "/v1/contacts/r2/segments");
  assert.equal(json["contact"], "r1");
  await agreesWithOracle(["r1", "r2"], messages);
});

test("aliases in a circle, all at once and while messages come, make one contact", async () => {
  const ids = ["k1", "k2", "k3", "k4", "k5"];
  const circle = ids.map((id, index) => alias(id, ids[(index + 1) % ids.length] ?? ""));
  const noise = ids.flatMap((id) => Array.from({ length: 6 }, () => viewed(id)));
  await Promise.all([
    ...circle.map((message) => send(message)),
    ...noise.map((message) => send(message)),
  ]);
  for (const id of ids) {
    const { json } = await world.admin("GET", `/v1/contacts/${id}/segments`);
    assert.equal(json["contact"], "k1");
    assert.equal((json["segments"] as unknown[]).length, 3);
  }
  const gone = await world.until(async () => {
    const states = await Promise.all(
      ids
        .slice(1)
        .map(async (id) => world.ask("GET", `/backend/v1/memberships/${id}`, undefined, {})),
    );
    return states.every(({ json }) => (json["memberships"] as unknown[]).length === 0);
  }, "the exits of ids that are gone");
  assert.equal(gone, true);
  const why = await world.admin("GET", "/v1/contacts/k1/explain/three");
  assert.equal((why.json["condition"] as { observed: number }).observed, noise.length);
});

test("an alias of an id to itself joins nothing", async () => {
  await send(viewed("self"), alias("self", "self"));
  assert.deepEqual(await world.segmentsOf("self"), ["one"]);
});
