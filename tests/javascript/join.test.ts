import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, SegmentError } from "@fosterflow/segments";
import { startOfYear, viewed, viewers } from "./example_segments.ts";

const now = startOfYear;
const alias = { type: "alias", previousId: "anonymous", userId: "u1", messageId: "a1" } as const;

async function two() {
  const engine = await createEngine({ segments: [viewers], source: "test", epoch: "1" });
  const user = engine.contact("u1");
  const anonymous = engine.contact("anonymous");
  return { engine, user, anonymous };
}

test("an alias joins two contacts, each of which goes on with its own numbers", async () => {
  const { engine, user, anonymous } = await two();
  anonymous.apply(viewed("anonymous", now, "m1"), { now });
  const reopened = engine.contact("anonymous", anonymous.snapshot());
  const { deltas, refused } = user.join(reopened, alias, { now });
  assert.deepEqual(refused, []);
  assert.deepEqual(
    deltas.map(({ contact, sequence, change, cause }) => ({ contact, sequence, change, cause })),
    [
      { contact: "anonymous", sequence: 2, change: "exited", cause: "merge" },
      { contact: "u1", sequence: 1, change: "entered", cause: "merge" },
    ],
  );
  assert.ok(user.has("viewers"));
  assert.equal(engine.openContactCount, 2, "the one that was joined is disposed");
  const later = user.apply(viewed("anonymous", now + 1, "m2"), { now: now + 1 });
  assert.deepEqual(later.refused, [], "its id is the contact's");
  engine.dispose();
});

test("a message that does not join them is refused, and both stay", async () => {
  const { engine, user, anonymous } = await two();
  const other = { ...alias, previousId: "somebody" };
  const { deltas, refused } = user.join(anonymous, other, { now });
  assert.deepEqual(deltas, []);
  assert.equal(refused[0]?.code, "other_contact");
  assert.equal(engine.openContactCount, 2);
  assert.deepEqual(anonymous.memberships(), []);
  engine.dispose();
});

test("only another contact of the same engine can be joined", async () => {
  const { engine, user } = await two();
  const { engine: otherEngine, anonymous } = await two();
  for (const contact of [user, anonymous]) {
    assert.throws(
      () => user.join(contact, alias),
      (error) => error instanceof SegmentError && error.code === "invalid_argument",
    );
  }
  engine.dispose();
  otherEngine.dispose();
});
