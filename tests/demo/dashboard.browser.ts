import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Demo } from "./demo_page.ts";
import { audienceOf, numberIn } from "./page_audience.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.open();
});
after(() => demo.close());

test("all segments with their exact counts, changes of a day and sentences, now and then", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments");
  await page.locator(".segment-changes dd").last().waitFor();
  const { audience, instant, records } = await audienceOf(page);
  audience.define(records);
  const counts = audience.counts({ at: instant });
  assert.equal(await page.locator(".segment-row").count(), records.length);
  for (const { id, name } of records) {
    const row = page.locator(".segment-row", {
      has: page.getByRole("link", { name: name ?? id, exact: true }),
    });
    await row.locator(".segment-changes dd").first().waitFor();
    assert.equal(numberIn(await row.locator(".segment-count strong").innerText()), counts[id], id);
    const all = { limit: Number.POSITIVE_INFINITY };
    const then = new Set(audience.members(id, { at: instant - 86_400_000, ...all }));
    const now = new Set(audience.members(id, { at: instant, ...all }));
    const [entered, left] = await row.locator(".segment-changes dd").allInnerTexts();
    assert.equal(
      numberIn(entered ?? ""),
      [...now].filter((one) => !then.has(one)).length,
      `${id} entered`,
    );
    assert.equal(
      numberIn(left ?? ""),
      [...then].filter((one) => !now.has(one)).length,
      `${id} left`,
    );
    assert.match(await row.locator(".segment-sentence").innerText(), /^A contact is in /);
    await row.locator(".sparkline").waitFor();
  }
  const past = instant - 40 * 86_400_000;
  await visit.go(`/segments?at=${new Date(past).toISOString()}`);
  await page.locator(".segment-changes dd").last().waitFor();
  const first = audience.count("first-purchase", { at: past });
  const row = page.locator(".segment-row", { hasText: "First purchase" });
  assert.equal(numberIn(await row.locator(".segment-count strong").innerText()), first);
  await visit.end();
});

test("search, sort and tags are in the address; duplicate, delete and undo; what is used stays", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments?search=cart&sort=count");
  await page.locator(".segment-row").first().waitFor();
  assert.equal(await page.getByLabel("Search names, rules and tags").inputValue(), "cart");
  await page.getByLabel("Search names, rules and tags").fill("");
  await page.getByRole("button", { name: "Buyers" }).click();
  assert.match(page.url(), /tag=Buyers/);
  const names = await page.locator(".segment-name a").allInnerTexts();
  assert.ok(names.length > 1);
  await page.getByRole("button", { name: "Buyers" }).click();

  const act = async (name: string, action: string) => {
    await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: new RegExp(`^${action}`) }).click();
  };
  await act("VIP 2026", "Duplicate");
  await page.getByRole("link", { name: "VIP 2026 (copy)", exact: true }).waitFor();
  await act("VIP 2026 (copy)", "Delete");
  await page
    .getByRole("link", { name: "VIP 2026 (copy)", exact: true })
    .waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "VIP 2026 (copy)", exact: true }).waitFor();

  await act("VIP 2026", "Tags");
  await page.getByLabel("New tag").fill("Quarterly");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Quarterly" }).waitFor();

  await visit.go("/segments/new");
  await page.getByRole("button", { name: /^Segments and contacts/ }).click();
  await page.locator(".summary-foot").waitFor();
  await page.getByLabel("Name of the segment").fill("Reached on their birthday");
  await page.getByRole("button", { name: "Review and save" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.locator(".toast-text", { hasText: "was saved" }).waitFor();
  await page.waitForURL(/reached-on-their-birthday/);
  await visit.go("/segments?search=birthday");
  await page.getByText("used by Reached on their birthday").first().waitFor();
  await page.getByRole("button", { name: "Actions for Birthday soon" }).click();
  const remove = page.getByRole("menuitem", { name: /^Delete/ });
  assert.equal(await remove.getAttribute("aria-disabled"), "true");
  await visit.end();
});

test("a second tab is in step: what is deleted, undone and put on a list in one is so in the other", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments");
  await page.locator(".segment-row").nth(9).waitFor();
  const second = await visit.context.newPage();
  const origin = new URL(page.url()).origin;
  await second.goto(`${origin}/segments`);
  const inSecond = second.getByRole("link", { name: "VIP 2026", exact: true });
  await inSecond.waitFor();
  await page.getByRole("button", { name: "Actions for VIP 2026" }).click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await inSecond.waitFor({ state: "detached" });
  await page.locator(".toast-action").click();
  await inSecond.waitFor();

  await second.goto(`${origin}/segments/vip-2026?tab=contacts`);
  const take = second.getByRole("button", { name: /^Take c\d+ off the list/ }).first();
  await take.waitFor();
  const row = page
    .locator(".segment-row", { hasText: "VIP 2026" })
    .locator(".segment-count strong");
  const before = numberIn(await row.innerText());
  await take.click();
  await row.getByText(String(before - 1), { exact: true }).waitFor();
  await second.locator(".toast-action").click();
  await row.getByText(String(before), { exact: true }).waitFor();
  await second.close();
  await visit.end();
});

test("it is there at once when it is opened again, in German and in the dark", async () => {
  const visit = await demo.visit({ locale: "de-DE", colorScheme: "dark" });
  const { page } = visit;
  await visit.go("/segments");
  await page.getByRole("heading", { name: "Segmente" }).waitFor();
  await page.locator(".segment-sentence", { hasText: "Kontakt" }).first().waitFor();
  const { options } = await page.evaluate(async () => {
    const opening = indexedDB.open("fosterflow-segments");
    return new Promise<{ options: string }>((resolve) => {
      opening.onsuccess = () => {
        const reading = opening.result.transaction("dataSet").objectStore("dataSet").get("current");
        reading.onsuccess = () => resolve({ options: (reading.result as { id: string }).id });
      };
    });
  });
  await page.reload();
  await page.locator(".segment-count strong").first().waitFor();
  const again = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open("fosterflow-segments");
        opening.onsuccess = () => {
          const reading = opening.result
            .transaction("dataSet")
            .objectStore("dataSet")
            .get("current");
          reading.onsuccess = () => resolve((reading.result as { id: string }).id);
        };
      }),
  );
  assert.equal(again, options, "the contacts were not made anew");
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole("button", { name: "Einstellungen" }).click();
  await page.getByRole("button", { name: "Hell" }).click();
  assert.notEqual(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
    colour,
  );
  await visit.end();
});
