import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { startLocal } from "../../edge-worker/local/start.mjs";
import { accessibilityComplaints, Demo, patience } from "./demo_page.ts";
import { freePort } from "./free_port.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.withFiles({});
});
after(() => demo.close());

async function ready(page: Page): Promise<void> {
  await page.locator(".product").first().waitFor();
  await page.waitForFunction(
    () => document.querySelector<HTMLButtonElement>(".product button")?.disabled === false,
  );
}

const light = (page: Page, segment: string) => page.locator(`.light-on[data-segment="${segment}"]`);

test("without a backend: segments light up, time moves on, a second tab is in step", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/live");
  await ready(page);
  await page.getByText("No backend runs here").waitFor();
  await page
    .getByRole("button", { name: /to the cart/ })
    .first()
    .click();
  await page.getByText(/Time brings you into Cart abandonment in/).waitFor();
  await page.getByRole("button", { name: "To the next change" }).click();
  await light(page, "cart-abandonment").waitFor();
  await page.locator(".delta", { hasText: "Entered Cart abandonment" }).waitFor();

  const second = await visit.context.newPage();
  await second.goto(`${demo.origin}/live`);
  await ready(second);
  await light(second, "cart-abandonment").waitFor();
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await light(page, "first-purchase").waitFor();
  await light(second, "first-purchase").waitFor();
  await second.getByText("There is nothing in it yet.").waitFor();
  await second.close();
  assert.deepEqual(await accessibilityComplaints(page), []);
  await visit.end();
});

/** What is done in a browser beside the edge worker and a backend: those of DEMO_URL, else of a run of its own. */
async function besideBackend(act: (context: BrowserContext, url: string) => Promise<void>) {
  const running = process.env["DEMO_URL"];
  const dataFolder = mkdtempSync(join(tmpdir(), "fosterflow-live-"));
  const run =
    running === undefined
      ? await startLocal({ port: await freePort(), dataFolder, quiet: true })
      : undefined;
  const executablePath = process.env["CHROMIUM_PATH"];
  assert.ok(executablePath);
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    await act(await browser.newContext({ locale: "en-GB" }), run?.url ?? running ?? "");
  } finally {
    await browser.close();
    await run?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

test("with the edge worker and a backend: every change arrives once, also after a time without network", () =>
  besideBackend(visitShop));

test("what the backend refuses is parked with its reason, and delivered when it is tried again", () =>
  besideBackend(parkedShop));

async function parkedShop(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const deltas = /\/backend\/v1\/deltas$/;
  await context.route(deltas, (route) =>
    route.request().method() === "POST"
      ? route.fulfill({
          status: 400,
          contentType: "application/json",
          body: JSON.stringify({ error: "batch_unreadable", message: "No batch of this version." }),
        })
      : route.continue(),
  );
  await page.goto(`${url}/live`);
  await ready(page);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true, "numbers need no message");
  const add = page.getByRole("button", { name: /to the cart/ }).first();
  await add.click();
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await light(page, "first-purchase").waitFor();
  await page.locator(".delta-parked").first().waitFor();
  // The page goes on deciding; what comes later keeps its order behind what is parked.
  await add.click();
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await light(page, "repeat-purchase").waitFor();
  assert.equal(await page.locator(".delta-delivered").count(), 0);
  await context.unroute(deltas);
  await page.getByRole("button", { name: "Try parked again" }).click();
  await page.waitForFunction(() => {
    const all = document.querySelectorAll(".delta").length;
    return all >= 3 && all === document.querySelectorAll(".delta-delivered").length;
  });
  assert.equal(await page.getByRole("button", { name: "Try parked again" }).count(), 0);
  const contact = await page.locator(".live-contact").innerText();
  const own = (await appliedOf(url, contact, 6)).filter(({ source }) => source.startsWith("web:"));
  assert.deepEqual(
    own.map(({ sequence }) => sequence),
    own.map((_, index) => index + 1),
    "each once, in order",
  );
  assert.deepEqual(membersAfter(own), ["repeat-purchase"]);

  // Ids of contacts may look like names of files, or of folders.
  for (const id of ["anna@example.com", "ü\\2", "c000007"]) {
    await page.goto(`${url}/contacts/${encodeURIComponent(id)}`);
    await page.locator("h1").waitFor();
  }
  assert.equal((await context.request.get(`${url}/assets/nothing.js`)).status(), 404);
  assert.equal((await context.request.get(`${url}/nothing.ico`)).status(), 404);
}

async function visitShop(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(`${url}/live`);
  await ready(page);
  await page
    .getByRole("button", { name: /to the cart/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await light(page, "first-purchase").waitFor();
  await page.locator(".delta-delivered").first().waitFor();

  await page.getByLabel("No network").check();
  await page
    .getByRole("button", { name: /to the cart/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await light(page, "repeat-purchase").waitFor();
  await page.getByRole("button", { name: "Send now" }).click();
  await page.locator(".delta-retried").first().waitFor();
  await page.getByText("There is no network").waitFor();
  await page.getByLabel("No network").uncheck();
  await page.waitForFunction(
    () =>
      document.querySelectorAll(".delta").length ===
      document.querySelectorAll(".delta-delivered").length,
  );

  const contact = await page.locator(".live-contact").innerText();
  const applied = await appliedOf(url, contact, 6);
  for (const source of ["web:", "edge"]) {
    const own = applied.filter((delta) => delta.source.startsWith(source));
    assert.deepEqual(
      own.map(({ sequence }) => sequence),
      own.map((_, index) => index + 1),
      `no gap and nothing twice from ${source}`,
    );
    assert.deepEqual(membersAfter(own), ["repeat-purchase"], source);
  }
  await page.locator("section[aria-labelledby=backend-title] tbody tr").nth(5).waitFor();
}

interface AppliedDelta {
  readonly source: string;
  readonly sequence: number;
  readonly segment: string;
  readonly change: "entered" | "exited";
}

/** What the backend's database has, once it has so much. */
async function appliedOf(url: string, contact: string, least: number): Promise<AppliedDelta[]> {
  for (;;) {
    const address = `${url}/backend/v1/deltas?contact=${encodeURIComponent(contact)}`;
    const { deltas } = (await (await fetch(address)).json()) as {
      deltas: { delta: AppliedDelta }[];
    };
    if (deltas.length >= least) return deltas.map(({ delta }) => delta);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function membersAfter(deltas: readonly AppliedDelta[]): string[] {
  const inside = new Set<string>();
  for (const { change, segment } of deltas) {
    if (change === "entered") inside.add(segment);
    else inside.delete(segment);
  }
  return [...inside].sort();
}
