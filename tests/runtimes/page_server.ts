import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { type Outcome, outcomeOf } from "./runtime.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** The least that a page with the package has to allow. */
export const neededPolicy = "script-src 'self' 'wasm-unsafe-eval'";

/**
 * Serves a folder under a Content-Security-Policy, and takes what the page found out: its outcome, its failure, and what
 * the policy forbade.
 */
export class PageServer {
  readonly #folder: string;
  readonly #policy: string;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #outcome: Promise<Outcome>;
  readonly #violations: string[] = [];
  #settle: { done: (outcome: Outcome) => void; fail: (error: Error) => void } | undefined;

  constructor(folder: string, policy = neededPolicy) {
    this.#folder = folder;
    this.#policy = policy;
    this.#outcome = new Promise((done, fail) => {
      this.#settle = { done, fail };
    });
    // The runner may look at it only after the page has failed.
    this.#outcome.catch(() => undefined);
  }

  /** The address of the folder. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @throws Error with the page's message. */
  get outcome(): Promise<Outcome> {
    return this.#outcome;
  }

  /** What the browser reported as forbidden, as JSON. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === "POST") this.#take(request, response);
    else this.#serve(request, response);
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      response.writeHead(204).end();
      if (request.url === "/violation") this.#violations.push(text);
      else if (request.url === "/failure") this.#settle?.fail(new Error(text));
      else if (request.url === "/outcome") this.#takeOutcome(text);
    });
  }

  #takeOutcome(text: string): void {
    try {
      this.#settle?.done(outcomeOf(text));
    } catch (error) {
      this.#settle?.fail(error as Error);
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", "http://page.test");
    const path = normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const file = join(this.#folder, path);
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const content = readFileSync(file);
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-security-policy": `${this.#policyFor(file, content)}; report-uri /violation`,
    });
    response.end(content);
  }

  /** An import map is an inline script, which its hash allows. */
  #policyFor(file: string, content: Buffer): string {
    if (!file.endsWith(".html")) return this.#policy;
    const maps = content.toString().matchAll(/<script type="importmap">([\s\S]*?)<\/script>/g);
    const hashes = Array.from(maps, ([, map = ""]) => {
      const hash = createHash("sha256").update(map).digest("base64");
      return ` 'sha256-${hash}'`;
    });
    return this.#policy + hashes.join("");
  }
}
