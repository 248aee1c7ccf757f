import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { customerLines } from "../../web-demo/source/shop/customer.ts";
import { accessibilityComplaints, Demo, patience, type Visit } from "./demo_page.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.open();
});
after(() => demo.close());

const orders = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
1,85123A,"WHITE, ""HEART""",6,2026-11-01 08:26:00,2.55,17850.0
1,71053,LANTERN,6,2026-11-01 08:26:00,3.39,17850.0
2,22633,"WARMER
OF HANDS",6,2026-11-02 08:28:00,1.85,17850.0
3,84879,ORNAMENT,32,2026-11-03 08:34:00,1.69,13047.0
4,22960,JAM,3,not a date,4.25,13047.0
5,22728,CLOCK,24,2026-11-05 08:45:00,3.75,
6,22086,PAPER CHAIN
`;

async function choose(visit: Visit, name: string, text: string | Buffer): Promise<void> {
  const buffer = typeof text === "string" ? Buffer.from(text) : text;
  await visit.page
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

async function fact(visit: Visit, name: string): Promise<string> {
  return visit.page.locator(".data-facts > div", { hasText: name }).locator("dd").innerText();
}

test("rows become messages by a mapping, and each bad row is named", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/data");
  await choose(visit, "orders.csv", orders);
  assert.equal(await page.getByLabel("Contact", { exact: true }).inputValue(), "CustomerID");
  assert.equal(await page.getByLabel("Time", { exact: true }).inputValue(), "InvoiceDate");
  await page.getByLabel("Rows of one message share").selectOption("InvoiceNo");
  await page.getByLabel("What Quantity becomes").selectOption("item");
  await page.getByLabel("What InvoiceNo becomes").selectOption("nothing");
  await page.getByText("3 of the first 7 rows become no message.").waitFor();
  assert.deepEqual(await accessibilityComplaints(page), []);

  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("4 rows became 3 messages. 3 rows were skipped.").waitFor();
  await page.getByText('InvoiceDate is not a time: "not a date"').waitFor();
  assert.equal(await fact(visit, "Contacts"), "2");
  assert.equal(await fact(visit, "Events"), "3");

  // The contact's page reads its messages from the file that is kept; a reload finds all of it.
  await visit.go("/contacts/17850");
  await page.getByText("2 events").first().waitFor();
  await page.locator(".event-name").last().click();
  await page.getByRole("dialog").getByText('"quantity": 6').first().waitFor();
  await visit.end();
});

test("messages are read, packed or not, refused lines are told, and aliases join", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/data");
  const timestamp = Date.parse("2026-11-01T10:00:00Z");
  const lines = [
    { type: "track", anonymousId: "anon-1", event: "Product Viewed", timestamp },
    { type: "track", userId: "u1", event: "Order Completed", timestamp: timestamp + 1000 },
    { type: "alias", previousId: "anon-1", userId: "u1", timestamp: timestamp + 2000 },
    { type: "teleport", userId: "u1", timestamp },
    { type: "track", userId: "ü\\2", event: "Order Completed", timestamp },
  ];
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  await choose(visit, "messages.ndjson.gz", gzipSync(text));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("1 line was refused.").waitFor();
  assert.equal(await fact(visit, "Contacts"), "2");
  await visit.go("/contacts/u1");
  await page.getByText("2 events").first().waitFor();
  await visit.go(`/contacts/${encodeURIComponent("ü\\2")}`);
  await page.getByText("1 event ").first().waitFor();
  await visit.end();
});

test("a shop is made with progress, given up without a trace, exported and opened again", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/data");
  const before = await fact(visit, "Contacts");
  await page.getByLabel("Customers").selectOption("1000000");
  await page.getByRole("button", { name: "Make the shop" }).click();
  await page.getByText(/Taking messages in · .* messages/).waitFor();
  await page.getByRole("link", { name: "Segments" }).first().click();
  await page.getByRole("link", { name: "Data" }).first().click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Given up. Nothing has changed.").waitFor();
  assert.equal(await fact(visit, "Contacts"), before);

  await page.getByLabel("Customers").selectOption("10000");
  await page.getByLabel("Seed").fill("7");
  await page.getByRole("button", { name: "Make the shop" }).click();
  await page.getByText("The shop is there.").waitFor({ timeout: patience });
  await page.getByLabel("Pack with gzip").check();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export as NDJSON" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "shop-10000.ndjson.gz");
  const text = gunzipSync(readFileSync(await download.path())).toString();
  const kept = await page.evaluate(async () => {
    const store = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("fosterflow-segments");
      opening.onsuccess = () => resolve(opening.result);
    });
    return new Promise<{ source: { options: never } }>((resolve) => {
      const reading = store.transaction("dataSet").objectStore("dataSet").get("current");
      reading.onsuccess = () => {
        store.close();
        resolve(reading.result as { source: { options: never } });
      };
    });
  });
  assert.ok(text.startsWith(customerLines(kept.source.options, 0)));
  assert.ok(text.trimEnd().endsWith(customerLines(kept.source.options, 9999).trimEnd()));

  await page.reload();
  await page.getByText("A shop of 10,000 customers, seed 7").waitFor();
  await visit.end();
});
