import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PageServer } from "./page_server.ts";
import type { PageSource } from "./page_source.ts";
import { foundProgram, isExecutable, StartedProgram, versionOf, within } from "./processes.ts";
import type { Outcome } from "./runtime.ts";

/** A browser of this machine. It is started on a page, and the page itself tells the server what came out. */
export interface Browser {
  readonly title: string;
  readonly version: string;
  open(address: string): Promise<OpenPage>;
}

export interface OpenPage {
  /** Rejects when the browser ends by itself. */
  readonly ended: Promise<never>;
  close(): Promise<void>;
}

const longestPage = 180_000;

/** Opens a page and waits for what it finds out. */
export async function decidedBy(
  browser: Browser,
  source: PageSource,
  path: string,
  policy?: string,
): Promise<Outcome> {
  const server = new PageServer(source, policy);
  const address = await server.start();
  const page = await browser.open(address + path);
  try {
    const tooLong = () =>
      new Error(
        `${browser.title} shows no outcome; forbidden: ${server.violations.join(" ") || "nothing"}`,
      );
    return await within(longestPage, Promise.race([server.outcome, page.ended]), tooLong);
  } finally {
    await page.close();
    await server.stop();
  }
}

/** Chromium or Chrome, or undefined. */
export async function chromium(): Promise<Browser | undefined> {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const program = foundProgram(names);
  if (program === undefined) return undefined;
  return {
    title: "Chromium",
    version: await versionOf(program, tmpdir()),
    open: async (address) =>
      openedIn(program, (profile) => [
        ...["--headless=new", "--disable-gpu", "--no-first-run", "--disable-sync"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-quic"],
        // Chromium has no sandbox for the administrator, as whom containers run.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        ...[`--user-data-dir=${profile}`, address],
      ]),
  };
}

/** Firefox, or undefined. */
export async function firefox(): Promise<Browser | undefined> {
  const program = foundProgram(["firefox-esr", "firefox"]);
  if (program === undefined) return undefined;
  return {
    title: "Firefox",
    version: await versionOf(program, tmpdir()),
    open: async (address) =>
      openedIn(program, (profile) => ["--headless", "--no-remote", "--profile", profile, address]),
  };
}

/** WebKitGTK's own little browser under an X server that shows nothing, or undefined. It is not Safari. */
export async function webKitGtk(): Promise<Browser | undefined> {
  const program = miniBrowser();
  const server = foundProgram(["Xvfb"]);
  if (program === undefined || server === undefined) return undefined;
  const environmentOf = (display: string) => ({ DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: "1" });
  return {
    title: "WebKitGTK",
    version: await withDisplay(server, (name) => versionOf(program, tmpdir(), environmentOf(name))),
    open: async (address) => {
      const [display, name] = await startedDisplay(server);
      const environment = environmentOf(name);
      const page = openedIn(program, () => ["--automation", address], environment);
      const close = async () => {
        await page.close();
        await display.stop();
      };
      return { ended: page.ended, close };
    },
  };
}

/** It lies where no PATH looks, in a folder for the version of its interface. */
function miniBrowser(): string | undefined {
  const libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].filter(existsSync);
  const folders = libraries.flatMap((library) => [
    library,
    ...readdirSync(library)
      .filter((name) => name.endsWith("-linux-gnu"))
      .map((name) => join(library, name)),
  ]);
  return folders
    .flatMap((folder) => ["4.1", "4.0", "6.0"].map((version) => `${folder}/webkit2gtk-${version}`))
    .map((folder) => join(folder, "MiniBrowser"))
    .find(isExecutable);
}

async function withDisplay<Value>(
  program: string,
  use: (name: string) => Promise<Value>,
): Promise<Value> {
  const [display, name] = await startedDisplay(program);
  try {
    return await use(name);
  } finally {
    await display.stop();
  }
}

/** An X server on a display that nobody has, and that display's name. */
async function startedDisplay(program: string): Promise<[StartedProgram, string]> {
  const server = new StartedProgram({
    program,
    parameters: ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    directory: tmpdir(),
  });
  const named = new Promise<string>((resolve) => {
    const timer = setInterval(() => {
      const number = /^(\d+)$/m.exec(server.output)?.[1];
      if (number === undefined) return;
      clearInterval(timer);
      resolve(`:${number}`);
    }, 20);
    server.exited.finally(() => clearInterval(timer)).catch(() => undefined);
  });
  const ended = server.exited.then((status) => {
    throw server.failure(`answered ${status}`);
  });
  return [server, await Promise.race([named, ended])];
}

/** Every page has a profile of its own, so that nothing is remembered. */
function openedIn(
  program: string,
  parameters: (profile: string) => string[],
  environment: Readonly<Record<string, string>> = {},
): OpenPage {
  const profile = mkdtempSync(join(tmpdir(), "segments-browser-"));
  const home = { HOME: profile, XDG_CACHE_HOME: join(profile, "cache") };
  const started = new StartedProgram({
    program,
    parameters: parameters(profile),
    directory: profile,
    environment: { ...home, ...environment },
  });
  const ended = started.exited.then((status): never => {
    throw started.failure(`ended with ${status}`);
  });
  // Closing it is such an end, and nobody waits for it then.
  ended.catch(() => undefined);
  return {
    ended,
    close: async () => {
      await started.stop();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
