import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where distributions put it; the environment knows better. */
const places = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The browser's file; undefined when there is none. */
export const chromiumFile = places.find((place) => place !== undefined && existsSync(place));

export function launchChromium(): Promise<Browser> {
  if (chromiumFile === undefined) throw new Error("There is no Chromium: apt-get install chromium");
  return chromium.launch({
    executablePath: chromiumFile,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}
