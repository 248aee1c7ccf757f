import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { inWorld, type Profile, scenarios } from "../scenarios.ts";
import type { BrowserPage } from "../tab.ts";

/** Of puppeteer-core, which is installed beside this file, what is used here. */
interface Context {
  newPage(): Promise<BrowserPage>;
  close(): Promise<void>;
}

interface Browser {
  createBrowserContext(): Promise<Context>;
  close(): Promise<void>;
}

interface Puppeteer {
  launch(options: {
    browser: "firefox";
    executablePath: string;
    headless: boolean;
  }): Promise<Browser>;
}

const places = [process.env["FIREFOX"], "/usr/bin/firefox-esr", "/usr/bin/firefox"];
const file = places.find((place) => place !== undefined && existsSync(place));
const skip = file === undefined ? "there is no Firefox: apt-get install firefox-esr" : false;

let browser: Browser | undefined;
before(async () => {
  if (file === undefined) return;
  const name = "puppeteer-core";
  const { launch } = (await import(name)) as Puppeteer;
  browser = await launch({ browser: "firefox", executablePath: file, headless: true });
});
after(() => browser?.close());

async function openProfile(): Promise<Profile> {
  if (browser === undefined) throw new Error("Firefox was not started.");
  const context = await browser.createBrowserContext();
  return { openPage: () => context.newPage(), close: () => context.close() };
}

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`Firefox, ${name}`, { skip }, () => inWorld(openProfile, scenario));
}
