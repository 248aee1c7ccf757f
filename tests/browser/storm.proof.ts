import assert from "node:assert/strict";
import { test } from "node:test";
import type { SegmentDefinition } from "@fosterflow/segments";
import type { BrowserContext, Page } from "playwright-core";
import { seededRandom } from "../javascript/delivery_world.ts";
import { Backend, everyFault } from "./backend.ts";
import { launchChromium } from "./chromium.ts";
import { Site } from "./site.ts";
import { type PageGlobals, Tab } from "./tab.ts";
import {
  assertAppliedOnce,
  countsOf,
  event,
  plainMemberships,
  segmentsOf,
  until,
} from "./world.ts";

const seed = 20_261_123;
const leastDeltas = 10_000;
/** Time passes so much faster for the pages. */
const speed = 20;
const tabs = 3;
const minute = 60_000;

/** Entered by one message and left again by another, or by time after 2 to 21 minutes. */
const segments: SegmentDefinition[] = [
  ...Array.from({ length: 20 }, (_, index) => ({
    version: 1 as const,
    id: `seen-${index}`,
    when: {
      kind: "event" as const,
      event: "Product Viewed",
      window: { last: { minutes: 2 + index } },
    },
  })),
  ...Array.from({ length: 20 }, (_, index) => ({
    version: 1 as const,
    id: `reachable-${index}`,
    when: {
      kind: "all" as const,
      of: [
        { kind: "channel" as const, channel: "email", op: "reachable" as const },
        { kind: "event" as const, event: "Product Viewed" },
        { kind: "sample" as const, percent: 100, salt: `${index}` },
      ] as [SegmentDefinition["when"], ...SegmentDefinition["when"][]],
    },
  })),
];

interface Life {
  readonly page: Page;
  readonly tab: Tab;
  isCrashed: boolean;
}

test("pages that reload, crash and go, three at once, and a receiver that fails 45 times of 100", async (context) => {
  const random = seededRandom(seed);
  const backend = await Backend.open(random);
  const site = await Site.open(backend.route);
  site.speed = speed;
  const browser = await launchChromium();
  const window = await browser.newContext();
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let isReachable = false;
  /** What was told for certain: `track` had returned. */
  const told = new Set<string>();

  const begin = async (): Promise<Life> => {
    const page = await window.newPage();
    const tab = new Tab(page, site.origin, { segments, collects: true });
    await tab.open();
    return { page, tab, isCrashed: false };
  };
  const lives: Life[] = [];
  for (let place = 0; place < tabs; place += 1) lives.push(await begin());
  await lives[0]?.tab.identify("u1");
  backend.faults = everyFault;

  /** Begins a burst of messages; whether it comes to its end is seen later. */
  const burst = (life: Life) => {
    isReachable = !isReachable;
    const events = Array.from({ length: 1 + Math.floor(random() * 8) }, () =>
      event("Product Viewed", site.now()),
    );
    const done = life.tab.run(
      async ([given, reachable]) => {
        const { tracker } = globalThis as unknown as PageGlobals;
        const kept = given.map(({ event: name, messageId, timestamp, ...properties }) =>
          tracker.track(name, properties, { messageId, timestamp }),
        );
        kept.push(tracker.channel("email", reachable));
        await Promise.all(kept);
      },
      [events, isReachable] as const,
    );
    count("bursts");
    return done.then(
      () => {
        for (const { messageId } of events) told.add(messageId);
      },
      () => count("bursts cut short"),
    );
  };

  const disturb = async (place: number) => {
    const life = lives[place] as Life;
    const chance = random();
    const isLeader = await leads(life.page);
    if (chance < 0.3) {
      count(isLeader ? "leader reloaded" : "follower reloaded");
      await life.tab.reload();
    } else if (chance < 0.6) {
      count(isLeader ? "leader crashed" : "follower crashed");
      await crash(window, life.page);
      await life.page.close();
      lives[place] = await begin();
    } else if (chance < 0.9) {
      count(isLeader ? "leader closed" : "follower closed");
      await life.page.close();
      lives[place] = await begin();
    } else {
      count("offline for an hour");
      backend.isOffline = true;
      await new Promise((resolve) => setTimeout(resolve, (60 * minute) / speed / 30));
      backend.isOffline = false;
    }
  };

  const decided = () => backend.applied().length;
  const end = Date.now() + 15 * minute;
  while (decided() < leastDeltas) {
    assert.ok(Date.now() < end, `only ${decided()} deltas in time: ${countsOf(backend)}`);
    const place = Math.floor(random() * tabs);
    const bursts = [burst(lives[place] as Life)];
    if (random() < 0.5) bursts.push(burst(lives[(place + 1) % tabs] as Life));
    // In the middle of it, now and then.
    if (random() < 0.12) await disturb(place);
    await Promise.all(bursts);
  }

  const last = lives[0] as Life;
  await last.tab.settled(5 * minute);
  await until(
    "all that was decided is applied, and nothing changes by time any more",
    async () => {
      await last.tab.settled();
      return (await last.tab.memberships()).every(({ segment }) => !segment.startsWith("seen"));
    },
    5 * minute,
  );
  await last.tab.settled();

  const applied = backend.applied();
  assertAppliedOnce(applied);
  assert.deepEqual(backend.failures, []);
  assert.ok(applied.length >= leastDeltas);
  for (const messageId of told) assert.ok(backend.messages.has(messageId), messageId);
  const memberships = segmentsOf(await last.tab.memberships());
  assert.deepEqual(memberships, segmentsOf(backend.memberships("u1")));
  const messages = backend.messages.values();
  assert.deepEqual(memberships, await plainMemberships(segments, messages, "u1", site.now()));
  const epochs = new Set(applied.map(({ epoch }) => epoch)).size;
  context.diagnostic(
    `${applied.length} deltas of ${backend.messages.size} messages applied once, in order, none lost, in ${epochs} epoch`,
  );
  context.diagnostic(`receiver: ${countsOf(backend)}`);
  context.diagnostic([...counts].map(([name, number]) => `${name} ${number}`).join(", "));
  await browser.close();
  await site.close();
});

async function leads(page: Page): Promise<boolean> {
  return page.workers().length > 0;
}

async function crash(window: BrowserContext, page: Page): Promise<void> {
  const session = await window.newCDPSession(page);
  const isOver = page.waitForEvent("crash");
  // It has no answer: there is nobody left to give one.
  session.send("Page.crash").catch(() => {});
  await isOver;
}
