import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type DemoServer, startDemoServer } from "./demo_server.ts";

/** Generous: the machine may be busy with other things. */
export const patience = 120_000;

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to an address and waits until the contacts are there. */
  go(path: string): Promise<void>;
  /** Ends the visit, and fails when the page complained or asked another origin for something. */
  end(): Promise<void>;
}

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  readonly locale?: string;
}

/** A browser and the built demo; each visit has a storage of its own. */
export class Demo {
  readonly #browser: Browser;
  readonly #server: DemoServer;

  private constructor(browser: Browser, server: DemoServer) {
    this.#browser = browser;
    this.#server = server;
  }

  /** The demo as DEMO_URL has it, else the one that was built, without a backend. */
  static async open(): Promise<Demo> {
    const origin = process.env["DEMO_URL"];
    return origin === undefined ? Demo.withFiles({}) : Demo.at({ origin, close: () => undefined });
  }

  /** The demo that was built, without a backend; `files` are served beside it, by their paths. */
  static async withFiles(files: Readonly<Record<string, Uint8Array>>): Promise<Demo> {
    return Demo.at(await startDemoServer(files));
  }

  /** The demo as somebody else serves it. */
  static async at(server: DemoServer): Promise<Demo> {
    const executablePath = process.env["CHROMIUM_PATH"];
    assert.ok(executablePath, "CHROMIUM_PATH names the browser; `npm run test:demo` sets it");
    const args = [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
    ];
    return new Demo(await chromium.launch({ executablePath, args }), server);
  }

  get origin(): string {
    return this.#server.origin;
  }

  async visit(options: VisitOptions = {}): Promise<Visit> {
    const { width = 1440, height = 900, colorScheme = "light", locale = "en-GB" } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme,
      locale,
    });
    // What tsx puts into functions that are sent to the page.
    await context.addInitScript("globalThis.__name = (value) => value");
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error.stack)));
    page.on("request", (request) => {
      const isOwn = request.url().startsWith(this.origin) || /^(?:blob|data):/.test(request.url());
      if (!isOwn) complaints.push(`asked another origin: ${request.url()}`);
    });
    return {
      page,
      context,
      go: async (path) => {
        await page.goto(this.origin + path);
        await page.locator("h1").first().waitFor();
        await page.waitForFunction(() => document.querySelector(".opening") === null);
      },
      end: async () => {
        await context.close();
        assert.deepEqual(complaints, []);
      },
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** What axe finds against WCAG 2.2 AA, as one line each. */
export async function accessibilityComplaints(page: Page): Promise<string[]> {
  // Through the debugger: the page's policy refuses scripts that are put into it.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run(document, {
      runOnly: { type: "tag", values: tags },
      // What opens over the page lies outside of its landmarks, and belongs to its button.
      rules: { region: { enabled: false } },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`,
      ),
    );
  });
}
