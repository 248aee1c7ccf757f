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
