import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium } from "playwright-core";

/** Where distributions put it; the environment knows better. */
const places = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The browser's file; undefined when there is none. */
export const chromiumFile = places.find((place) => place !== undefined && existsSync(place));

const parameters = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: foundChromium(), args: parameters });
}

/** With its profile in a folder. */
export function launchPersistentChromium(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    ...{ executablePath: foundChromium(), args: parameters },
  });
}

function foundChromium(): string {
  if (chromiumFile === undefined) throw new Error("There is no Chromium: apt-get install chromium");
  return chromiumFile;
}
