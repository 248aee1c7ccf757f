import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchChromium, launchPersistentChromium } from "./chromium.ts";
import { inWorld, minute, moveClock, type Profile, scenarios } from "./scenarios.ts";
import type { PageGlobals } from "./tab.ts";
import { event, segmentsOf, until } from "./world.ts";

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

const pages: Page[] = [];

async function openProfile(): Promise<Profile> {
  const context = await browser.newContext();
  return {
    async openPage() {
      const page = await context.newPage();
      pages.push(page);
      return page;
    },
    close: () => context.close(),
  };
}

/** On the disk, whose quota can be set; other profiles are in memory. */
async function openPersistentProfile(): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), "tracker-"));
  const context = await launchPersistentChromium(folder);
  return {
    async openPage() {
      const page = await context.newPage();
      pages.push(page);
      return page;
    },
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

for (const [name, scenario] of Object.entries(scenarios)) {
  test(name, () => inWorld(openProfile, scenario));
}

const lastPage = () => pages.at(-1) as Page;

test("a leader whose tab is put to sleep loses its place, and writes nothing any more", () =>
  inWorld(openProfile, async ({ site, backend, tab }) => {
    const first = await tab();
    const leader = lastPage();
    await first.identify("u1");
    const second = await tab();
    const follower = lastPage();
    assert.deepEqual([leader.workers().length, follower.workers().length], [1, 0]);
    await second.run(() => new BroadcastChannel("test-sleep").postMessage(9000), null);
    await second.track([event("Product Viewed", site.now())]);
    assert.deepEqual(segmentsOf(await second.memberships()), ["viewers"]);
    assert.equal(follower.workers().length, 1);
    // What it is told while it wakes goes to the one that leads now.
    await first.track([event("Order Completed", site.now())]);
    await until("it has noticed", () => leader.workers().length === 0);
    await second.settled();
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["buyers", "viewers"]);
    assert.equal(new Set(backend.applied().map(({ epoch }) => epoch)).size, 1);
    assert.deepEqual(segmentsOf(await first.memberships()), ["buyers", "viewers"]);
  }));

test("without Web Locks, too, one leads, and one that was outlived writes nothing any more", () =>
  inWorld(openProfile, async ({ site, backend, tab }) => {
    site.pageScript = `Object.defineProperty(navigator, "locks", { value: undefined }); ${site.pageScript}`;
    const first = await tab();
    const leader = lastPage();
    await first.identify("u1");
    const second = await tab();
    const follower = lastPage();
    await second.track([event("Product Viewed", site.now())]);
    assert.deepEqual([leader.workers().length, follower.workers().length], [1, 0]);
    await second.run(() => new BroadcastChannel("test-sleep").postMessage(9000), null);
    await second.identify(null, { plan: "pro" });
    assert.equal(follower.workers().length, 1);
    // Its page does not know that it leads no more: the store does.
    assert.equal(leader.workers().length, 1);
    await first.track([event("Order Completed", site.now())]);
    await until("it has noticed", () => leader.workers().length === 0);
    await second.settled();
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["buyers", "pros", "viewers"]);
    assert.equal(new Set(backend.applied().map(({ epoch }) => epoch)).size, 1);
    assert.deepEqual(segmentsOf(await first.memberships()), ["buyers", "pros", "viewers"]);
  }));

test("without a worker, the engine runs in the page, and says so", () =>
  inWorld(openProfile, async ({ site, tab, backend }) => {
    const page = await tab({ options: { worker: "/nowhere.js" } });
    await page.identify("u1");
    await page.track([event("Product Viewed", site.now())]);
    assert.deepEqual(segmentsOf(await page.memberships()), ["viewers"]);
    assert.deepEqual(
      (await page.told()).degraded.map(({ code }) => code),
      ["worker_unavailable"],
    );
    await page.settled();
    await page.reload();
    assert.deepEqual(segmentsOf(await page.memberships()), ["viewers"]);
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["viewers"]);
  }));

test("where the core's file is not published, the one inside the package decides", () =>
  inWorld(openProfile, async ({ site, tab }) => {
    site.missing.add("/dist/contact.wasm");
    const page = await tab();
    await page.track([event("Product Viewed", site.now())]);
    assert.deepEqual(segmentsOf(await page.memberships()), ["viewers"]);
    assert.deepEqual((await page.told()).degraded, []);
  }));

