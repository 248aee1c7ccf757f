import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { createEngine } from "@fosterflow/segments";
import { customerLines } from "../../web-demo/source/shop/customer.ts";
import { patience } from "./demo_page.ts";
import { type DemoServer, startDemoServer } from "./demo_server.ts";
import { audienceOf, type EvaluatedPage, numberIn } from "./page_audience.ts";

/** Of puppeteer-core, which is installed for the tracker's tests in Firefox, what is used here. */
interface Page extends EvaluatedPage {
  goto(address: string): Promise<unknown>;
  reload(): Promise<unknown>;
  evaluateOnNewDocument(source: string): Promise<unknown>;
  setDefaultTimeout(milliseconds: number): void;
  waitForSelector(selector: string): Promise<Handle | null>;
  waitForFunction(
    condition: (...values: string[]) => boolean,
    options: { readonly timeout: number },
    ...values: string[]
  ): Promise<unknown>;
  $eval<Value>(selector: string, read: (element: Element) => Value): Promise<Value>;
  $$eval<Value>(selector: string, read: (elements: Element[]) => Value): Promise<Value>;
  on(event: "pageerror", listener: (error: Error) => void): void;
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
}

interface Handle {
  click(options?: { readonly count?: number }): Promise<void>;
}

interface Browser {
  createBrowserContext(): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }>;
  close(): Promise<void>;
}

interface Puppeteer {
  launch(options: object): Promise<Browser>;
}

const places = [process.env["FIREFOX"], "/usr/bin/firefox-esr", "/usr/bin/firefox"];
const executablePath = places.find((place) => place !== undefined && existsSync(place));
const skip = executablePath === undefined && "there is no Firefox: apt-get install firefox-esr";

let server: DemoServer;
let browser: Browser;
before(async () => {
  if (executablePath === undefined) return;
  const require = createRequire(new URL("../browser/firefox/package.json", import.meta.url));
  const { launch } = require("puppeteer-core") as Puppeteer;
  server = await startDemoServer({});
  browser = await launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: { "intl.accept_languages": "en-GB" },
  });
});
after(async () => {
  if (executablePath === undefined) return;
  await browser.close();
  server.close();
});

/** Goes to an address with a storage of its own, and fails when the page did. */
async function visit(path: string, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  // What tsx puts into functions that are sent to the page.
  await page.evaluateOnNewDocument("globalThis.__name = (value) => value");
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(String(error)));
  await open(page, path);
  await act(page);
  await context.close();
  assert.deepEqual(failures, []);
}

async function open(page: Page, path: string): Promise<void> {
  const asked = path.includes("?") ? "&" : "?";
  await page.goto(`${server.origin}${path}${asked}language=en`);
  await page.waitForSelector("h1");
  await page.waitForFunction(() => document.querySelector(".opening") === null, {
    timeout: patience,
  });
}

async function press(page: Page, selector: string): Promise<void> {
  const handle = await page.waitForSelector(selector);
  assert.ok(handle, selector);
  await handle.click();
}

const countIs = (page: Page, count: number) =>
  page.waitForFunction(
    (wanted) =>
      document.querySelector(".summary-count")?.textContent?.replace(/\D/g, "") === wanted,
    { timeout: patience },
    String(count),
  );

test(
  "Firefox: counts, trends and changes of all segments, and all is there when it is opened again",
  {
    skip,
  },
  () =>
    visit("/segments", async (page) => {
      await page.waitForFunction(
        () => document.querySelectorAll(".segment-changes dd").length === 20,
        { timeout: patience },
      );
      const { audience, instant, records } = await audienceOf(page);
      audience.define(records);
      const counts = audience.counts({ at: instant });
      const expected = records.map(({ id }) => counts[id] ?? 0).sort((a, b) => a - b);
      const shown = async () => {
        const texts = await page.$$eval(".segment-count strong", (all) =>
          all.map(({ textContent }) => textContent ?? ""),
        );
        return texts.map(numberIn).sort((a, b) => a - b);
      };
      assert.deepEqual(await shown(), expected);
      assert.equal(await page.evaluate(() => crossOriginIsolated), true);
      await page.reload();
      await page.waitForSelector(".sparkline");
      assert.equal((await shown()).length, records.length);
    }),
);

test(
  "Firefox: the exact number follows each key, and who would enter is told before saving",
  {
    skip,
  },
  () =>
    visit("/segments/new", async (page) => {
      await press(page, ".create-way");
      await page.waitForSelector(".summary-foot");
      const { audience, instant } = await audienceOf(page);
      for (const digit of ["2", "4", "1"]) {
        const field = await page.waitForSelector('input[aria-label="Value"]');
        await field?.click({ count: 3 });
        await page.keyboard.type(digit);
        const count = audience.count(
          {
            version: 1,
            id: "typed",
            when: {
              kind: "event",
              event: "Product Viewed",
              op: "gte",
              value: Number(digit),
              window: { last: { days: 30 } },
            },
          },
          { at: instant },
        );
        await countIs(page, count);
      }
      const total = await page.$eval(".summary-count", ({ textContent }) => textContent ?? "");
      await press(page, ".builder-head .button-primary");
      await page.waitForSelector(".impact-entering");
      const entering = await page.$eval(".impact-entering h3", ({ textContent }) => textContent);
      assert.equal(numberIn(entering ?? ""), numberIn(total));
    }),
);

test("Firefox: a contact's memberships are those of the engine", { skip }, () =>
  visit("/contacts/c000007?at=2026-11-20T12:00:00.000Z", async (page) => {
    await page.waitForSelector(".standing-in");
    const { records, options } = await audienceOf(page);
    const engine = await createEngine({ segments: records });
    const contact = engine.contact("c000007");
    contact.apply(customerLines(options, 6), { now: Date.parse("2026-11-20T12:00:00.000Z") });
    const inside = await page.$$eval(".standing-in .standing-name", (all) =>
      all.map(({ textContent }) => textContent),
    );
    const names = contact
      .memberships()
      .map(({ segment }) => records.find(({ id }) => id === segment)?.name ?? segment);
    assert.deepEqual(inside.sort(), names.sort());
  }),
);

test("Firefox: the shop's visitor enters by time and by an order", { skip }, () =>
  visit("/live", async (page) => {
    await page.waitForSelector(".product button:not([disabled])");
    await press(page, ".product .button-primary");
    await page.waitForFunction(
      () => document.body.innerText.includes("Time brings you into Cart abandonment"),
      { timeout: patience },
    );
    await page.evaluate(() => {
      const isNext = ({ textContent }: Element) => textContent?.includes("To the next change");
      [...document.querySelectorAll("button")].find(isNext)?.click();
    });
    await page.waitForSelector('.light-on[data-segment="cart-abandonment"]');
    await page.evaluate(() => {
      const isOrder = ({ textContent }: Element) => textContent?.trim() === "Order";
      [...document.querySelectorAll("button")].find(isOrder)?.click();
    });
    await page.waitForSelector('.light-on[data-segment="first-purchase"]');
  }),
);
