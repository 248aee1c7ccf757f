import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../tests/javascript/delivery_world.ts";
import { replay } from "../../tests/oracle/replay.ts";
import { type LocalRun, prepareLocal, putEndpoint, serveLocal } from "../local/start.mjs";
import { type BackendLog, FlakyBackend } from "./flaky_backend.ts";

export interface FaultRunOptions {
  readonly messages: number;
  readonly contacts: number;
  readonly connections: number;
  readonly kills: number;
  readonly port: number;
}

interface Sent {
  readonly type: string;
  readonly userId: string;
  readonly messageId: string;
  readonly timestamp: string;
}

const source = "edge:local";
/** Contacts are in `pinged` so long after their last message. */
const pingedSeconds = 30;
/** A contact that fails often waits long; then the backend is healed and everything must come soon. */
const patience = 240_000;

/** They flip often: each message of a contact can make it enter or leave several. */
const segments = [
  rule("many-views", { kind: "event", event: "Viewed", op: "gte", value: 5 }),
  rule("few-views", {
    kind: "event",
    event: "Viewed",
    op: "between",
    value: [1, 3],
    window: { last: { days: 2 } },
  }),
  rule("spender", {
    kind: "event",
    event: "Ordered",
    measure: { fn: "sum", property: "total" },
    op: "gte",
    value: 120,
  }),
  rule("last-was-red", {
    kind: "event",
    event: "Viewed",
    measure: { fn: "last", property: "colour" },
    op: "eq",
    value: "red",
  }),
  rule("gold", { kind: "attribute", attribute: "level", op: "eq", value: "gold" }),
  rule("gold-and-red", {
    kind: "all",
    of: [
      { kind: "segment", segment: "gold", op: "in" },
      { kind: "segment", segment: "last-was-red", op: "in" },
    ],
  }),
  rule("bought-after-view", {
    kind: "sequence",
    window: { last: { days: 3 } },
    steps: [{ event: "Viewed" }, { event: "Ordered", within: { days: 1 } }],
  }),
  rule("reachable", { kind: "channel", channel: "email", op: "reachable" }),
  rule("pinged", { kind: "event", event: "Pinged", window: { last: { seconds: pingedSeconds } } }),
];

function rule(id: string, when: unknown) {
  return { version: 1, id, when };
}

/**
 * Sends messages over several connections while the worker's process group is killed again and again and the backend fails, and
 * compares what the backend has applied in the end with the oracle's replay of the messages.
 */
