import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, type Delta, type SegmentDefinition } from "@fosterflow/segments";
import {
  createSender,
  MemoryOutbox,
  type Outbox,
  streamKey,
} from "../../bindings/delivery/index.ts";
import { createReceiver, sqliteSchema, sqliteStore } from "../../bindings/receiver/index.ts";
import {
  endpoint,
  json,
  openSqlite,
  secret,
  seededRandom,
  start,
  TestClock,
} from "./delivery_world.ts";

const seed = 20_260_101;
const contacts = 90;
const epochs = 3;
const leastDeltas = 10_000;
const requestTimeout = 15_000;
/** Many times what it takes: who needs more makes no progress. */
const mostCalls = 5000;
const hour = 3_600_000;

/** Left again after 1 to 6 hours. */
const segments: SegmentDefinition[] = [1, 2, 3, 4, 5, 6].map((hours) => ({
  version: 1,
  id: `active-${hours}`,
  when: { kind: "event", event: "Product Viewed", window: { last: { hours } } },
}));

/** What can happen to a request, and how often; what is left to 1 goes well. */
const faults = [
  ["503", 0.07],
  ["500", 0.02],
  ["429 with Retry-After", 0.06],
  ["applied, then dropped", 0.09],
  ["dropped before", 0.04],
  ["409", 0.05],
  ["413", 0.04],
  ["no answer in time", 0.03],
  ["applied, no answer in time", 0.02],
  ["answer cut off", 0.03],
] as const;
type Fault = (typeof faults)[number][0];

const random = seededRandom(seed);
const chance = (probability: number) => random() < probability;
const counts = new Map<string, number>();
const count = (name: string, by = 1) => counts.set(name, (counts.get(name) ?? 0) + by);

class Crash extends Error {}

/** One life of a sender's process: from its end on, nothing that it does has an effect. */
class Life {
  isOver = false;

  end(): never {
    if (!this.isOver) count("crashes");
    this.isOver = true;
    throw new Crash("the process has ended");
  }

  /** The outbox as this life sees it: each call may be its last, with or without its effect. */
  outbox(outbox: MemoryOutbox): Outbox {
    const call = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      if (this.isOver || chance(0.005)) this.end();
      const result = await work();
      if (this.isOver || chance(0.005)) this.end();
      return result;
    };
    return {
      streams: () => call(() => outbox.streams()),
      read: (...given) => call(() => outbox.read(...given)),
      acknowledge: (...given) => call(() => outbox.acknowledge(...given)),
      update: (...given) => call(() => outbox.update(...given)),
      discard: (...given) => call(() => outbox.discard(...given)),
      endpoint: () => call(() => outbox.endpoint()),
      saveEndpoint: (...given) => call(() => outbox.saveEndpoint(...given)),
    };
  }
}

/** The engine's deltas in portions; each contact has several epochs, and some lose all that they knew in between. */
async function portions() {
  const all: Delta[][] = [];
  const memberships = new Map<string, { segment: string; since: number }[]>();
  const lost: { source: string; epoch: string; contact: string }[] = [];
  const snapshots = new Map<string, Uint8Array>();
  let now = start;
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const engine = await createEngine({ segments, source: "edge", epoch: `epoch-${epoch}` });
    const ids = Array.from({ length: contacts }, (_, index) => `u${index}`);
    const open = ids.map((id) => {
      const snapshot = chance(0.8) ? snapshots.get(id) : undefined;
      if (snapshot === undefined)
        lost.push({ source: "edge", epoch: `epoch-${epoch}`, contact: id });
      return engine.contact(id, snapshot);
    });
    for (let round = 0; round < 9; round += 1) {
      now += Math.floor(random() * 8 * hour);
      const deltas: Delta[] = [];
      for (const contact of open) {
        deltas.push(...contact.advanceTo(now));
        if (!chance(0.5)) continue;
        const message = { type: "track", userId: contact.id, event: "Product Viewed" } as const;
        const messageId = `m${epoch}-${round}`;
        deltas.push(...contact.apply({ ...message, messageId, timestamp: now }, { now }).deltas);
      }
      all.push(deltas);
    }
    for (const contact of open) {
      snapshots.set(contact.id, contact.snapshot());
      memberships.set(contact.id, contact.memberships());
    }
    engine.dispose();
  }
  return { all, memberships, lost };
}

