import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { setClockOffset } from "../../source/clock.ts";
import { ContactStorage } from "../../source/contact/contact_storage.ts";
import { keepOpen, openContactCount } from "../../source/engine/open_contacts.ts";
import { limitRate } from "../../source/http/rate_limit.ts";
import {
  feedPruneInterval,
  feedRetention,
  mostDefinitionBytes,
  mostOpenContacts,
  mostSampleMessages,
  mostSegments,
} from "../../source/limits.ts";
import { shardOf } from "../../source/shard/shard_of.ts";
import {
  ask,
  basic,
  contactStub,
  define,
  registryStub,
  shardStubs,
  track,
} from "./inside_world.ts";
import { adminKey, writeKey } from "./workspaces.ts";

afterEach(() => {
  vi.restoreAllMocks();
  setClockOffset(0);
});

const definition = { version: 1, when: { kind: "event", event: "Bounded" } };

/** Puts rows into the registry as they would be after many calls, and takes them out again. */
async function withSegments(count: number, padding: number, work: () => Promise<void>) {
  const insert = (stub: ReturnType<typeof registryStub>) =>
    runInDurableObject(stub, (_, { storage }) => {
      for (let index = 0; index < count; index += 1) {
        const text = JSON.stringify({
          ...definition,
          id: `bound-${index}`,
          x: "ü".repeat(padding),
        });
        storage.sql.exec(
          "INSERT INTO segments (id, definition, hash, createdAt, updatedAt, version) VALUES (?, ?, '', 0, 0, 0)",
          ...[`bound-${index}`, text],
        );
      }
    });
  await ask("GET", "/v1/segments");
  await insert(registryStub());
  try {
    await work();
  } finally {
    await runInDurableObject(registryStub(), (_, { storage }) => {
      storage.sql.exec("DELETE FROM segments WHERE id LIKE 'bound-%'");
    });
  }
}

test("a workspace has so many segments", async () => {
  await withSegments(mostSegments, 0, async () => {
    expect((await ask("PUT", "/v1/segments/more", definition)).status).toBe(409);
  });
  expect((await ask("PUT", "/v1/segments/more", definition)).status).toBe(201);
});

test("all definitions together have so many bytes, which are not characters", async () => {
  const each = 400_000;
  await withSegments(Math.ceil(mostDefinitionBytes / (2 * each)), each, async () => {
    expect((await ask("PUT", "/v1/segments/heavy", definition)).status).toBe(409);
  });
});

test("so many messages of a contact are kept for the sample, the newest", async () => {
  await runInDurableObject(contactStub("many-messages"), (_, { storage }) => {
    const stored = new ContactStorage(storage.sql);
    stored.saveRecord({
      ...{ workspace: "test", contact: "many-messages", epoch: "e", version: 0, isSampled: true },
      ...{ standing: { kind: "here" }, reportedParked: {} },
    });
    const lines = Array.from({ length: mostSampleMessages + 5 }, (_line, index) => String(index));
    stored.appendMessages(lines);
    expect(stored.messages()).toEqual(lines.slice(5));
  });
});

test("so many contacts are in memory; the one that was not used for longest goes", () => {
  const before = openContactCount();
  const closed: number[] = [];
  const owners = Array.from({ length: mostOpenContacts + 1 }, (_, index) => ({ index }));
  for (const owner of owners.slice(0, -1)) keepOpen(owner, () => closed.push(owner.index));
  const [first] = owners;
  if (first !== undefined) keepOpen(first, () => closed.push(0));
  keepOpen(owners.at(-1) ?? {}, () => undefined);
  expect(openContactCount()).toBe(mostOpenContacts);
  // Those that were open before go first; of ours the second, since the first was used again.
  expect(closed[0]).toBe(before === 0 ? 1 : closed[0]);
  expect(closed).not.toContain(0);
});