export async function faultRun({
  messages,
  contacts,
  connections,
  kills,
  port,
}: FaultRunOptions): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), "edge-faults-"));
  const prepared = await prepareLocal({ port, dataFolder });
  const { url, keys } = prepared;
  const backend = new FlakyBackend(keys.webhookSecret);
  const backendUrl = await backend.listen();
  const options = { quiet: true, detached: true };
  let run: LocalRun = await serveLocal(prepared, options);
  const counts = { kills: 0, retries: 0, requests: 0 };
  const begun = performance.now();
  try {
    for (const segment of segments) await managed(`/v1/segments/${segment.id}`, segment);
    await putEndpoint(url, keys, backendUrl);

    const sent = new Map<string, Sent[]>();
    const plan = plannedMessages(messages, contacts);
    let accepted = 0;
    let isLoading = true;
    const killer = (async () => {
      // The last of them while time moves contacts out of `pinged`.
      for (let kill = 1; kill < kills; kill += 1) {
        while (isLoading && accepted < (messages * kill) / kills) await sleep(5);
        run = await killed(run);
      }
    })();
    await Promise.all(
      Array.from({ length: connections }, async (_, connection) => {
        for (const [contact, list] of plan) {
          if (contactNumber(contact) % connections !== connection) continue;
          for (let from = 0; from < list.length; from += 5) {
            const batch = stamped(list.slice(from, from + 5));
            await post({ batch });
            sent.set(contact, [...(sent.get(contact) ?? []), ...batch]);
            accepted += batch.length;
          }
        }
      }),
    );
    isLoading = false;
    await killer;

    const waiting = [...plan.keys()];
    const ping = async () => {
      for (let userId = waiting.shift(); userId !== undefined; userId = waiting.shift()) {
        const message = { type: "track", event: "Pinged", userId, messageId: `ping-${userId}` };
        const batch = stamped([message]);
        await post({ batch });
        sent.get(userId)?.push(...batch);
      }
    };
    await Promise.all(Array.from({ length: connections }, ping));
    if (kills > 0) run = await killed(run);

    const expected = expectedDeltas(sent);
    await settled(backend, expected.length);
    const log = backend.log();
    checkLog(log, expected);
    await checkMemberships(backend, sent.keys());
    return summary(log, expected.length);
  } finally {
    process.kill(-(run.process.pid ?? 0), "SIGKILL");
    backend.close();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }

  async function killed(alive: LocalRun): Promise<LocalRun> {
    const ended = new Promise((resolve) => alive.process.once("exit", resolve));
    process.kill(-(alive.process.pid ?? 0), "SIGKILL");
    await ended;
    counts.kills += 1;
    return serveLocal(prepared, options);
  }

  /** Until the worker says that all of it is stored. */
  async function post(body: unknown): Promise<void> {
    for (;;) {
      counts.requests += 1;
      try {
        const response = await fetch(`${url}/v1/batch`, {
          method: "POST",
          headers: { authorization: `Basic ${btoa(`${keys.writeKey}:`)}` },
          body: JSON.stringify(body),
        });
        const text = await response.text();
        if (response.ok) {
          assert.deepEqual((JSON.parse(text) as { refused: unknown }).refused, []);
          return;
        }
        assert.ok(response.status >= 500, `status ${response.status}: ${text}`);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
      }
      counts.retries += 1;
      await sleep(20);
    }
  }

  async function managed(path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? "GET" : "PUT",
      headers: { authorization: `Bearer ${keys.adminKey}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** Heals the backend after a while, and waits until everything is there. */
  async function settled(flaky: FlakyBackend, wanted: number): Promise<void> {
    const until = Date.now() + patience;
    await sleep(pingedSeconds * 1000);
    flaky.isHealthy = true;
    while (flaky.log().length < wanted && Date.now() < until) await sleep(200);
    // What is too much would come now.
    await sleep(1500);
  }

  async function checkMemberships(flaky: FlakyBackend, ids: Iterable<string>): Promise<void> {
    const applied = flaky.memberships();
    for (const contact of ids) {
      const { segments: listed } = await managed(`/v1/contacts/${contact}/segments`);
      const here = (listed as { segment: string }[]).map(({ segment }) => segment);
      assert.deepEqual(applied.get(contact) ?? [], here, `the memberships of ${contact}`);
    }
  }

  function summary(log: BackendLog, expected: number): string {
    const all = [...backend.outcomes.values()].reduce((sum, count) => sum + count, 0);
    const failed = all - (backend.outcomes.get("ok") ?? 0);
    return [
      `${messages} messages and ${contacts} pings of ${contacts} contacts over ${connections} connections`,
      `${counts.kills} kills of the process group, ${counts.retries} requests sent again`,
      `${all} deliveries, ${failed} of them failed: ${[...backend.outcomes].map(([name, count]) => `${name} ${count}`).join(", ")}`,
      `${log.length} deltas applied of ${expected} that the oracle expects: each once, in order, equal`,
      `${((performance.now() - begun) / 1000).toFixed(1)} s`,
    ].join("\n");
  }
}

/** Exactly the expected deltas, each once, in order within each contact, in one epoch a contact. */
function checkLog(log: BackendLog, expected: readonly string[]): void {
  const last = new Map<string, number>();
  const epochs = new Map<string, string>();
  for (const { contact, epoch, sequence } of log) {
    assert.equal(sequence, (last.get(contact) ?? 0) + 1, `a gap or a repetition at ${contact}`);
    last.set(contact, sequence);
    assert.equal(epochs.get(contact) ?? epoch, epoch, `a second epoch of ${contact}`);
    epochs.set(contact, epoch);
  }
  const applied = log.map(({ delta }) => comparable(JSON.parse(delta) as Told));
  const wanted = new Set(expected);
  const found = new Set(applied);
  assert.deepEqual(
    {
      missing: expected.filter((delta) => !found.has(delta)).slice(0, 20),
      tooMuch: applied.filter((delta) => !wanted.has(delta)).slice(0, 20),
      applied: applied.length,
    },
    { missing: [], tooMuch: [], applied: expected.length },
  );
}

interface Told {
  readonly contact: string;
  readonly sequence: number;
  readonly segment: string;
  readonly definition: string;
  readonly change: string;
  readonly at: string;
  readonly cause: string;
  readonly messageId?: string | undefined;
}

/** What must be equal. `at` of a message's change is when it was applied, which the oracle cannot know; that of time is exact. */
function comparable({
  contact,
  sequence,
  segment,
  definition,
  change,
  at,
  cause,
  messageId,
}: Told): string {
  const number = String(sequence).padStart(6, "0");
  const instant = cause === "time" ? at : "";
  return [contact, number, segment, definition, change, cause, messageId ?? "", instant].join(" ");
}

/** What the oracle tells of each contact's messages. */
function expectedDeltas(sent: ReadonlyMap<string, readonly Sent[]>): string[] {
  return [...sent.values()].flatMap((list) => {
    const lines = list.map((message) => JSON.stringify(message));
    const last = Date.parse(list.at(-1)?.timestamp ?? "");
    const until = last + (pingedSeconds + 5) * 1000;
    const { deltas, refused } = replay({
      definitions: segments,
      lines,
      until,
      source,
      epoch: "any",
    });
    assert.deepEqual(refused, []);
    return deltas.map(comparable);
  });
}

function contactNumber(contact: string): number {
  return Number(contact.slice(1));
}

/** The messages of each contact, in order; when they happen is decided when they are sent. */
function plannedMessages(
  messages: number,
  contacts: number,
): Map<string, Record<string, unknown>[]> {
  const random = seededRandom(7);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  const makers = [
    () => ({ type: "track", event: "Viewed", properties: { colour: pick(["red", "blue"]) } }),
    () => ({ type: "track", event: "Viewed", properties: { colour: pick(["red", "green"]) } }),
    () => ({ type: "track", event: "Ordered", properties: { total: Math.floor(random() * 100) } }),
    () => ({ type: "identify", traits: { level: pick(["gold", "silver"]) } }),
    () => ({ type: "channel", channel: "email", reachable: random() < 0.5 }),
  ];
  const plan = new Map<string, Record<string, unknown>[]>();
  for (let index = 0; index < messages; index += 1) {
    const userId = `c${index % contacts}`;
    const message = { ...pick(makers)(), userId, messageId: `m${index}` };
    plan.set(userId, [...(plan.get(userId) ?? []), message]);
  }
  return plan;
}

let lastInstant = 0;

/** Each a millisecond after the one before, and not ahead of the clock by more than a batch. */
function stamped(batch: readonly Record<string, unknown>[]): Sent[] {
  return batch.map((message) => {
    lastInstant = Math.max(lastInstant + 1, Date.now() - 1000);
    return { ...message, timestamp: new Date(lastInstant).toISOString() } as unknown as Sent;
  });
}
