import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createReceiver, sqliteSchema, sqliteStore } from "@fosterflow/segments/receiver";
import { createSender, MemoryOutbox } from "../../bindings/delivery/index.ts";
import { deltaServer } from "../../docs/examples/receiver/http-server.mjs";
import { openSqlite, secret, sequences, someDeltas, TestClock } from "./delivery_world.ts";
import { deliverToExample } from "./receiver_examples.ts";

test("over real connections, what was applied before one broke is not applied again", async () => {
  const { database, query } = await openSqlite();
  database.exec(sqliteSchema);
  const applied: number[] = [];
  let breaks = 1;
  const receiver = await createReceiver({
    store: sqliteStore(query),
    secrets: [secret],
    onApplied: ({ deltas }) => void applied.push(...sequences(deltas)),
  });
  const server = deltaServer({
    async receive(request) {
      const response = await receiver.receive(request);
      if (breaks > 0) server.closeAllConnections();
      breaks -= 1;
      return response;
    },
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const outbox = new MemoryOutbox();
    outbox.append(someDeltas(1, 150));
    const clock = new TestClock(Date.now());
    const endpoint = `http://127.0.0.1:${port}/v1/deltas`;
    const sender = await createSender({ endpoint, outbox, clock, secrets: [secret] });
    const next = await sender.deliver();
    assert.ok(next !== null);
    assert.deepEqual(
      applied,
      [...Array(100).keys()].map((n) => n + 1),
    );
    clock.advanceTo(next);
    assert.equal(await sender.deliver(), null);
    assert.deepEqual(
      applied,
      [...Array(150).keys()].map((n) => n + 1),
    );
    const astray = await fetch(`http://127.0.0.1:${port}/elsewhere`, { method: "POST" });
    assert.equal(astray.status, 404);
    assert.equal((await fetch(endpoint)).status, 405);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

/** From Node.js 22.13 on. */
const hasSqlite = isBuiltin("node:sqlite");

test("the example for SQLite receives", { skip: !hasSqlite && "no node:sqlite" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "segments-receiver-"));
  try {
    await deliverToExample("sqlite.mjs", { DATABASE_FILE: join(folder, "deltas.sqlite") });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
