import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { SegmentDefinition } from "@fosterflow/segments";
import type { Browser } from "playwright-core";
import { Backend } from "./backend.ts";
import { chromiumFile, launchChromium } from "./chromium.ts";
import { moveClock } from "./scenarios.ts";
import { Site } from "./site.ts";
import { type PageGlobals, Tab, type TabOptions } from "./tab.ts";
import { assertAppliedOnce, event, segmentsOf, until } from "./world.ts";

/** A part of the proofs that every run of the tests can afford; `npm run test:browser` has the others. */

const segments: SegmentDefinition[] = [
  {
    version: 1,
    id: "viewers",
    when: { kind: "event", event: "Product Viewed", window: { last: { minutes: 10 } } },
  },
  { version: 1, id: "buyers", when: { kind: "event", event: "Order Completed" } },
];

const skip = chromiumFile === undefined ? "there is no Chromium: apt-get install chromium" : false;

let browser: Browser;
before(async () => {
  if (!skip) browser = await launchChromium();
});
after(() => browser?.close());

async function opened(given: Partial<TabOptions> = {}) {
  const backend = await Backend.open();
  const site = await Site.open(backend.route);
  const context = await browser.newContext();
  const tab = async () =>
    new Tab(await context.newPage(), site.origin, { segments, collects: true, ...given }).open();
  const close = async () => {
    await context.close();
    await site.close();
    assert.deepEqual(backend.failures, []);
  };
  return { backend, site, context, tab, close };
}

test("a page decides, delivers, and knows everything after a reload", { skip }, async () => {
  const { backend, site, tab, close } = await opened();
  const page = await tab();
  await page.track([event("Product Viewed", site.now())]);
  assert.deepEqual(segmentsOf(await page.memberships()), ["viewers"]);
  await page.identify("u1", { plan: "pro" });
  await page.track([event("Order Completed", site.now())]);
  assert.deepEqual(segmentsOf(await page.memberships()), ["buyers", "viewers"]);
  await page.settled();
  assert.deepEqual(segmentsOf(backend.memberships("u1")), ["buyers", "viewers"]);
  const types = [...backend.messages.values()].map(({ type }) => type);
  assert.deepEqual(types, ["track", "alias", "identify", "track"]);

  const explanation = await page.run(
    () => (globalThis as unknown as PageGlobals).tracker.explain("buyers"),
    null,
  );
  assert.equal(explanation.holds, true);

  await page.reload();
  assert.deepEqual(segmentsOf(await page.memberships()), ["buyers", "viewers"]);
  await moveClock(site, page, 11 * 60_000);
  await until(
    "the window has moved on",
    async () => !segmentsOf(await page.memberships()).includes("viewers"),
  );
  await page.settled();
  assertAppliedOnce(backend.applied());
  const last = backend.applied().at(-1);
  assert.deepEqual([last?.change, last?.segment, last?.cause], ["exited", "viewers", "time"]);
  assert.deepEqual((await page.told()).degraded, []);
  await close();
});

test("nothing is kept or sent before consent, and nothing is left after it is withdrawn", {
  skip,
}, async () => {
  const { backend, site, tab, close } = await opened({ options: { consent: false } });
  const page = await tab();
  const kept = () =>
    page.run(async () => {
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      return [...databases, ...Object.keys(localStorage)];
    }, null);
  void page.track([event("Order Completed", site.now())]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepEqual(await kept(), []);
  assert.equal(backend.counts.size, 0);
  await page.run(() => (globalThis as unknown as PageGlobals).tracker.optIn(), null);
  assert.deepEqual(segmentsOf(await page.memberships()), ["buyers"]);
  await page.settled();
  assert.ok((await kept()).length > 1);
  await page.run(() => (globalThis as unknown as PageGlobals).tracker.optOut(), null);
  assert.deepEqual(await kept(), ["fosterflow-segments:default:consent"]);
  await page.reload();
  assert.deepEqual(await kept(), ["fosterflow-segments:default:consent"]);
  await close();
});
