import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibilityComplaints, Demo } from "./demo_page.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.open();
});
after(() => demo.close());

const screens = [
  "/segments",
  "/segments/new",
  "/segments/new/scenario",
  "/segments/new/persona",
  "/segments/new/list",
  "/segments/browse-abandonment",
  "/segments/cart-abandonment",
  "/segments/cart-abandonment?tab=json",
  "/segments/cart-abandonment?tab=sql",
  "/segments/cart-abandonment?tab=contacts",
  "/contacts",
  "/contacts/c000007?segment=repeat-purchase",
  "/personas",
  "/live",
  "/data",
  "/nowhere",
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing: ${colorScheme}, ${width} pixels`, async () => {
      const visit = await demo.visit({ colorScheme, width });
      for (const screen of screens) {
        await visit.go(screen);
        await visit.page.waitForLoadState("networkidle");
        await visit.page.waitForTimeout(500);
        assert.deepEqual(await accessibilityComplaints(visit.page), [], screen);
      }
      await visit.end();
    });
  }
}

test("axe finds nothing in what opens over a screen, and Escape gives the focus back", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments/cart-abandonment");
  await page.locator(".summary-foot").waitFor();
  await page.getByRole("button", { name: "Add exclude group" }).click();
  await page.locator(".condition-none").waitFor();
  const openers = [
    page.getByRole("button", { name: "Settings" }),
    page.getByRole("button", { name: "Versions" }),
    page.getByRole("button", { name: /^As of/ }),
    page.getByRole("combobox", { name: /^Event: / }).first(),
    page.getByRole("button", { name: /^Actions: / }).first(),
    page.getByRole("button", { name: "Add condition" }).first(),
    page.getByRole("button", { name: "Review and save" }),
  ];
  for (const opener of openers) {
    await opener.focus();
    await page.keyboard.press("Enter");
    const opened = page.locator(".dialog, .popover, .menu, .combobox-list").first();
    await opened.waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(await accessibilityComplaints(page), [], String(opener));
    await page.keyboard.press("Escape");
    await opened.waitFor({ state: "detached" });
    await page.waitForFunction(
      (element) => element === document.activeElement,
      await opener.elementHandle(),
    );
  }
  await visit.end();
});

test("a segment is built with the keyboard alone", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments");
  await page.locator(".segment-row").first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "content");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "New segment" }).waitFor();
  await page.getByRole("button", { name: /^Standard conditions/ }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".summary-foot").waitFor();
  await page.getByRole("combobox", { name: /^Event: / }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("checkout");
  await page.keyboard.press("Enter");
  await page.locator(".summary-sentence", { hasText: "Checkout Started" }).waitFor();
  await page.getByRole("button", { name: "Add condition" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".menu:focus-within").waitFor();
  await page.keyboard.press("End");
  await page.locator(".menu-entry[data-highlighted]", { hasText: "None of these" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".condition-none").waitFor();
  await visit.end();
});