test("without IndexedDB nothing outlives the page, which says so; localStorage still brings back what was not told", () =>
  inWorld(openProfile, async ({ site, tab, backend }) => {
    const page = await tab({ options: { worker: false, consent: false } });
    await page.run(() => {
      indexedDB.open = () => {
        throw new DOMException("not here", "SecurityError");
      };
      (globalThis as unknown as PageGlobals).tracker.optIn();
    }, null);
    await page.identify("u1");
    await page.track([event("Product Viewed", site.now())]);
    await page.settled();
    assert.deepEqual(segmentsOf(await page.memberships()), ["viewers"]);
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["viewers"]);
    assert.deepEqual(
      (await page.told()).degraded.map(({ code }) => code),
      ["storage_unavailable"],
    );
  }));

test("a full disk: it goes on in memory and says so, and the next page agrees with the receiver again", () =>
  inWorld(openPersistentProfile, async ({ site, tab, backend }) => {
    const page = await tab({ options: { consent: false } });
    const session = await lastPage().context().newCDPSession(lastPage());
    // Before anything is written: Chromium does not ask each time.
    const quota = { origin: site.origin, quotaSize: 500_000 };
    await session.send("Storage.overrideQuotaForOrigin", quota);
    await page.run(() => (globalThis as unknown as PageGlobals).tracker.optIn(), null);
    await page.identify("u1", { plan: "pro" });
    await page.settled();
    const big = { text: "x".repeat(30_000) };
    const views = Array.from({ length: 100 }, (_, index) => ({ ...big, index }));
    await page.track(views.map((view) => event("Product Viewed", site.now(), view)));
    await until("it says so", async () =>
      (await page.told()).degraded.some(({ code }) => code === "storage_full"),
    );
    await page.track([event("Order Completed", site.now())]);
    await page.settled();
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["buyers", "pros", "viewers"]);
    await session.send("Storage.overrideQuotaForOrigin", { origin: site.origin });
    await page.reload();
    await moveClock(site, page, 2 * minute);
    await page.identify(null, { plan: "free" });
    await until("receiver and page agree", async () => {
      await page.flush();
      const own = segmentsOf(await page.memberships()).join();
      return own === segmentsOf(backend.memberships("u1")).join() && !own.includes("pros");
    });
  }));

test("segments of an address: fetched with their ETag, kept for offline, put in force when they change", async () => {
  let text = JSON.stringify([
    { version: 1, id: "first", when: { kind: "event", event: "Product Viewed" } },
  ]);
  let isThere = true;
  const asked: (string | undefined)[] = [];
  await inWorld(openProfile, async ({ site, tab, backend }) => {
    site.routes.push((request, _, response) => {
      if (request.url !== "/segments.json") return false;
      const etag = `"${text.length}"`;
      asked.push(request.headers["if-none-match"]);
      if (!isThere) request.socket.destroy();
      else if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, "content-type": "application/json" }).end(text);
      return true;
    });
    const page = await tab({ segments: "/segments.json", options: { refreshEvery: 1000 } });
    await page.identify("u1");
    await page.track([event("Product Viewed", site.now())]);
    assert.deepEqual(segmentsOf(await page.memberships()), ["first"]);
    await until("it is asked again", () => asked.includes(`"${text.length}"`));
    isThere = false;
    await page.reload();
    assert.deepEqual(segmentsOf(await page.memberships()), ["first"]);
    text = text.replace("first", "second-one");
    isThere = true;
    await until("the new ones are in force", async () =>
      segmentsOf(await page.memberships()).includes("second-one"),
    );
    await page.settled();
    assert.deepEqual(segmentsOf(backend.memberships("u1")), ["second-one"]);
    assert.equal(backend.applied().at(-1)?.cause, "first");
    text = "[{}]";
    await until("what is no segment is refused", async () =>
      (await page.told()).refused.some(({ kind }) => kind === "segments"),
    );
    assert.deepEqual(segmentsOf(await page.memberships()), ["second-one"]);
  });
});

test("messages that the engine refuses are told by their id; the others count", () =>
  inWorld(openProfile, async ({ site, tab }) => {
    const page = await tab();
    await page.track([
      { ...event("Product Viewed", site.now()), messageId: "bad", timestamp: 1e99 },
      event("Order Completed", site.now()),
    ]);
    assert.deepEqual(segmentsOf(await page.memberships()), ["buyers"]);
    await until("it is told", async () => (await page.told()).refused.length > 0);
    const [refusal] = (await page.told()).refused;
    assert.equal(refusal?.kind === "message" && refusal.messageId, "bad");
  }));

