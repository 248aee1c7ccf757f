import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { instantiate, personas } from "@fosterflow/segments/authoring";
import { Demo } from "./demo_page.ts";
import { audienceOf, numberIn } from "./page_audience.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.open();
});
after(() => demo.close());

test("a scenario is filled in with its number, and goes on in the builder", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments/new/scenario?template=category-purchase");
  await page
    .getByLabel(/category/i)
    .first()
    .fill("Bags");
  const { audience, records } = await audienceOf(page);
  const definition = await instantiate("category-purchase", { category: "Bags" });
  audience.define([...records, definition]);
  await page.locator(".preview", { hasText: "Bags" }).waitFor();
  await page.getByRole("button", { name: "Open in the builder" }).click();
  await page.locator(".summary-foot").waitFor();
  const instant = Number(await page.locator("[data-instant]").getAttribute("data-instant"));
  const count = numberIn(await page.locator(".summary-count").innerText());
  assert.equal(count, audience.count(definition.id, { at: instant }));
  await visit.end();
});

test("personas have thresholds from the data, and each contact is in one of the eight", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments/new/persona");
  await page.getByRole("button", { name: "Suggest from the data" }).click();
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>("input[type=number]:nth-of-type(1)") !== null,
  );
  await page.getByRole("button", { name: "Make all eight" }).click();
  await page.locator(".segment-row").first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".segment-count strong")].every((one) => one.textContent !== "…"),
  );
  const counts = (await page.locator(".segment-count strong").allInnerTexts()).map(numberIn);
  assert.equal(counts.length, (await personas()).length);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    10_000,
  );
  await visit.end();
});

test("a list from CSV names its bad rows, and is a segment that can be named in rules", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments/new/list");
  const rows = [
    "email;Contact id",
    "a@b.de;c000001",
    "b@c.de;c000002",
    "",
    "c@d.de;",
    "d@e.de;c000001",
    "e@f.de;nobody-7",
  ];
  await page.getByLabel("Choose a CSV file").setInputFiles({
    name: "Friends.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(rows.join("\r\n")),
  });
  await page.getByText("3 rows are left out").waitFor();
  for (const reason of [
    "No contact in the column",
    "The contact was there before",
    "No contact has this id",
  ]) {
    await page.getByText(reason).waitFor();
  }
  await page.getByText("e@f.de, nobody-7").waitFor();
  const lines = await page.locator(".table-placed .table-number").allInnerTexts();
  assert.deepEqual(lines, ["5", "6", "7"], "as the file numbers them, blank rows counted");
  await page.getByRole("button", { name: "Make the list" }).click();
  await page.locator(".summary-foot").waitFor();
  assert.equal(numberIn(await page.locator(".summary-count").innerText()), 2);
  await page.getByRole("tab", { name: "Contacts" }).click();
  await page.getByRole("button", { name: "Take c000001 off the list" }).click();
  const count = page.locator(".summary-count");
  await count.getByText("1", { exact: true }).waitFor();
  await page.getByRole("link", { name: "c000001" }).waitFor({ state: "detached" });
  await page.locator(".toast-action").first().click();
  await count.getByText("2", { exact: true }).waitFor();
  await page.getByLabel("Contact id").fill("nobody-7");
  await page.keyboard.press("Enter");
  await page.getByText("No contact has the id “nobody-7”.").waitFor();
  await page.getByLabel("Contact id").fill("c000003");
  await page.keyboard.press("Enter");
  await count.getByText("3", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Take c000003 off the list" }).click();
  await count.getByText("2", { exact: true }).waitFor();
  // The list is part of the contacts from now on, also after they are opened again.
  await page.reload();
  await page.locator(".summary-foot").waitFor();
  assert.equal(numberIn(await page.locator(".summary-count").innerText()), 2);
  await visit.go("/segments?search=friends");
  await page.locator(".segment-row", { hasText: "List" }).waitFor();
  await visit.end();
});
