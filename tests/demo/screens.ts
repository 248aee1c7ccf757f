import type { Page } from "playwright-core";

/** A screen of the demo, and what is done until it shows what it is for. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly show?: (page: Page) => Promise<void>;
}

const summaryIsThere = async (page: Page) => {
  await page.locator(".summary-foot").waitFor({ state: "attached" });
  await page.locator(".cost").first().waitFor({ state: "attached" });
};

export const screens: readonly Screen[] = [
  {
    name: "segments",
    path: "/segments",
    show: (page) => page.locator(".segment-changes dd").nth(19).waitFor({ state: "attached" }),
  },
  { name: "create", path: "/segments/new" },
  {
    name: "create-scenario",
    path: "/segments/new/scenario?template=cart-abandonment",
    show: (page) => page.locator(".preview-count .soft").waitFor(),
  },
  {
    name: "create-persona",
    path: "/segments/new/persona",
    show: (page) => page.locator(".scenario").nth(7).waitFor(),
  },
  {
    name: "create-list",
    path: "/segments/new/list",
    show: async (page) => {
      const rows = [
        "email;Contact id;Since",
        "anna@example.com;c000001;2024",
        "ben@example.com;c000002;2025",
        "cleo@example.com;;2025",
        "dora@example.com;c000001;2024",
        "emil@example.com;nobody-7;2026",
        "finn@example.com;c000009;2026",
      ];
      await page.locator('input[type="file"]').setInputFiles({
        name: "Friends.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(rows.join("\n")),
      });
      await page.locator("table").first().waitFor();
    },
  },
  { name: "builder", path: "/segments/browse-abandonment", show: summaryIsThere },
  { name: "builder-sequence", path: "/segments/cart-abandonment", show: summaryIsThere },
  { name: "builder-birthday", path: "/segments/birthday-soon", show: summaryIsThere },
  {
    name: "builder-new",
    path: "/segments/new",
    show: async (page) => {
      await page.locator(".create-way").first().click();
      await page.locator(".summary-foot").waitFor({ state: "attached" });
      await addGroup(page);
    },
  },
  {
    name: "builder-impact",
    path: "/segments/win-back",
    show: async (page) => {
      await summaryIsThere(page);
      await page.locator(".rule > .row button").last().click();
      await page.locator(".condition-none").waitFor();
      await page.locator(".builder-head .button-primary").click();
      await page.locator(".dialog").waitFor();
    },
  },
  { name: "builder-json", path: "/segments/cart-abandonment?tab=json", show: summaryIsThere },
  { name: "builder-sql", path: "/segments/cart-abandonment?tab=sql", show: summaryIsThere },
  {
    name: "builder-contacts",
    path: "/segments/cart-abandonment?tab=contacts",
    show: async (page) => {
      await summaryIsThere(page);
      await page.locator(".table-placed").first().waitFor();
    },
  },
  {
    name: "contacts",
    path: "/contacts",
    show: (page) => page.locator(".contact-link").first().waitFor(),
  },
  {
    name: "contact",
    path: "/contacts/c000007?segment=repeat-purchase",
    show: (page) => page.locator(".standing").first().waitFor(),
  },
  {
    name: "personas",
    path: "/personas",
    show: (page) => page.locator(".persona-cell-some").first().waitFor(),
  },
  {
    name: "live",
    path: "/live",
    show: async (page) => {
      await page.waitForFunction(
        () => document.querySelector<HTMLButtonElement>(".product button")?.disabled === false,
      );
      const add = page.locator(".product").nth(1).locator("button").last();
      await add.click();
      await page.locator(".cart > .row button").last().click();
      await page.locator('.light-on[data-segment="first-purchase"]').waitFor();
      await add.click();
      await page.locator(".delta-delivered").first().waitFor();
    },
  },
  { name: "data", path: "/data" },
];

async function addGroup(page: Page): Promise<void> {
  await page.locator('[data-pointer="/when"] > .condition-body > div:last-child > button').click();
  await page.getByRole("menuitem").nth(9).click();
}
