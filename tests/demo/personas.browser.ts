import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { personas } from "@fosterflow/segments/authoring";
import type { Page } from "playwright-core";
import { accessibilityComplaints, Demo } from "./demo_page.ts";
import { audienceOf, numberIn } from "./page_audience.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.open();
});
after(() => demo.close());

const instant = "2026-11-20T12:00:00.000Z";
const at = Date.parse(instant);

/** Counts and money of the eight, as the page shows them. */
async function shownGroups(page: Page): Promise<number[][]> {
  const texts = await page
    .locator(".persona")
    .evaluateAll((cards) =>
      cards.map((card) =>
        [...card.querySelectorAll("dd strong")].map((one) => one.textContent ?? ""),
      ),
    );
  return texts.map((pair) => pair.map(numberIn));
}

/** The same from the package. */
async function expectedGroups(page: Page, thresholds: object): Promise<number[][]> {
  const { audience, records } = await audienceOf(page);
  const eight = await personas({ ...thresholds, exclusive: true });
  const ids = new Set(eight.map(({ id }) => id));
  audience.define([...records.filter(({ id }) => !ids.has(id)), ...eight]);
  const window = { last: { days: 365 } };
  const sumOf = (event: string, within: string) => {
    const metric = { event, measure: { fn: "sum", property: "total" }, window } as const;
    const { mean = 0, contacts } = audience.distribution(metric, { at, within });
    return mean * contacts;
  };
  return eight.map(({ id }) => [
    audience.count(id, { at }),
    Math.round(sumOf("Order Completed", id) - sumOf("Order Refunded", id)),
  ]);
}

async function assertGroups(page: Page, thresholds: object): Promise<void> {
  const expected = await expectedGroups(page, thresholds);
  const wanted = JSON.stringify(expected);
  await page.waitForFunction((text) => {
    const shown = [...document.querySelectorAll(".persona")].map((card) =>
      [...card.querySelectorAll("dd strong")].map((one) =>
        Number((one.textContent ?? "").replace(/\D/g, "")),
      ),
    );
    return JSON.stringify(shown) === text;
  }, wanted);
  assert.deepEqual(await shownGroups(page), expected);
}

test("eight groups with counts and money, counted anew when a threshold is moved by keys", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go(`/personas?at=${instant}`);
  await assertGroups(page, {});
  const { audience } = await audienceOf(page);
  const counts = (await shownGroups(page)).map(([count = 0]) => count);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    audience.statistics().contacts,
    "everybody is in exactly one",
  );

  const slider = page.getByRole("slider", { name: "Often from so many orders" });
  await slider.focus();
  await slider.press("ArrowLeft");
  await slider.press("ArrowLeft");
  await assertGroups(page, { frequentOrders: 2 });
  await page.waitForURL(/frequentOrders=2/);
  assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /^2\. [\d,]+ have as much/);

  await page.reload();
  await assertGroups(page, { frequentOrders: 2 });
  assert.deepEqual(await accessibilityComplaints(page), []);
  await visit.end();
});

test("suggested thresholds become parameters of eight segments", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go(`/personas?at=${instant}`);
  const suggest = page.getByRole("button", { name: "Thresholds from the data" });
  await suggest.click();
  await page.waitForURL(/highValue=/);
  const highValue = Number(new URL(page.url()).searchParams.get("highValue"));
  assert.ok(highValue > 0);
  await page.getByRole("button", { name: "Save as segments" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/\/segments\?tag=Personas/);
  await page.locator(".segment-row").nth(7).waitFor();
  const { records } = await audienceOf(page);
  const saved = records.find(({ id }) => id === "high-rollers");
  assert.equal(saved?.parameters?.["highValue"], highValue);
  await visit.end();
});

test("the map shades contacts or money, and says the same as a table", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go(`/personas?at=${instant}`);
  await page.locator(".persona-cell-some").first().waitFor();
  await page.getByText("As a table").click();
  const cells = await page.locator(".persona-table td").allInnerTexts();
  const { audience } = await audienceOf(page);
  const buyers = audience.count(
    {
      version: 1,
      id: "buyers",
      when: { kind: "event", event: "Order Completed", window: { last: { days: 365 } } },
    },
    { at },
  );
  assert.equal(
    cells.map(numberIn).reduce((sum, count) => sum + count, 0),
    buyers,
  );
  await page.getByRole("button", { name: "Money", exact: true }).click();
  await page.waitForURL(/shade=money/);
  await visit.end();
});
