import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { Page } from "playwright-core";
import { Demo, type Visit } from "./demo_page.ts";
import { audienceOf, numberIn } from "./page_audience.ts";

let demo: Demo;
before(async () => {
  demo = await Demo.open();
});
after(() => demo.close());

async function begin(visit: Visit): Promise<void> {
  await visit.go("/segments/new");
  await visit.page.getByRole("button", { name: /^Standard conditions/ }).click();
  await visit.page.locator(".summary-foot").waitFor();
}

const root = '[data-pointer="/when"]';
const at = (pointer: string) => `[data-pointer="${pointer}"]`;

async function addCondition(page: Page, kind: string): Promise<void> {
  await page.locator(`${root} > .condition-body > div:last-child > button`).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${kind}`) }).click();
}

async function choose(
  page: Page,
  where: string,
  label: string | RegExp,
  option: string,
): Promise<void> {
  await page.locator(where).getByLabel(label).first().selectOption({ label: option });
}

/** The definition as the JSON tab has it. */
async function definitionIn(page: Page): Promise<SegmentDefinition> {
  await page.getByRole("tab", { name: "JSON" }).click();
  const text = await page.locator("textarea.json-input").inputValue();
  await page.getByRole("tab", { name: "Rule" }).click();
  return JSON.parse(text) as SegmentDefinition;
}

/** Until the number of the page is that of the package in Node.js, over the same contacts at the same instant. */
async function assertCounted(visit: Visit, definition: SegmentDefinition): Promise<void> {
  const { audience, instant, records } = await audienceOf(visit.page);
  const others = records.filter(({ id }) => id !== definition.id);
  audience.define(others);
  const count = audience.count(definition, { at: instant });
  await visit.page.waitForFunction(
    (wanted) =>
      document.querySelector(".summary-count")?.textContent?.replace(/\D/g, "") === wanted,
    String(count),
  );
  const own = await visit.page
    .locator(`${root} > .condition-head > .condition-count`)
    .getAttribute("data-count");
  assert.equal(own, String(count));
}

test("every kind of condition by clicking, and the exact number of the rule", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await begin(visit);
  const kinds = [
    ...[
      "One after the other",
      "Comparison",
      "Who they are",
      "Reachable by",
      "On a list",
      "In a segment",
    ],
    ...["Random share", "Any of these", "None of these"],
  ];
  for (const kind of kinds) await addCondition(page, kind);
  await page.locator(`${root} > .condition-body > .group-kinds`).getByText("Any holds").click();
  const definition = await definitionIn(page);
  assert.equal(definition.when.kind, "any");
  const found = "of" in definition.when ? definition.when.of.map(({ kind }) => kind) : [];
  const wanted = [
    "event",
    "sequence",
    "compare",
    "attribute",
    "channel",
    "list",
    "segment",
    "sample",
    "any",
    "none",
  ];
  assert.deepEqual(found, wanted);
  await assertCounted(visit, definition);
  await visit.end();
});

test("an event with measure, operator, parameters, items of a list, and every kind of window", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await begin(visit);
  const event = at("/when/of/0");
  await page
    .locator(event)
    .getByRole("combobox", { name: /^Event: / })
    .click();
  await page.getByPlaceholder("Search or type").fill("order comp");
  await page.getByRole("option", { name: /Order Completed/ }).click();
  await choose(page, event, "What is measured", "the sum of");
  await page.locator(event).getByLabel("Value").first().fill("80");
  await page.locator(event).getByRole("button", { name: "Add event parameter" }).click();
  await page.getByRole("menuitem", { name: /^Entry of a list/ }).click();
  await page
    .locator(event)
    .locator(".filter")
    .getByRole("combobox", { name: /^Event parameter/ })
    .click();
  await page.getByPlaceholder("Search or type").fill("category");
  await page
    .getByRole("option", { name: /category/ })
    .first()
    .click();

  const windows: [string, string][] = [
    ["at any time", "undefined"],
    ["between … and … ago", '{"between":[{"days":60},{"days":30}]}'],
    ["longer ago than", '{"before":{"days":30}}'],
    ["in whole calendar units", '{"calendar":{"unit":"month","count":1,"current":true}}'],
    ["in the last", '{"last":{"days":30}}'],
  ];
  for (const [label, json] of windows) {
    await choose(page, event, "When", label);
    const definition = await definitionIn(page);
    const [condition] = "of" in definition.when ? definition.when.of : [];
    assert.equal(String(JSON.stringify((condition as { window?: unknown }).window)), json);
    await assertCounted(visit, definition);
  }
  await choose(page, event, "When", "from and to a date");
  await page.locator(event).getByText("since an event").click();
  const definition = await definitionIn(page);
  const [condition] = "of" in definition.when ? definition.when.of : [];
  const { window, where, measure, value } = condition as unknown as Record<
    string,
    Record<string, unknown>
  >;
  assert.deepEqual(Object.keys(window ?? {}).sort(), ["from", "since", "to"]);
  assert.equal(where?.["kind"], "item");
  assert.deepEqual(measure, { fn: "sum", property: "total" });
  assert.equal(value, 80);
  await assertCounted(visit, definition);
  await visit.end();
});

test("undo, redo, duplicate, move by keyboard and by dragging, collapse, and nothing blanks on the way", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await begin(visit);
  await addCondition(page, "Reachable by");
  await addCondition(page, "Any of these");
  const kindsOf = async () => {
    const { when } = await definitionIn(page);
    return JSON.stringify(
      "of" in when
        ? when.of.map((one) => ("of" in one ? one.of.map(({ kind }) => kind) : one.kind))
        : [],
    );
  };
  assert.equal(await kindsOf(), '["event","channel",["event"]]');

  await page.locator(at("/when/of/1")).getByLabel("Comparison").focus();
  await page.keyboard.press("Alt+ArrowUp");
  assert.equal(await kindsOf(), '["channel","event",["event"]]');
  await page.locator(at("/when/of/1")).getByLabel("Whether").focus();
  await page.keyboard.press("Alt+ArrowRight");
  assert.equal(await kindsOf(), '["channel",["event","event"]]');
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await kindsOf(), '["event","channel",["event"]]');
  await page.getByRole("button", { name: "Redo" }).click();
  assert.equal(await kindsOf(), '["channel","event",["event"]]');

  await page
    .locator(at("/when/of/0"))
    .getByRole("button", { name: /^Actions/ })
    .click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  assert.equal(await kindsOf(), '["channel","channel","event",["event"]]');

  const handle = page
    .locator(at("/when/of/2"))
    .getByRole("button", { name: /^Move: / })
    .first();
  await handle.hover();
  await page.mouse.down();
  const target = await page.locator(`${at("/when/of/0")}`).boundingBox();
  assert.ok(target);
  await page.mouse.move(target.x + 60, target.y + 30, { steps: 5 });
  await page.mouse.move(target.x + 60, target.y - 4, { steps: 10 });
  await page.mouse.up();
  assert.equal(await kindsOf(), '["event","channel","channel",["event"]]');

  await page
    .locator(at("/when/of/1"))
    .getByRole("button", { name: /^Collapse/ })
    .click();
  await page.locator(at("/when/of/1")).getByText("the contact can be reached by").waitFor();

  const count = page.locator(".summary-count");
  const before = await count.innerText();
  const value = page.locator(at("/when/of/0")).getByRole("spinbutton", { name: "Value" });
  await value.fill("");
  await page.locator('[data-refused="true"]').first().waitFor({ state: "attached" });
  assert.equal(await count.innerText(), before, "the last number stays");
  assert.ok((await page.locator(`${at("/when/of/0")} > .remarks`).innerText()).includes("value"));
  await value.fill("2");
  await assertCounted(visit, await definitionIn(page));
  await visit.end();
});

test("JSON is checked as it is typed, SQL comes in three dialects, and the contacts are those of the rule", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments/first-purchase?tab=json");
  const text = page.locator("textarea.json-input");
  const definition = JSON.parse(await text.inputValue()) as SegmentDefinition;
  await text.fill("{");
  await page.getByText("This is no JSON yet").waitFor();
  await text.fill(
    JSON.stringify({ ...definition, when: { kind: "list", list: "wholesale", op: "at" } }),
  );
  await page.locator(".notice-error").first().waitFor();
  const edited = {
    ...definition,
    when: { kind: "list", list: "wholesale", op: "in" },
  } as SegmentDefinition;
  await text.fill(JSON.stringify(edited));
  const { audience, instant, records } = await audienceOf(page);
  audience.define(records);
  const count = audience.count(edited, { at: instant });
  await page.waitForFunction(
    (wanted) =>
      document.querySelector(".summary-count")?.textContent?.replace(/\D/g, "") === wanted,
    String(count),
  );
  await page.getByRole("tab", { name: "SQL" }).click();
  for (const dialect of ["DuckDB", "PostgreSQL", "ClickHouse"]) {
    await page.getByLabel("Database").selectOption({ label: dialect });
    await page.waitForFunction(() =>
      document.querySelector(".sql")?.textContent?.includes("wholesale"),
    );
  }
  await page.getByRole("tab", { name: "Contacts" }).click();
  const [first] = audience.members(edited, { at: instant, limit: 1 });
  await page.getByRole("link", { name: String(first), exact: true }).waitFor();
  await visit.end();
});

test("saving tells first who would enter and leave, makes a version, and an edit outlives the page", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await visit.go("/segments/cart-abandonment");
  await page.locator(".summary-foot").waitFor();
  const before = numberIn(await page.locator(".summary-count").innerText());
  await page.getByRole("button", { name: "Add exclude group" }).click();
  await page.getByText("is saved").waitFor({ state: "detached" });
  await page.waitForFunction(
    (wanted) =>
      document.querySelector(".summary-count")?.textContent?.replace(/\D/g, "") !== wanted,
    String(before),
  );
  const after = numberIn(await page.locator(".summary-count").innerText());
  await page.waitForTimeout(1000);
  await page.reload();
  await page.getByText("Your unsaved edits are still here.").waitFor();
  await page.getByRole("button", { name: "Review and save" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(`${before - after} would leave`).waitFor();
  await dialog.getByText("0 would enter").waitFor();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.locator(".toast-text", { hasText: "was saved as version 2" }).waitFor();
  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByRole("dialog").getByText("Version 1").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Edit from this one" }).click();
  await page.waitForFunction(
    (wanted) =>
      document.querySelector(".summary-count")?.textContent?.replace(/\D/g, "") === wanted,
    String(before),
  );
  await visit.end();
});

test("whatever somebody types as JSON, the rule is drawn, and what is wrong is said", async () => {
  const visit = await demo.visit();
  const { page } = visit;
  await begin(visit);
  const inGroup = (...of: unknown[]) => ({ version: 1, id: "odd", when: { kind: "all", of } });
  const odd: unknown[] = [
    {},
    { version: 1, id: "odd", when: 5 },
    { version: 1, id: "odd", when: { kind: "all", of: "many" } },
    { version: 1, id: "odd", parameters: 7, timezone: [], name: 3, when: { kind: "none" } },
    inGroup(null, 4, "text", [], {}, { kind: "unheard" }),
    inGroup(
      { kind: "event" },
      { kind: "event", event: [1, null], where: 2, window: 3, measure: 4, op: 5, value: {} },
    ),
    inGroup({
      kind: "event",
      event: "page",
      where: { kind: "item", where: { kind: "all", of: {} } },
    }),
    inGroup({
      kind: "event",
      event: "page",
      window: { between: 3, calendar: 4, since: 5, from: {} },
    }),
    inGroup(
      { kind: "sequence", steps: [null, 3, { event: {}, within: 4, absent: "no" }] },
      { kind: "sequence" },
    ),
    inGroup(
      { kind: "compare", left: { add: 1 }, op: null, right: { metric: null } },
      { kind: "compare" },
    ),
    inGroup(
      { kind: "attribute", op: "between", value: 3 },
      { kind: "attribute", op: "in", value: { x: 1 } },
    ),
    inGroup(
      { kind: "channel" },
      { kind: "list", list: 4 },
      { kind: "segment", op: [] },
      { kind: "sample" },
    ),
  ];
  for (const definition of odd) {
    await page.getByRole("tab", { name: "JSON" }).click();
    await page.locator("textarea.json-input").fill(JSON.stringify(definition));
    await page.getByRole("tab", { name: "Rule" }).click();
    await page.locator('[data-refused="true"]').first().waitFor({ state: "attached" });
    await page.locator(".rule .condition").first().waitFor();
    assert.equal(
      await page.getByText("This part of the page failed").count(),
      0,
      JSON.stringify(definition),
    );
  }
  await page.getByRole("tab", { name: "JSON" }).click();
  await page.locator("textarea.json-input").fill("5");
  await page.getByText("a definition is an object").waitFor();
  await visit.end();
});
