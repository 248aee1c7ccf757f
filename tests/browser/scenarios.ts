import assert from "node:assert/strict";
import type { SegmentDefinition } from "@fosterflow/segments";
import { Backend, everyFault } from "./backend.ts";
import { Site } from "./site.ts";
import { type BrowserPage, type PageGlobals, Tab, type TabOptions } from "./tab.ts";
import { assertAppliedOnce, event, plainMemberships, segmentsOf, until } from "./world.ts";

/** What can go wrong with storage and delivery, for any browser that can open pages. */

export const minute = 60_000;
export const day = 24 * 60 * minute;

export const segments: SegmentDefinition[] = [
  {
    version: 1,
    id: "viewers",
    when: { kind: "event", event: "Product Viewed", window: { last: { hours: 1 } } },
  },
  {
    version: 1,
    id: "abandoned",
    when: {
      kind: "sequence",
      steps: [
        { event: "Product Added" },
        { absent: true, event: "Order Completed", within: { hours: 2 } },
      ],
    },
  },
  { version: 1, id: "buyers", when: { kind: "event", event: "Order Completed" } },
  {
    version: 1,
    id: "pros",
    when: { kind: "attribute", attribute: "plan", op: "eq", value: "pro" },
  },
];

/** A profile of a browser: its pages share their storage. */
export interface Profile {
  openPage(): Promise<BrowserPage>;
  close(): Promise<void>;
}

export interface World {
  readonly backend: Backend;
  readonly site: Site;
  tab(given?: Partial<TabOptions>): Promise<Tab>;
}

/** Runs a scenario with a backend, a site and a profile of its own; afterwards every delta was applied once, in order. */
export async function inWorld(
  openProfile: () => Promise<Profile>,
  scenario: (world: World) => Promise<void>,
): Promise<void> {
  const backend = await Backend.open();
  const site = await Site.open(backend.route);
  const profile = await openProfile();
  try {
    await scenario({
      ...{ backend, site },
      tab: async (given = {}) =>
        new Tab(await profile.openPage(), site.origin, {
          segments,
          collects: true,
          ...given,
        }).open(),
    });
    assertAppliedOnce(backend.applied());
    assert.deepEqual(backend.failures, []);
  } finally {
    await profile.close();
    await site.close();
  }
}

/** Moves the clock of all pages, and lets them notice as they would: someone looks at them. */
export async function moveClock(site: Site, tab: Tab, by: number): Promise<void> {
  // A worker that is not there yet would not hear of it.
  await tab.pending();
  site.clockOffset += by;
  await tab.run((offset) => {
    (globalThis as unknown as PageGlobals).moveClock(offset);
    setTimeout(() => dispatchEvent(new Event("focus")), 50);
  }, site.clockOffset);
}

async function assertEverywhereAs(
  { backend, site }: World,
  tab: Tab,
  expected: readonly string[],
): Promise<void> {
  await tab.settled();
  const contact = await tab.contact();
  assert.deepEqual(segmentsOf(await tab.memberships()), expected);
  assert.deepEqual(segmentsOf(backend.memberships(contact)), expected);
  const messages = backend.messages.values();
  assert.deepEqual(await plainMemberships(segments, messages, contact, site.now()), expected);
  // Neither from memory nor from the last view: from what is stored.
  await tab.reload();
  await tab.track([event("Anything", site.now())]);
  assert.deepEqual(segmentsOf(await tab.memberships()), expected);
}

