import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { startLocal } from "../../edge-worker/local/start.mjs";
import { Demo, type Visit } from "./demo_page.ts";
import { freePort } from "./free_port.ts";
import { type Screen, screens } from "./screens.ts";

/**
 * Pictures of the demo as `npm start` serves it. Without parameters those of the README, in docs/images/. To look all
 * screens over: --all FOLDER [NAME…] writes each at three widths, light and dark.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: "string" }, language: { type: "string", default: "en-GB" } },
});

const images = "docs/images";
const inReadme = [
  { name: "builder", colorScheme: "light" },
  { name: "segments", colorScheme: "light" },
  { name: "personas", colorScheme: "dark" },
  { name: "live", colorScheme: "light" },
  { name: "contact", colorScheme: "light" },
] as const;
/** Bytes: a page with all of them is still light. */
const mostBytes = 200_000;
const quality = 88;

const heights = { 1440: 900, 1024: 768, 390: 844 } as const;
const widths = [1440, 1024, 390] as const;

async function show(visit: Visit, screen: Screen): Promise<void> {
  const { page } = visit;
  await visit.go(screen.path);
  await screen.show?.(page);
  await page.waitForLoadState("networkidle");
  // Numbers that come after the first ones.
  await page.waitForTimeout(1500);
  await page.waitForFunction(() => document.querySelector(".toast") === null);
}

async function webp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality });
  return Buffer.from(data, "base64");
}

const dataFolder = mkdtempSync(join(tmpdir(), "fosterflow-screens-"));
const run = await startLocal({ port: await freePort(), dataFolder, quiet: true });
const demo = await Demo.at({ origin: run.url, close: () => undefined });
try {
  if (values.all === undefined) {
    mkdirSync(images, { recursive: true });
    for (const { name, colorScheme } of inReadme) {
      const screen = screens.find((one) => one.name === name);
      if (screen === undefined) throw new Error(`there is no screen ${name}`);
      const visit = await demo.visit({ width: 1440, height: 900, colorScheme });
      await show(visit, screen);
      const picture = await webp(visit.page);
      if (picture.length > mostBytes) throw new Error(`${name} has ${picture.length} bytes`);
      writeFileSync(join(images, `${name}.webp`), picture);
      console.log(`${images}/${name}.webp: ${picture.length} bytes`);
      await visit.end();
    }
  } else {
    mkdirSync(values.all, { recursive: true });
    const wanted = screens.filter(
      ({ name }) => positionals.length === 0 || positionals.includes(name),
    );
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of widths) {
        const visit = await demo.visit({
          width,
          height: heights[width],
          colorScheme,
          locale: values.language,
        });
        for (const screen of wanted) {
          try {
            await show(visit, screen);
          } catch (error) {
            console.error(`${screen.name}: ${error}`);
          }
          const path = join(values.all, `${screen.name}-${width}-${colorScheme}.png`);
          await visit.page.screenshot({ path, fullPage: true });
        }
        await visit.end();
      }
    }
  }
} finally {
  await demo.close();
  await run.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
