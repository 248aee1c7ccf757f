import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import type { Page } from "playwright-core";
import { Samples } from "../benchmarks/timing.ts";
import { Backend } from "./backend.ts";
import { launchChromium } from "./chromium.ts";
import { segments } from "./scenarios.ts";
import { Site } from "./site.ts";
import { inPage, type PageGlobals } from "./tab.ts";

/**
 * What the tracker costs a page: what it fetches, the work of its own thread for each `track`, and how long a page that is opened
 * anew does not know its memberships. Prints figures; nothing fails.
 */

const events = 1000;
const pages = 20;

const dist = new URL("../../dist/", import.meta.url);

/** A file with all that it imports before it can run. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(new URL(name, dist), "utf8");
  for (const [, path = ""] of text.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) {
    withImports(new URL(path, new URL(name, "file:///")).pathname.slice(1), seen);
  }
  return seen;
}

function brotli(names: Iterable<string>): number {
  return [...names]
    .map((name) => brotliCompressSync(readFileSync(new URL(name, dist))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}

function printSizes(): void {
  const page = withImports("browser.js");
  const engine = brotli(withImports("core.js"));
  const worker = brotli(["browser-worker.js"]);
  const core = brotli(["contact.wasm"]);
  const all = brotli(page) + worker + core;
  console.log("Over the wire, brotli (quality 11), bytes");
  console.log(`  page: ${brotli(page)} in ${page.size} files`);
  console.log(`  worker: ${worker}, of which the engine's JavaScript alone is about ${engine}`);
  console.log(`  contact.wasm: ${core}`);
  console.log(`  together: ${all}; the tracker without core and engine: ${all - core - engine}`);
}

/** Reads how many milliseconds the page's own thread has worked. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  // Its own time, not that of others on a busy machine.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
}

async function trackAll(page: Page, count: number): Promise<number[]> {
  return inPage(
    page,
    async (times) => {
      const { tracker } = globalThis as unknown as PageGlobals;
      const taken: number[] = [];
      let last: Promise<void> | undefined;
      for (let index = 0; index < times; index += 1) {
        const from = performance.now();
        last = tracker.track("Product Viewed", { sku: `A${index}`, price: 19.9, quantity: 1 });
        taken.push(performance.now() - from);
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
      await last;
      return taken;
    },
    count,
  );
}

async function main(): Promise<void> {
  printSizes();
  const backend = await Backend.open();
  const site = await Site.open(backend.route);
  const created = `createTracker({ segments: ${JSON.stringify(segments)}, endpoint: location.origin + "/backend", token: "good", consent: true })`;
  site.pageScript = `import { createTracker } from "/dist/browser.js";
const begun = performance.now();
globalThis.tracker = ${created};
tracker.ready.then(() => { globalThis.times = { begun, ready: performance.now(), segments: tracker.memberships().length }; });`;
  const browser = await launchChromium();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.origin}/`);

  const work = await workOf(page);
  await trackAll(page, 50);
  const none = await work();
  await inPage(
    page,
    async (times) => {
      for (let index = 0; index < times; index += 1) {
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
    },
    events,
  );
  const idle = (await work()) - none;
  const before = await work();
  const calls = new Samples();
  for (const time of await trackAll(page, events)) calls.add(0, time);
  const worked = (await work()) - before;
  const milliseconds = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(3);
  console.log(`\nThe page's own thread, for each of ${events} calls of track, milliseconds`);
  console.log(
    `  the call: median ${milliseconds(calls.median)}, 99 of 100 within ${milliseconds(calls.quantile(0.99))}`,
  );
  console.log(
    `  all of it (tasks with less tasks without): ${((worked - idle) / events).toFixed(3)}`,
  );

  const opened = new Samples();
  const known = new Samples();
  for (let index = 0; index < pages; index += 1) {
    await page.reload();
    const {
      begun,
      ready,
      segments: count,
    } = await inPage(
      page,
      async () => {
        const globals = globalThis as unknown as {
          times?: { begun: number; ready: number; segments: number };
        };
        while (globals.times === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
        return globals.times;
      },
      null,
    );
    if (count === 0) throw new Error("The page has come without its memberships.");
    opened.add(0, ready);
    known.add(begun, ready);
  }
  console.log(`\nA page with ${events} events is opened anew (${pages} times), milliseconds`);
  console.log(
    `  createTracker to memberships: median ${milliseconds(known.median)}, most ${milliseconds(known.quantile(1))}`,
  );
  console.log(
    `  navigation to memberships: median ${milliseconds(opened.median)}, most ${milliseconds(opened.quantile(1))}`,
  );
  await browser.close();
  await site.close();
}

await main();
