import assert from "node:assert/strict";
import { test } from "node:test";
import type { Delta } from "../../bindings/javascript/delta_types.ts";
import {
  type AppliedDeltas,
  createReceiver,
  DeltaRefusedError,
  type ReceiverOptions,
  type SqlRow,
  type SqlStore,
} from "../../bindings/receiver/index.ts";
import { endpoint, type SentBody, someDeltas, start } from "./delivery_world.ts";

/** A database with the receiver's tables, empty. */
export interface OpenedStore {
  store: SqlStore;
  /** Asks outside of the receiver's transactions. */
  rows(statement: string): Promise<readonly SqlRow[]>;
}

export function bodyOf(deltas: readonly Delta[], more: Partial<SentBody> = {}): SentBody {
  const { epoch = "e1", contact = "u1" } = deltas[0] ?? {};
  const sentAt = new Date(start).toISOString();
  return { version: 1, source: "edge", epoch, contact, sentAt, ...more, deltas: [...deltas] };
}

/** Registers what every store must hold: the rules of order, of applying once, and of epochs. */
export function receiverRules(name: string, openStore: () => Promise<OpenedStore>): void {
  const opened = async (more: Partial<ReceiverOptions> = {}) => {
    const { store, rows } = await openStore();
    const applied: AppliedDeltas[] = [];
    const receiver = await createReceiver({
      ...{ store, authorize: () => true, now: () => start + 5 },
      onApplied: (batch) => void applied.push(batch),
      ...more,
    });
    const receive = async (body: SentBody) => {
      const request = new Request(endpoint, { method: "POST", body: JSON.stringify(body) });
      const response = await receiver.receive(request);
      return [response.status, await response.json()];
    };
    const memberships = async () =>
      (await rows("SELECT segment, sequence FROM fosterflow_memberships ORDER BY segment")).map(
        (row) => `${row["segment"]}@${row["sequence"]}`,
      );
    const told = () =>
      applied.flatMap(({ changes }) => changes.map((c) => `${c.change} ${c.segment}`));
    return { receive, memberships, rows, applied, told };
  };

  test(`${name}: a batch is applied and acknowledged; sent again, it is only acknowledged`, async () => {
    const { receive, memberships, rows, applied } = await opened();
    const body = bodyOf(someDeltas(1, 3), { opening: 0 });
    assert.deepEqual(await receive(body), [200, { acked: 3 }]);
    assert.deepEqual(await receive(body), [200, { acked: 3 }]);
    assert.deepEqual(await receive(bodyOf(someDeltas(2, 4))), [200, { acked: 4 }]);
    assert.deepEqual(await receive(bodyOf(someDeltas(1, 1))), [200, { acked: 4 }]);
    assert.deepEqual(
      applied.map(({ deltas }) => deltas.map(({ sequence }) => sequence)),
      [[1, 2, 3], [4]],
    );
    assert.deepEqual(await memberships(), []);
    const [progress] = await rows("SELECT * FROM fosterflow_progress");
    assert.deepEqual(
      Object.entries(progress ?? {}).map(([key, value]) => `${key}=${value}`),
      [
        "source=edge",
        "epoch=e1",
        "contact=u1",
        "applied=4",
        "opening=0",
        `received_at=${start + 5}`,
      ],
    );
  });

  test(`${name}: a membership has its definition, sequence and the instant of its delta`, async () => {
    const { receive, rows } = await opened();
    await receive(bodyOf(someDeltas(1, 3)));
    const [row] = await rows("SELECT * FROM fosterflow_memberships");
    assert.deepEqual(
      { ...row, sequence: Number(row?.["sequence"]), since: Number(row?.["since"]) },
      {
        ...{ source: "edge", contact: "u1", segment: "vip", definition: "0123456789abcdef" },
        ...{ epoch: "e1", sequence: 3, since: start + 3 },
      },
    );
  });

  test(`${name}: a gap is answered with what comes next, and changes nothing`, async () => {
    const { receive, rows, applied } = await opened();
    const gap = (expected: number, first: number) => {
      const message = `The delta ${expected} comes next, not ${first}.`;
      return [409, { error: "sequence_gap", expected, message }];
    };
    assert.deepEqual(await receive(bodyOf(someDeltas(2, 3))), gap(1, 2));
    assert.deepEqual(await rows("SELECT * FROM fosterflow_contacts"), []);
    await receive(bodyOf(someDeltas(1, 1)));
    assert.deepEqual(await receive(bodyOf(someDeltas(3, 3))), gap(2, 3));
    assert.equal(applied.length, 1);
  });

  test(`${name}: contacts and sources are numbered apart`, async () => {
    const { receive, memberships } = await opened();
    for (const contact of ["u1", "u2"]) {
      const body = bodyOf(someDeltas(1, 1, { contact }));
      assert.deepEqual(await receive(body), [200, { acked: 1 }]);
    }
    const web = someDeltas(1, 1).map((delta) => ({
      ...delta,
      source: "web:1",
      id: "web:1:e1:u1:1",
    }));
    const body = bodyOf(web, { source: "web:1" });
    assert.deepEqual(await receive(body), [200, { acked: 1 }]);
    assert.equal((await memberships()).length, 3);
  });

  test(`${name}: a new epoch replaces the membership by that with which it opens`, async () => {
    const { receive, memberships, told, applied } = await opened();
    await receive(bodyOf(someDeltas(1, 3, { cause: "first" })));
    const opening = someDeltas(1, 4, { epoch: "e2", cause: "first" }).slice(1);
    const renumbered = opening.map((delta, index) => {
      return { ...delta, sequence: index + 1, id: `edge:e2:u1:${index + 1}` };
    });
    applied.length = 0;
    const body = bodyOf(renumbered, { opening: 3 });
    assert.deepEqual(await receive(body), [200, { acked: 3 }]);
    assert.deepEqual(await memberships(), ["segment-2@1", "segment-3@2", "segment-4@3"]);
    assert.deepEqual(told(), ["entered segment-4", "exited segment-1"]);
    assert.equal(applied[0]?.deltas.length, 3);
  });

  test(`${name}: an opening that takes several requests ends no membership before it is whole`, async () => {
    const { receive, memberships, told, applied } = await opened();
    await receive(bodyOf(someDeltas(1, 3, { cause: "first" })));
    applied.length = 0;
    const opening = someDeltas(1, 2, { epoch: "e2", cause: "first" });
    await receive(bodyOf(opening.slice(0, 1), { opening: 2 }));
    assert.deepEqual(await memberships(), ["segment-1@1", "segment-2@2", "segment-3@3"]);
    assert.deepEqual(told(), []);
    const after = someDeltas(3, 3, { epoch: "e2", segment: "segment-3" });
    await receive(bodyOf([...opening.slice(1), ...after], { opening: 2 }));
    assert.deepEqual(await memberships(), ["segment-1@1", "segment-2@2", "segment-3@3"]);
    assert.deepEqual(told(), ["exited segment-3", "entered segment-3"]);
  });

  test(`${name}: an epoch that opens in no segment ends all memberships`, async () => {
    const { receive, memberships, told } = await opened();
    await receive(bodyOf(someDeltas(1, 1)));
    const empty = bodyOf([], { epoch: "e2", opening: 0 });
    assert.deepEqual(await receive(empty), [200, { acked: 0 }]);
    assert.deepEqual(await receive(empty), [200, { acked: 0 }]);
    assert.deepEqual(await memberships(), []);
    assert.deepEqual(told(), ["entered vip", "exited vip"]);
  });

  test(`${name}: an epoch that is over takes nothing more, but acknowledges what it had`, async () => {
    const { receive, applied } = await opened();
    await receive(bodyOf(someDeltas(1, 2)));
    await receive(bodyOf(someDeltas(1, 1, { epoch: "e2" })));
    assert.deepEqual(await receive(bodyOf(someDeltas(1, 2))), [200, { acked: 2 }]);
    const [status, answer] = await receive(bodyOf(someDeltas(2, 3)));
    assert.deepEqual([status, answer.error], [409, "epoch_superseded"]);
    assert.equal(applied.length, 2);
  });

  test(`${name}: a delta that cannot be right is refused by name; those before it are applied`, async () => {
    const { receive, applied, memberships } = await opened();
    const deltas = someDeltas(1, 3).map((delta) =>
      delta.sequence === 2 ? { ...delta, change: "left" as "exited" } : delta,
    );
    const refusal = {
      error: "delta_refused",
      message: '/deltas/1/change: it must be "entered" or "exited".',
      ...{ acked: 1, sequence: 2, id: "edge:e1:u1:2" },
    };
    assert.deepEqual(await receive(bodyOf(deltas)), [422, refusal]);
    assert.deepEqual(await receive(bodyOf(deltas.slice(1))), [
      ...[422, { ...refusal, message: refusal.message.replace("/1/", "/0/") }],
    ]);
    assert.equal(applied.length, 1);
    assert.deepEqual(await memberships(), ["vip@1"]);
    assert.deepEqual(await receive(bodyOf(someDeltas(1, 1, { contact: "u2" }))), [
      ...[200, { acked: 1 }],
    ]);
    assert.deepEqual(await receive(bodyOf(someDeltas(2, 3))), [200, { acked: 3 }]);
  });

  test(`${name}: so is one that the application refuses, and nothing of it is written`, async () => {
    let isFixed = false;
    const seen: number[] = [];
    const { receive, memberships } = await opened({
      onApplied({ deltas }) {
        for (const { sequence } of deltas) {
          if (sequence === 3 && !isFixed) throw new DeltaRefusedError(3, "no such flow");
          seen.push(sequence);
        }
      },
    });
    const [status, answer] = await receive(bodyOf(someDeltas(1, 4)));
    assert.deepEqual([status, answer.acked, answer.sequence], [422, 2, 3]);
    assert.equal(answer.message, "no such flow");
    assert.deepEqual(await memberships(), []);
    isFixed = true;
    seen.length = 0;
    assert.deepEqual(await receive(bodyOf(someDeltas(3, 4))), [200, { acked: 4 }]);
    assert.deepEqual(seen, [3, 4]);
  });

  test(`${name}: whatever else fails rolls back whole, and is to be sent again`, async () => {
    let isBroken = true;
    const errors: unknown[] = [];
    const { receive, memberships, rows } = await opened({
      onError: (error) => errors.push(error),
      onApplied() {
        if (isBroken) throw new Error("disk full");
      },
    });
    const [status, answer] = await receive(bodyOf(someDeltas(1, 1)));
    assert.deepEqual([status, answer.error], [500, "store_failed"]);
    assert.doesNotMatch(answer.message, /disk/);
    assert.match(String(errors[0]), /disk full/);
    assert.deepEqual(await rows("SELECT * FROM fosterflow_progress"), []);
    isBroken = false;
    assert.deepEqual(await receive(bodyOf(someDeltas(1, 1))), [200, { acked: 1 }]);
    assert.deepEqual(await memberships(), ["vip@1"]);
  });

  test(`${name}: requests at the same time apply each delta once`, async () => {
    const { receive, applied } = await opened();
    const bodies = Array.from({ length: 12 }, (_, index) => bodyOf(someDeltas(1, 1 + (index % 4))));
    const answers = await Promise.all(bodies.map(receive));
    assert.ok(
      answers.every(([status]) => status === 200),
      JSON.stringify(answers),
    );
    const sequences = applied.flatMap(({ deltas }) => deltas.map(({ sequence }) => sequence));
    assert.deepEqual(sequences, [1, 2, 3, 4]);
  });

  test(`${name}: texts of any script are kept as they are`, async () => {
    const { receive, rows } = await opened();
    const contact = "ü😀'; DROP TABLE fosterflow_progress; --?";
    const given = { contact, epoch: "é?", segment: "größe 😀?" };
    assert.deepEqual(await receive(bodyOf(someDeltas(1, 1, given))), [200, { acked: 1 }]);
    const [row] = await rows("SELECT contact, epoch, segment FROM fosterflow_memberships");
    assert.deepEqual({ ...row }, given);
  });
}