export const scenarios: Readonly<Record<string, (world: World) => Promise<void>>> = {
  async "offline for a day: what time changes is told with its exact instants, in order"(world) {
    const { backend, site, tab } = world;
    const page = await tab();
    await page.identify("u1");
    backend.isOffline = true;
    const seen = site.now();
    await page.track([event("Product Viewed", seen), event("Product Added", seen)]);
    await moveClock(site, page, day);
    await until("the window has moved on", async () =>
      segmentsOf(await page.memberships()).includes("abandoned"),
    );
    await page.track([event("Order Completed", site.now())]);
    await page.reload();
    assert.ok((await page.pending()).queued >= 4);
    backend.isOffline = false;
    await page.run(() => dispatchEvent(new Event("online")), null);
    await assertEverywhereAs(world, page, ["abandoned", "buyers"]);
    const told = backend
      .applied()
      .filter(({ cause }) => cause === "time")
      .map(({ segment, change, at }) => [segment, change, Date.parse(at) - seen]);
    assert.deepEqual(told, [
      ["viewers", "exited", 60 * minute],
      ["abandoned", "entered", 120 * minute],
    ]);
  },

  async "IndexedDB wiped: a new epoch opens, and the receiver knows what is still so"(world) {
    const { backend, site, tab } = world;
    const page = await tab();
    await page.identify("u1", { plan: "pro" });
    await page.track([event("Order Completed", site.now())]);
    await page.settled();
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["buyers", "pros"]);
    await page.run(
      () =>
        new Promise<void>((resolve) => {
          indexedDB.deleteDatabase("fosterflow-segments:default").onsuccess = () => resolve();
        }),
      null,
    );
    // While the page is open, and with what comes next.
    await page.track([event("Product Viewed", site.now())]);
    await page.settled();
    await until(
      "the new epoch is open",
      () => segmentsOf(backend.memberships("u1")).join() === "viewers",
    );
    assert.deepEqual(segmentsOf(await page.memberships()), ["viewers"]);
    assert.equal(new Set(backend.applied().map(({ epoch }) => epoch)).size, 2);
    await page.reload();
    await page.track([event("Order Completed", site.now())]);
    await page.settled();
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["buyers", "viewers"]);
    assert.equal(new Set(backend.applied().map(({ epoch }) => epoch)).size, 2);
  },

  async "clock moved: forward is as time passing, and back is put right in a new epoch"(world) {
    const { backend, site, tab } = world;
    const page = await tab();
    await page.identify("u1");
    await page.track([event("Product Viewed", site.now() - minute)]);
    await moveClock(site, page, 30 * day);
    await until("forward", async () => (await page.memberships()).length === 0);
    await page.settled();
    await moveClock(site, page, -30 * day);
    await until("back", async () => segmentsOf(await page.memberships()).join() === "viewers");
    await assertEverywhereAs(world, page, ["viewers"]);
    assert.equal(new Set(backend.applied().map(({ epoch }) => epoch)).size, 2);
    // A few seconds are nothing.
    await moveClock(site, page, -5000);
    await page.track([event("Order Completed", site.now())]);
    await assertEverywhereAs(world, page, ["buyers", "viewers"]);
    assert.equal(new Set(backend.applied().map(({ epoch }) => epoch)).size, 2);
  },

  async "three tabs: one leader, one view, and none is lost when the leader goes"(world) {
    const { site, tab } = world;
    const [first, second, third] = [await tab(), await tab(), await tab()];
    await first.identify("u1");
    await until("who is here is known everywhere", async () => {
      const contacts = await Promise.all([first, second, third].map((page) => page.contact()));
      return contacts.every((contact) => contact === "u1");
    });
    await third.track([event("Product Viewed", site.now())]);
    for (const page of [first, second, third]) {
      await until("the view is shared", async () =>
        segmentsOf(await page.memberships()).includes("viewers"),
      );
      assert.equal((await page.told()).deltas.filter(({ contact }) => contact === "u1").length, 1);
    }
    const kept = second.track(
      Array.from({ length: 50 }, () => event("Order Completed", site.now())),
    );
    await first.page.close();
    await kept;
    await third.identify("u1", { plan: "pro" });
    await assertEverywhereAs(world, second, ["buyers", "pros", "viewers"]);
    assert.deepEqual((await third.told()).degraded, []);
  },

  async "reloaded in the middle: what track returned for is there"(world) {
    const { backend, site, tab } = world;
    const page = await tab();
    await page.identify("u1");
    const all: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const events = Array.from({ length: 30 }, () => event("Product Viewed", site.now()));
      all.push(...events.map(({ messageId }) => messageId));
      // Nothing is waited for: the page goes at once.
      await page.run((given) => {
        const { tracker } = globalThis as unknown as PageGlobals;
        for (const { event: name, messageId, timestamp } of given) {
          void tracker.track(name, {}, { messageId, timestamp });
        }
      }, events);
      await page.reload();
    }
    await assertEverywhereAs(world, page, ["viewers"]);
    for (const messageId of all) assert.ok(backend.messages.has(messageId), messageId);
  },

  async "a receiver that fails 45 times of 100, and pages that go in between"(world) {
    const { backend, site, tab } = world;
    site.speed = 20;
    backend.faults = everyFault;
    let page = await tab();
    await page.identify("u1");
    for (let round = 0; round < 40; round += 1) {
      await page.track([event("Product Viewed", site.now()), event("Product Added", site.now())]);
      await page.identify(null, { plan: round % 2 === 0 ? "pro" : "free" });
      if (round % 8 === 4) await page.reload();
      if (round % 8 === 7) {
        await page.page.close();
        page = await tab();
      }
    }
    await page.settled();
    const contact = await page.contact();
    backend.faults = [];
    await page.settled();
    assert.deepEqual(
      segmentsOf(await page.memberships()),
      segmentsOf(backend.memberships(contact)),
    );
    assert.ok(backend.applied().length >= 40);
  },

  async "somebody else logs in, and the first comes back: each has their own, joined as the core joins"(
    world,
  ) {
    const { backend, site, tab } = world;
    const page = await tab();
    await page.track([event("Product Viewed", site.now())]);
    await page.identify("u1", { plan: "pro" });
    const reset = () =>
      page.run(() => (globalThis as unknown as PageGlobals).tracker.reset(), null);
    await reset();
    await page.track([event("Order Completed", site.now())]);
    const anonymous = await page.contact();
    assert.deepEqual(segmentsOf(await page.memberships()), ["buyers"]);
    await page.settled();
    assert.deepEqual(segmentsOf(backend.memberships(anonymous)), ["buyers"]);
    await page.identify("u1");
    await page.settled();
    assert.deepEqual(segmentsOf(backend.memberships(anonymous)), []);
    await assertEverywhereAs(world, page, ["buyers", "pros", "viewers"]);
    await page.identify("u2");
    await page.settled();
    assert.deepEqual(segmentsOf(await page.memberships()), []);
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["buyers", "pros", "viewers"]);
  },

  async "the receiver has lost deltas: a new epoch opens by itself"(world) {
    const { backend, site, tab } = world;
    const page = await tab();
    await page.identify("u1", { plan: "pro" });
    await page.settled();
    backend.forget();
    // A new epoch comes no sooner than a minute after the last.
    await moveClock(site, page, 2 * minute);
    await page.track([event("Order Completed", site.now())]);
    await until("the receiver knows", async () => {
      await page.flush();
      return segmentsOf(backend.memberships("u1")).join() === "buyers,pros";
    });
    backend.startLog();
  },

  async "a page that goes sends what is left by itself"(world) {
    const { backend, site, tab } = world;
    const page = await tab();
    await page.identify("u1");
    await page.settled();
    await page.track([event("Product Viewed", site.now())]);
    assert.equal(backend.memberships("u1").length, 0);
    await page.page.close();
    await until("the page's last words have come", () =>
      segmentsOf(backend.memberships("u1")).includes("viewers"),
    );
    assert.ok((backend.counts.get("unload sends") ?? 0) > 0);
  },
};
