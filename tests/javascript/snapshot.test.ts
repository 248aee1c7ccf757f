import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  createEngine,
  type Message,
  SegmentError,
  type SegmentErrorCode,
} from "@fosterflow/segments";
import { both, day, highRollers, hour, startOfYear, viewed, viewers } from "./example_segments.ts";

const origin = { source: "edge", epoch: "1" };
const segments = [viewers, highRollers, both];

function ordered(userId: string, time: number, total: number): Message {
  return {
    type: "track",
    userId,
    event: "Order Completed",
    messageId: `order-${time}`,
    timestamp: time,
    properties: { total, currency: "EUR" },
  };
}

function hasCode(code: SegmentErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof SegmentError && error.code === code;
}

async function visited() {
  const engine = await createEngine({ segments, ...origin });
  const contact = engine.contact("u1");
  contact.apply(
    [viewed("u1", startOfYear - hour, "m1"), ordered("u1", startOfYear - 2 * hour, 250)],
    {
      now: startOfYear,
    },
  );
  return { engine, contact };
}

test("a contact goes on from its snapshot in another engine of its origin", async () => {
  const { contact } = await visited();
  const snapshot = contact.snapshot();
  const other = await createEngine({ segments, ...origin });
  const again = other.contact("u1", snapshot);
  assert.deepEqual(again.memberships(), contact.memberships());
  assert.equal(again.nextChangeAt(), contact.nextChangeAt());
  assert.deepEqual(again.snapshot(), snapshot);
  assert.deepEqual(
    again.advanceTo(startOfYear + 2 * day),
    contact.advanceTo(startOfYear + 2 * day),
  );
  const message = viewed("u1", startOfYear + 2 * day, "m2");
  const now = startOfYear + 3 * day;
  assert.deepEqual(again.apply(message, { now }), contact.apply(message, { now }));
  assert.deepEqual(again.snapshot(), contact.snapshot());
});

test("a snapshot of another epoch begins a new sequence with the full membership", async () => {
  const { contact } = await visited();
  const other = await createEngine({ segments, ...origin, epoch: "2" });
  const again = other.contact("u1", contact.snapshot());
  assert.ok(again.has("viewers"));
  const deltas = again.advanceTo(startOfYear);
  assert.deepEqual(
    deltas.map(({ segment, sequence, cause, change, at }) => [
      segment,
      sequence,
      cause,
      change,
      at,
    ]),
    ["both", "high-rollers", "viewers"].map((segment, index) => [
      segment,
      index + 1,
      "first",
      "entered",
      "2026-01-01T00:00:00.000Z",
    ]),
  );
  assert.deepEqual(again.memberships(), contact.memberships());
});

test("other definitions tell what they make of a snapshot", async () => {
  const { contact } = await visited();
  const fresh = { ...highRollers, id: "new" };
  const other = await createEngine({ segments: [viewers, fresh], ...origin });
  const again = other.contact("u1", contact.snapshot());
  assert.deepEqual(
    again
      .advanceTo(startOfYear)
      .map(({ segment, sequence, cause, change }) => [segment, sequence, cause, change]),
    [
      ["both", 4, "definition", "exited"],
      ["high-rollers", 5, "definition", "exited"],
      ["new", 6, "first", "entered"],
    ],
  );
});

test("deltas that wait are in the snapshot", async () => {
  const { engine, contact } = await visited();
  engine.define([viewers]);
  assert.ok(contact.has("viewers"));
  const other = await createEngine({ segments: [viewers], ...origin });
  const again = other.contact("u1", contact.snapshot());
  assert.deepEqual(again.advanceTo(startOfYear), contact.advanceTo(startOfYear));
  assert.deepEqual(again.snapshot(), contact.snapshot());
});

test("damaged, foreign and other snapshots are refused, and nothing has changed", async () => {
  const { engine, contact } = await visited();
  const snapshot = contact.snapshot();
  const open = (bytes: Uint8Array, id = "u1") => engine.contact(id, bytes);
  for (let place = 0; place < snapshot.length; place += 1) {
    const damaged = snapshot.slice();
    damaged[place] = (damaged[place] as number) ^ 16;
    const code = place === 4 ? "snapshot_version" : "snapshot_damaged";
    assert.throws(() => open(damaged), hasCode(code));
    assert.throws(() => contact.merge(damaged), hasCode(code));
  }
  for (let length = 0; length < snapshot.length; length += 1) {
    assert.throws(() => open(snapshot.slice(0, length)), hasCode("snapshot_damaged"));
  }
  assert.throws(() => open(snapshot, "u2"), hasCode("other_contact"));
  assert.throws(() => engine.contact("u2").merge(snapshot), hasCode("other_contact"));
  assert.throws(() => open("text" as unknown as Uint8Array), hasCode("invalid_argument"));
  assert.throws(
    () => open(new Uint8Array(100)),
    /The snapshot was refused at byte 0: it does not begin as a snapshot does/,
  );
  assert.equal(engine.openContactCount, 2);
  assert.deepEqual(contact.snapshot(), snapshot);
});

