import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PageSource } from "./page_source.ts";
import { type Outcome, outcomeOf } from "./runtime.ts";

/** The least that a page with the package has to allow. */
export const neededPolicy = "script-src 'self' 'wasm-unsafe-eval'";

/**
 * Serves pages under a Content-Security-Policy, and takes what the page found out: its outcome, its failure, and what
 * the policy forbade.
 */
export class PageServer {
  readonly #source: PageSource;
  readonly #policy: string;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #outcome: Promise<Outcome>;
  readonly #violations: string[] = [];
  #settle: { done: (outcome: Outcome) => void; fail: (error: Error) => void } | undefined;

  constructor(source: PageSource, policy = neededPolicy) {
    this.#source = source;
    this.#policy = policy;
    this.#outcome = new Promise((done, fail) => {
      this.#settle = { done, fail };
    });
    // The runner may look at it only after the page has failed.
    this.#outcome.catch(() => undefined);
  }

  /** The address of the root. */
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
    else this.#serve(request, response).catch((error: Error) => response.destroy(error));
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

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? "/", "http://page.test");
    const { status, type, content } = await this.#source(pathname + search);
    const policy = type.startsWith("text/html") ? this.#policyFor(content) : this.#policy;
    response.writeHead(status, {
      "content-type": type,
      "content-security-policy": `${policy}; report-uri /violation`,
    });
    response.end(content);
  }

  /** An import map is an inline script, which its hash allows. */
  #policyFor(content: Buffer): string {
    const maps = content.toString().matchAll(/<script type="importmap">([\s\S]*?)<\/script>/g);
    const hashes = Array.from(maps, ([, map = ""]) => {
      const hash = createHash("sha256").update(map).digest("base64");
      return ` 'sha256-${hash}'`;
    });
    return this.#policy + hashes.join("");
  }
}