test("with every second request failing, and crashes in between, each delta is applied once, in order", async (context) => {
  const { all, memberships, lost } = await portions();
  const appended = all.flat();
  const clock = new TestClock();
  const { database, query } = await openSqlite();
  database.exec(sqliteSchema);
  database.exec(
    "CREATE TABLE log (place integer PRIMARY KEY, contact text, epoch text, sequence integer)",
  );
  const failures: unknown[] = [];
  const receiver = await createReceiver({
    store: sqliteStore(query),
    secrets: [secret],
    now: () => clock.now(),
    onError: (error) => failures.push(error),
    async onApplied({ deltas }, sql) {
      for (const { contact, epoch, sequence } of deltas) {
        await sql.query("INSERT INTO log (contact, epoch, sequence) VALUES (?, ?, ?)", [
          ...[contact, epoch, sequence],
        ]);
      }
    },
  });

  const outbox = new MemoryOutbox();
  /** Requests of ended lives, still on their way. */
  const stragglers: (() => Promise<Response>)[] = [];

  const expectedOf = (body: Uint8Array) => {
    const { source, epoch, contact } = JSON.parse(new TextDecoder().decode(body));
    const found = database.exec(
      "SELECT applied FROM fosterflow_progress WHERE source = ? AND epoch = ? AND contact = ?",
      [source, epoch, contact],
    );
    return Number(found[0]?.values[0]?.[0] ?? 0) + 1;
  };

  const answerWith = async (
    fault: Fault | undefined,
    request: () => Promise<Response>,
    body: Uint8Array,
  ) => {
    switch (fault) {
      case undefined:
        return request();
      case "503":
      case "500":
        return json(Number(fault), { error: "store_failed", message: "" });
      case "429 with Retry-After": {
        const date = new Date(clock.now() + 2000).toUTCString();
        return json(429, {}, { "retry-after": chance(0.5) ? "1" : date });
      }
      case "409":
        return json(409, { error: "sequence_gap", expected: expectedOf(body), message: "" });
      case "413":
        return json(413, { error: "batch_too_large", message: "" });
      case "applied, then dropped":
        await request();
        throw new TypeError("connection reset");
      case "dropped before":
        throw new TypeError("connection refused");
      case "answer cut off": {
        const text = await (await request()).text();
        return new Response(text.slice(0, Math.floor(text.length / 2)));
      }
      case "applied, no answer in time":
      case "no answer in time":
        if (fault.startsWith("applied")) await request();
        else stragglers.push(request);
        clock.advanceTo(clock.now() + requestTimeout);
        return new Promise<Response>(() => {});
    }
  };

  const fetchOf =
    (life: Life) =>
    async (url: unknown, init: RequestInit = {}) => {
      const body = init.body as Uint8Array<ArrayBuffer>;
      const { signal: _, redirect: __, ...rest } = init;
      const request = () => receiver.receive(new Request(String(url), rest));
      count("requests");
      count("deltas sent", JSON.parse(new TextDecoder().decode(body)).deltas.length);
      if (chance(0.01)) {
        // The process ends while its request is on its way.
        stragglers.push(request);
        life.end();
      }
      let place = random();
      const fault = faults.find(([, probability]) => {
        place -= probability;
        return place < 0;
      })?.[0];
      count(fault ?? "answered");
      return answerWith(fault, request, body);
    };

  const begin = async () => {
    const life = new Life();
    const fetch = fetchOf(life) as typeof globalThis.fetch;
    const given = { clock, random, fetch, requestTimeout, secrets: [secret] };
    return {
      life,
      sender: await createSender({ endpoint, outbox: life.outbox(outbox), ...given }),
    };
  };
  let { life, sender } = await begin();

  /** What replaying all deltas of each contact's last epoch gives. */
  const replayed = new Map<string, { epoch: string; since: Map<string, number> }>();
  const replayedEpoch = ({ contact, epoch }: { contact: string; epoch: string }) => {
    const known = replayed.get(contact);
    if (known?.epoch === epoch) return known.since;
    const since = new Map<string, number>();
    replayed.set(contact, { epoch, since });
    return since;
  };
  const membershipsOf = (contact: string) =>
    query("SELECT segment, since FROM fosterflow_memberships WHERE contact = ? ORDER BY segment", [
      contact,
    ]) as readonly { segment: string; since: number }[];

  for (const [place, portion] of [...all, []].entries()) {
    for (const stream of lost) {
      const isNow =
        place % (all.length / epochs) === 0 &&
        stream.epoch === `epoch-${1 + place / (all.length / epochs)}`;
      if (!isNow) continue;
      outbox.open(stream);
      replayedEpoch(stream);
    }
    outbox.append(portion);
    for (const delta of portion) {
      const since = replayedEpoch(delta);
      if (delta.change === "entered") since.set(delta.segment, Date.parse(delta.at));
      else since.delete(delta.segment);
    }
    // In the middle it is left unfinished, at the end of an epoch and of all it is not.
    const isToEnd = place % 9 === 0;
    let calls = isToEnd ? mostCalls : 40;
    for (; calls > 0; calls -= 1) {
      const next = await sender.deliver();
      if (stragglers.length > 0 && chance(0.3)) {
        count("requests that arrived late");
        await stragglers.shift()?.();
      }
      if (life.isOver) {
        ({ life, sender } = await begin());
        continue;
      }
      if (next !== null) {
        clock.advanceTo(next);
        continue;
      }
      try {
        count("parked and tried again", await sender.retryParked());
      } catch (error) {
        assert.ok(error instanceof Crash);
      }
      if ((await outbox.streams()).length === 0) break;
    }
    if (!isToEnd) continue;
    assert.deepEqual(await outbox.streams(), [], "it makes progress");
    for (const [contact, { since }] of replayed) {
      const expected = [...since].sort().map(([segment, at]) => ({ segment, since: at }));
      assert.deepEqual([...membershipsOf(contact)], expected, contact);
    }
  }
  for (const straggler of stragglers) await straggler();

  assert.deepEqual(failures, []);
  assert.ok(appended.length >= leastDeltas, String(appended.length));
  const log =
    database.exec("SELECT contact, epoch, sequence FROM log ORDER BY place")[0]?.values ?? [];
  const byContact = (rows: readonly (readonly unknown[])[]) => {
    const groups = new Map<unknown, string[]>();
    for (const [contact, epoch, sequence] of rows) {
      const group = groups.get(contact) ?? [];
      group.push(`${epoch}:${sequence}`);
      groups.set(contact, group);
    }
    return groups;
  };
  const wanted = byContact(
    appended.map(({ contact, epoch, sequence }) => [contact, epoch, sequence]),
  );
  assert.equal(log.length, appended.length);
  assert.deepEqual(byContact(log), wanted);
  for (const [contact, expected] of memberships) {
    assert.deepEqual([...membershipsOf(contact)], expected, contact);
  }
  const streams = new Set(appended.map(streamKey)).size;
  context.diagnostic(
    `${appended.length} deltas of ${contacts} contacts in ${streams} streams, applied ${log.length}, ` +
      `lost 0, twice 0, out of order 0; simulated ${Math.round((clock.now() - start) / 60_000)} minutes`,
  );
  for (const [name, number] of counts) context.diagnostic(`${name}: ${number}`);
});