test("the feed goes back so far; an older cursor is told so", async () => {
  await define("fed", { kind: "event", event: "Fed" });
  await track("fed", "Fed", "fed-1");
  const feed = async (after?: string) =>
    ask("GET", `/v1/deltas?limit=1000${after === undefined ? "" : `&after=${after}`}`);
  await vi.waitFor(async () =>
    expect(JSON.stringify((await feed()).json)).toContain('"contact":"fed"'),
  );
  const shard = shardStubs()[shardOf("fed")];
  if (shard === undefined) throw new Error("no shard");
  const cursor = btoa(JSON.stringify(shardStubs().map(() => 0)));
  expect((await feed(cursor)).status).toBe(200);
  await runInDurableObject(shard, (_, { storage }) => {
    for (let index = 0; index < feedPruneInterval; index += 1) {
      storage.sql.exec(
        "INSERT INTO feed (contact, receivedAt, delta) VALUES ('fed', ?, '{}')",
        Date.now() - feedRetention - 1000,
      );
    }
  });
  await define("fed-again", { kind: "event", event: "Fed", op: "gte", value: 2 });
  await track("fed", "Fed", "fed-2");
  await vi.waitFor(async () => expect((await feed(cursor)).status).toBe(410));
  expect((await feed(cursor)).json["code"]).toBe("cursor_expired");
  expect(JSON.stringify((await feed()).json)).toContain('"segment":"fed-again"');
});

test("a bucket of a rate fills again with time", () => {
  const take = (amount: number) => {
    try {
      limitRate("bucket", amount, 10);
      return true;
    } catch {
      return false;
    }
  };
  vi.spyOn(Date, "now").mockReturnValue(1_000_000);
  expect([take(50), take(1)]).toEqual([true, false]);
  vi.spyOn(Date, "now").mockReturnValue(1_000_200);
  expect([take(2), take(1)]).toEqual([true, false]);
  // More than it ever has goes when it is full, and leaves a debt.
  vi.spyOn(Date, "now").mockReturnValue(1_010_000);
  expect([take(80), take(1)]).toEqual([true, false]);
  vi.spyOn(Date, "now").mockReturnValue(1_012_900);
  expect(take(1)).toBe(false);
  // A clock that is put back gives nothing.
  vi.spyOn(Date, "now").mockReturnValue(900_000);
  expect(take(1)).toBe(false);
});

test("keys are compared in constant time", async () => {
  const compare = vi.spyOn(crypto.subtle, "timingSafeEqual");
  const compares = async (authorization: string, path: string, status: number) => {
    const before = compare.mock.calls.length;
    const isTracking = path === "/v1/track";
    const answer = await ask(
      isTracking ? "POST" : "GET",
      path,
      isTracking ? {} : undefined,
      authorization,
    );
    expect(answer.status).toBe(status);
    return compare.mock.calls.length - before;
  };
  expect(await compares(`Bearer ${adminKey}`, "/v1/parameters", 200)).toBeGreaterThan(0);
  expect(await compares(basic(writeKey), "/v1/track", 400)).toBeGreaterThan(0);
  expect(await compares("Bearer wrong-metrics-key", "/metrics", 401)).toBeGreaterThan(0);
});

test("a refresh goes on where it was when its object ends, and touches every contact", async () => {
  const contacts = Array.from({ length: 48 }, (_, index) => `walked-${index}`);
  const batch = contacts.map((userId) => ({
    ...{ type: "track", userId, event: "Walked", messageId: userId },
  }));
  expect((await ask("POST", "/v1/batch", { batch }, basic(writeKey))).status).toBe(200);
  const indexed = async () => Number((await ask("GET", "/v1/segments")).json["contacts"]);
  await vi.waitFor(
    async () => expect(await indexed()).toBeGreaterThanOrEqual(contacts.length),
    waiting,
  );
  await define("walked", { kind: "event", event: "Walked" });
  expect((await ask("POST", "/v1/segments/walked/refresh")).status).toBe(202);
  const walk = () =>
    runInDurableObject(registryStub(), (_, { storage }) => {
      const row = storage.sql.exec("SELECT value FROM fields WHERE name = 'refresh'").one();
      return JSON.parse(String(row["value"])) as { state: string; shard: number };
    });
  const places: number[] = [];
  for (let state = "running"; state === "running" && places.length < 200; ) {
    await runDurableObjectAlarm(registryStub());
    await evictDurableObject(registryStub());
    const now = await walk();
    places.push(now.shard);
    state = now.state;
  }
  // It never begins anew.
  expect(places).toEqual([...places].sort((left, right) => left - right));
  expect((await walk()).state).toBe("done");
  await vi.waitFor(
    async () =>
      expect((await ask("GET", "/v1/segments/walked")).json["count"]).toBe(contacts.length),
    waiting,
  );
});

/** For what comes by itself, on a machine that is busy. */
const waiting = { timeout: 30_000, interval: 100 };
