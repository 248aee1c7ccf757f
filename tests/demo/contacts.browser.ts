import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createEngine } from "@fosterflow/segments";
import { customerLines, type ShopOptions } from "../../web-demo/source/shop/customer.ts";
import { accessibilityComplaints, Demo } from "./demo_page.ts";
import { audienceOf } from "./page_audience.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.open();
});
after(() => demo.close());

/** The instant of the address, so that the page and Node.js answer for the same one. */
const instant = "2026-11-20T12:00:00.000Z";
const at = Date.parse(instant);

test("contacts are found by id, by name and by segment", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go(`/contacts?at=${instant}`);
  const total = page.locator(".contacts-total");
  await total.getByText("10,000 contacts").waitFor();
  await page.getByRole("link", { name: "c000003" }).or(page.getByText("c000003")).first().waitFor();

  await page.getByRole("searchbox").fill("c00004");
  await page.getByText("c000040").first().waitFor();
  assert.match(await total.innerText(), /^10 /, "the ids from c000040 to c000049");

  const { audience, records } = await audienceOf(page);
  audience.define(records);
  await page.getByRole("searchbox").fill("");
  await page.getByLabel("Segment", { exact: true }).selectOption("win-back");
  const expected = audience.count("win-back", { at });
  await total.getByText(new RegExp(`^${expected.toLocaleString("en-GB")} contacts?$`)).waitFor();
  const [first = ""] = audience.members("win-back", { at, limit: 1 });
  await page.getByText(first, { exact: true }).waitFor();

  await page.getByRole("searchbox").fill("no such name");
  await page.getByText("No contact matches.").waitFor();
  await visit.end();
});

test("a contact's page says what the engine says: memberships, reasons and changes", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go(`/contacts?at=${instant}&segment=repeat-purchase`);
  await page.locator(".contact-link").first().click();
  await page.locator(".standing").first().waitFor();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  assert.equal(new URL(page.url()).searchParams.get("segment"), "repeat-purchase");

  const { records } = await audienceOf(page);
  const options = await shopOptions(page);
  const engine = await createEngine({ segments: records });
  const contact = engine.contact(id);
  contact.apply(customerLines(options, Number(id.slice(1)) - 1), { now: at });
  const nameOf = (segment: string) => records.find((one) => one.id === segment)?.name ?? segment;

  const inside = await page.locator(".standing-in .standing-name").allInnerTexts();
  assert.deepEqual(
    inside.sort(),
    contact
      .memberships()
      .map(({ segment }) => nameOf(segment))
      .sort(),
  );
  await page.getByRole("heading", { name: `Why in “${nameOf("repeat-purchase")}”` }).waitFor();
  const { condition } = contact.explain("repeat-purchase", { at });
  await page.getByText(condition.finding).waitFor();
  await page.locator(".deciding summary").first().click();
  assert.ok((await page.locator(".deciding li").count()) >= 2, "two orders decided");

  const next = contact.nextChangeAt();
  assert.ok(next !== null);
  assert.match(await page.locator(".next-change").innerText(), /Next change by time alone/);

  const isOutside = records.find((one) => !contact.has(one.id));
  assert.ok(isOutside);
  await page.locator(".standing", { hasText: nameOf(isOutside.id) }).click();
  await page.getByRole("heading", { name: `Why not in “${nameOf(isOutside.id)}”` }).waitFor();
  const { missing } = contact.explain(isOutside.id, { at }).condition;
  if (missing !== null) await page.getByText(`Missing: ${missing}`).first().waitFor();

  await page.locator(".event-name").first().click();
  await page.getByRole("dialog").getByText('"messageId"').waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(await accessibilityComplaints(page), []);
  await visit.end();
});

test("who is not there is said so", async () => {
  const visit = await demo.visit({ locale: "de-DE" });
  await visit.go("/contacts/nobody");
  await visit.page.getByRole("heading", { name: "Es gibt keinen Kontakt „nobody“" }).waitFor();
  await visit.end();
});

async function shopOptions(page: import("playwright-core").Page): Promise<ShopOptions> {
  return page.evaluate(async () => {
    const store = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("fosterflow-segments");
      opening.onsuccess = () => resolve(opening.result);
    });
    const dataSet = await new Promise<{ source: { options: unknown } }>((resolve) => {
      const reading = store.transaction("dataSet").objectStore("dataSet").get("current");
      reading.onsuccess = () => resolve(reading.result as { source: { options: unknown } });
    });
    store.close();
    return dataSet.source.options as never;
  });
}
