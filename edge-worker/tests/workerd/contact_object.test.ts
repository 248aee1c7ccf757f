import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { setClockOffset } from "../../source/clock.ts";
import type { ContactObject } from "../../source/contact/contact_object.ts";
import { app } from "../../source/http/app.ts";
import { openApiDocument } from "../../source/studio/openapi.ts";
import { ask, basic, define, segmentsOf, contactStub as stub, track } from "./inside_world.ts";
import { writeKey } from "./workspaces.ts";

afterEach(() => {
  vi.restoreAllMocks();
  setClockOffset(0);
});

interface Told {
  readonly contact: string;
  readonly segment: string;
  readonly change: string;
  readonly cause: string;
  readonly at: string;
}

/** The deltas of a contact in the feed. */
async function told(contact: string): Promise<Told[]> {
  const { json } = await ask("GET", "/v1/deltas?limit=1000");
  return (json["deltas"] as Told[]).filter((delta) => delta.contact === contact);
}

/** The deltas that wait for the index, as they are stored. */
function waiting(
  contact: string,
): Promise<{ change: string; at: string; sequence: number; cause: string }[]> {
  return runInDurableObject<
    ContactObject,
    { change: string; at: string; sequence: number; cause: string }[]
  >(stub(contact), (_, state) =>
    state.storage.sql
      .exec("SELECT delta FROM outbox ORDER BY sequence")
      .toArray()
      .map((row) => JSON.parse(String(row["delta"]))),
  );
}

test("the document of the API has every route, and routes only", () => {
  const documented = Object.entries(openApiDocument.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((name) => name !== "parameters")
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  expect([...new Set(routes)].sort()).toEqual(documented.sort());
});

test("an object that was evicted goes on where it was, its outbox too", async () => {
  await define("evicted", { kind: "event", event: "Evicted", op: "gte", value: 2 });
  await track("evicted", "Evicted", "1");
  await evictDurableObject(stub("evicted"));
  await track("evicted", "Evicted", "2");
  await evictDurableObject(stub("evicted"));
  expect(await segmentsOf("evicted")).toEqual(["evicted"]);
  const all = await waiting("evicted");
  expect(all.length <= 1).toBe(true);
  await runDurableObjectAlarm(stub("evicted"));
  await vi.waitFor(async () => expect(await told("evicted")).toHaveLength(1));
});

test("an alarm that comes late tells the exact instants, and is set again", async () => {
  await define("fresh", { kind: "event", event: "Ticked", window: { last: { hours: 1 } } });
  await define("later", { kind: "event", event: "Ticked", window: { before: { hours: 2 } } });
  const timestamp = Date.now() - 1000;
  await track("late", "Ticked", "1", timestamp);
  setClockOffset(90 * 60_000);
  await runDurableObjectAlarm(stub("late"));
  expect(await segmentsOf("late")).toEqual([]);
  const alarm = await runInDurableObject(stub("late"), (_, state) => state.storage.getAlarm());
  expect(alarm).not.toBeNull();
  setClockOffset(5 * 3_600_000);
  await runDurableObjectAlarm(stub("late"));
  expect(await segmentsOf("late")).toEqual(["later"]);
  await vi.waitFor(async () => {
    const timed = (await told("late")).filter(({ cause }) => cause === "time");
    expect(
      timed.map(({ segment, change, at }) => [segment, change, Date.parse(at) - timestamp]),
    ).toEqual([
      ["fresh", "exited", 3_600_000],
      ["later", "entered", 7_200_000],
    ]);
  });
});

test("a clock that is put back changes nothing that was decided, and what comes after counts", async () => {
  await define("jumped", {
    kind: "event",
    event: "Jumped",
    op: "gte",
    value: 2,
    window: { last: { days: 1 } },
  });
  setClockOffset(3 * 3_600_000);
  await track("jumps", "Jumped", "1");
  setClockOffset(-3 * 3_600_000);
  await track("jumps", "Jumped", "2");
  expect(await segmentsOf("jumps")).toEqual(["jumped"]);
  await runDurableObjectAlarm(stub("jumps"));
  setClockOffset(0);
  await vi.waitFor(async () => expect(await told("jumps")).toHaveLength(1));
});

test("an alarm never throws, and comes again when its work failed", async () => {
  await define("failing", { kind: "event", event: "Failing" });
  await track("failing", "Failing", "1");
  await runInDurableObject<ContactObject, void>(stub("failing"), async (instance, state) => {
    vi.spyOn(state.storage, "transactionSync").mockImplementation(() => {
      throw new Error("the disk is full");
    });
    await state.storage.deleteAlarm();
    await expect(instance.alarm()).resolves.toBeUndefined();
    expect(await state.storage.getAlarm()).not.toBeNull();
  });
});

test("a transaction that fails leaves memory and storage as they were", async () => {
  await define("rolled", { kind: "event", event: "Rolled" });
  await track("rolled", "Other", "0");
  await runInDurableObject<ContactObject, void>(stub("rolled"), async (instance, state) => {
    const exec = vi.spyOn(state.storage.sql, "exec").mockImplementation(() => {
      throw new Error("the disk is full");
    });
    const line = JSON.stringify({
      type: "track",
      userId: "rolled",
      event: "Rolled",
      messageId: "1",
    });
    const request = { workspace: "test", contact: "rolled", lines: [line], isSampled: false };
    await expect(instance.apply(request)).rejects.toThrow();
    exec.mockRestore();
  });
  expect(await segmentsOf("rolled")).toEqual([]);
  await track("rolled", "Rolled", "1");
  expect(await segmentsOf("rolled")).toEqual(["rolled"]);
});

test("asking about a contact that nobody knows leaves nothing behind", async () => {
  expect((await ask("GET", "/v1/contacts/nobody/segments")).status).toBe(404);
  const tables = await runInDurableObject(stub("nobody"), (_, state) =>
    state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'fields'").toArray(),
  );
  expect(tables).toEqual([]);
});

test("a contact of 1,000 events takes 24 kB", async () => {
  const batch = Array.from({ length: 1000 }, (_, index) => ({
    type: "track",
    userId: "large",
    event: ["Product Viewed", "Product Added", "Order Completed"][index % 3],
    messageId: crypto.randomUUID(),
    timestamp: Date.now() - index * 60_000,
    properties: {
      sku: `SKU-${index % 100}`,
      price: (index % 250) + 0.5,
      category: "Shoes",
      quantity: index % 4,
    },
  }));
  for (let from = 0; from < batch.length; from += 250) {
    const { status } = await ask(
      "POST",
      "/v1/batch",
      { batch: batch.slice(from, from + 250) },
      basic(writeKey),
    );
    expect(status).toBe(200);
  }
  const bytes = await runInDurableObject(stub("large"), (_, state) =>
    Number(
      state.storage.sql.exec("SELECT sum(length(bytes)) AS bytes FROM snapshot").one()["bytes"],
    ),
  );
  expect(bytes).toBeLessThanOrEqual(24_000);
});