test("copies of one contact are merged, whoever merges whom", async () => {
  const engine = await createEngine({ segments, ...origin });
  const phone = engine.contact("u1");
  const laptop = engine.contact("u1");
  const now = startOfYear;
  phone.apply([viewed("u1", now - hour, "m1"), ordered("u1", now - hour, 150)], { now });
  laptop.apply([viewed("u1", now - hour, "m1"), ordered("u1", now - 2 * hour, 150)], { now });
  const { deltas } = phone.merge(laptop, { now });
  assert.deepEqual(
    deltas.map(({ segment, cause, change }) => [segment, cause, change]),
    [
      ["both", "merge", "entered"],
      ["high-rollers", "merge", "entered"],
    ],
  );
  assert.deepEqual(phone.merge(laptop.snapshot(), { now }).deltas, []);
  laptop.merge(phone, { now });
  assert.deepEqual(dataOf(laptop.snapshot()), dataOf(phone.snapshot()));
});

function dataOf(snapshot: Uint8Array): Uint8Array {
  const length = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(8, true);
  return snapshot.subarray(24, 24 + length);
}

test("an alias joins ids in a merge, too", async () => {
  const engine = await createEngine({ segments: viewers, ...origin });
  const now = startOfYear;
  const known = engine.contact("u1");
  known.apply({ type: "alias", previousId: "anon", userId: "u1" }, { now });
  const anonymous = engine.contact("anon");
  anonymous.apply(viewed("anon", now, "m1"), { now });
  assert.deepEqual(
    anonymous
      .merge(known, { now })
      .deltas.map(({ contact, sequence, change }) => [contact, sequence, change]),
    [
      ["anon", 2, "exited"],
      ["u1", 1, "entered"],
    ],
  );
  known.merge(anonymous, { now });
  assert.deepEqual(dataOf(known.snapshot()), dataOf(anonymous.snapshot()));
});

test("an engine that retains what is referenced answers as any other", async () => {
  const engine = await createEngine({ segments, ...origin, retention: "referenced" });
  const full = await visited();
  const contact = engine.contact("u1");
  contact.apply(
    [viewed("u1", startOfYear - hour, "m1"), ordered("u1", startOfYear - 2 * hour, 250)],
    {
      now: startOfYear,
    },
  );
  assert.deepEqual(contact.memberships(), full.contact.memberships());
  assert.ok(contact.snapshot().length < full.contact.snapshot().length);
  assert.deepEqual(engine.contact("u1", full.contact.snapshot()).snapshot(), contact.snapshot());
  // What was dropped is not there for later rules.
  const inEuro = {
    version: 1 as const,
    id: "euro",
    when: {
      kind: "event" as const,
      event: "Order Completed",
      where: { kind: "property" as const, property: "currency", op: "eq" as const, value: "EUR" },
    },
  };
  engine.define([inEuro]);
  full.engine.define([inEuro]);
  assert.equal(full.contact.has("euro"), true);
  assert.equal(contact.has("euro"), false);
  await assert.rejects(
    createEngine({ segments, retention: "some" as "all" }),
    hasCode("invalid_argument"),
  );
});

const version1 = new URL("../corpus/snapshot-version-1.base64", import.meta.url);

test("version 1 is read and written byte for byte", async () => {
  const { contact } = await visited();
  contact.apply(
    [
      {
        type: "identify",
        userId: "u1",
        timestamp: startOfYear,
        traits: { plan: "pro", age: 7.5, tags: ["a", null] },
      },
      { type: "channel", userId: "u1", channel: "email", reachable: true, timestamp: startOfYear },
      { type: "list", userId: "u1", list: "vip", action: "remove", timestamp: startOfYear },
      { type: "alias", previousId: "anon", userId: "u1" },
      { ...viewed("u1", startOfYear), messageId: "8b1e9bd2-7c61-4a55-9c0e-7f3b6a1d2c4e" },
      { ...viewed("anon", startOfYear) },
    ],
    { now: startOfYear },
  );
  const written = Buffer.from(readFileSync(version1, "utf8"), "base64");
  assert.equal(Buffer.from(contact.snapshot()).toString("base64"), written.toString("base64"));
  const engine = await createEngine({ segments, ...origin });
  const again = engine.contact("anon", written);
  assert.deepEqual(again.memberships(), contact.memberships());
  again.apply("", { now: startOfYear });
  assert.deepEqual(again.snapshot(), contact.snapshot());
});