test("a snippet's calls, queued and later, go to the tracker", () =>
  inWorld(openProfile, async ({ tab, backend }) => {
    const page = await tab();
    await page.run(() => {
      const globals = globalThis as unknown as PageGlobals & { analytics: unknown };
      const queue: unknown[] = [
        ["track", "Product Viewed", { sku: "A" }],
        ["identify", "u1", { plan: "pro" }],
      ];
      globals.analytics = queue;
      globals.browserPackage.adoptAnalytics(globals.tracker);
      const analytics = globals.analytics as Record<string, (...given: unknown[]) => unknown>;
      analytics["page"]?.("Shop", "Home", { extra: 1 });
      analytics["track"]?.("Order Completed");
      analytics["push"]?.(["track", "Product Added"]);
    }, null);
    await until(
      "they count",
      async () => segmentsOf(await page.memberships()).join() === "buyers,pros,viewers",
    );
    await page.settled();
    const messages = [...backend.messages.values()];
    assert.deepEqual(
      messages.map(({ type }) => type),
      ["track", "alias", "identify", "page", "track", "track"],
    );
    const viewed = messages[3] as { name?: string; properties?: Record<string, unknown> };
    assert.equal(viewed.name, "Home");
    assert.equal(viewed.properties?.["category"], "Shop");
    assert.equal(viewed.properties?.["path"], "/");
  }));

test("a token that is refused is got anew", () =>
  inWorld(openProfile, async ({ site, tab, backend }) => {
    const page = await tab({ options: { consent: false } });
    await page.run(() => {
      const globals = globalThis as unknown as PageGlobals & { asked: number };
      globals.asked = 0;
      globals.tracker.dispose();
      globals.tracker = globals.browserPackage.createTracker({
        segments: [{ version: 1, id: "buyers", when: { kind: "event", event: "Order Completed" } }],
        endpoint: `${location.origin}/backend`,
        consent: true,
        async token() {
          globals.asked += 1;
          return globals.asked === 1 ? "stale" : "good";
        },
      });
    }, null);
    await page.track([event("Order Completed", site.now())]);
    await until("it is delivered", async () => {
      await page.flush();
      return backend.applied().length === 1;
    });
    assert.equal(await page.run(() => (globalThis as unknown as { asked: number }).asked, null), 2);
  }));

test("who opts out in one tab has opted out in all", () =>
  inWorld(openProfile, async ({ site, tab, backend }) => {
    const leader = await tab();
    await leader.track([event("Order Completed", site.now())]);
    await leader.settled();
    const requests = backend.counts.get("requests");
    const other = await tab();
    await other.run(() => (globalThis as unknown as PageGlobals).tracker.optOut(), null);
    await until("the leader has heard", () =>
      leader.run(() => !(globalThis as unknown as PageGlobals).tracker.hasConsent, null),
    );
    await leader.track([event("Product Viewed", site.now())]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const kept = await leader.run(async () => {
      const databases = await indexedDB.databases();
      return [...databases.map(({ name }) => name), ...Object.keys(localStorage)];
    }, null);
    assert.deepEqual(kept, ["fosterflow-segments:default:consent"]);
    assert.equal(backend.counts.get("requests"), requests);
  }));

test("bundled into one file, with nothing published beside it, it works in the page's thread", () =>
  inWorld(openProfile, async ({ site, tab, backend }) => {
    for (const file of ["browser-worker.js", "contact.wasm", "core.wasm"]) {
      site.missing.add(`/${file}`);
    }
    const { outputFiles } = await bundle({
      stdin: {
        contents: `import * as package_ from "./browser.js"; globalThis.browserPackage = package_;`,
        resolveDir: fileURLToPath(new URL("../../dist/", import.meta.url)),
      },
      ...{ bundle: true, format: "esm", write: false, logLevel: "silent" },
    });
    site.pageScript = outputFiles[0]?.text ?? "";
    const page = await tab();
    await page.track([event("Product Viewed", site.now())]);
    assert.deepEqual(segmentsOf(await page.memberships()), ["viewers"]);
    assert.deepEqual(
      (await page.told()).degraded.map(({ code }) => code),
      ["worker_unavailable"],
    );
    await page.settled();
    assert.equal(backend.applied().length, 1);
  }));
