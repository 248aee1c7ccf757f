import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

/** A site with a page that tracks: what a page of somebody's shop would be, and the package's files beside it. */

const dist = new URL("../../dist/", import.meta.url);

const types: Readonly<Record<string, string>> = {
  ".html": "text/html;charset=UTF-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** The policy that docs/browser.md names, for every page of the site. */
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/** Answers a request, or leaves it to the site. */
export type Route = (
  request: IncomingMessage,
  body: Uint8Array,
  response: ServerResponse,
) => boolean | Promise<boolean>;

/**
 * Put before the package's code on the page, and in its worker: time is the test's. It is `offset` milliseconds ahead, and passes
 * `speed` times as fast, timers included.
 */
const clockScript = (openedAt: number, offset: number, speed: number) => `{
  const RealDate = Date;
  const start = ${openedAt};
  let offset = ${offset};
  const now = () => Math.round(start + (RealDate.now() - start) * ${speed}) + offset;
  const channel = new BroadcastChannel("test-clock");
  channel.onmessage = ({ data }) => { offset = data; };
  globalThis.Date = class extends RealDate {
    constructor(...given) { given.length === 0 ? super(now()) : super(...given); }
    static now() { return now(); }
  };
  const realSetTimeout = setTimeout;
  globalThis.setTimeout = (work, delay = 0, ...given) => realSetTimeout(work, delay / ${speed}, ...given);
  if (typeof document === "undefined") {
    // A worker that is put to sleep, for so many milliseconds.
    new BroadcastChannel("test-sleep").onmessage = ({ data }) => {
      for (const end = RealDate.now() + data; RealDate.now() < end; );
    };
  }
  globalThis.moveClock = (by) => { offset = by; channel.postMessage(by); };
  // What the TypeScript loader calls in functions that tests hand to the page.
  globalThis.__name = (value) => value;
}
`;

export class Site {
  readonly #server: Server;
  readonly routes: Route[] = [];
  /** Milliseconds that pages and workers which are opened now are ahead. */
  clockOffset = 0;
  /** How much faster time passes for them. */
  speed = 1;
  readonly #openedAt = Date.now();
  /** Paths that are not there. */
  readonly missing = new Set<string>();
  policy = policy;
  /** What the page does when it is opened. */
  pageScript = `import * as package_ from "/dist/browser.js"; globalThis.browserPackage = package_;`;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(...routes: Route[]): Promise<Site> {
    const site = new Site();
    site.routes.push(...routes);
    await new Promise<void>((resolve) => site.#server.listen(0, "127.0.0.1", resolve));
    return site;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Uint8Array[] = [];
    try {
      for await (const part of request) parts.push(part as Uint8Array);
    } catch {
      // A page that has gone does not finish its sentence.
      return;
    }
    for (const route of this.routes) {
      if (await route(request, Buffer.concat(parts), response)) return;
    }
    this.#file(new URL(request.url ?? "/", this.origin).pathname, response);
  }

  #clock(): string {
    return clockScript(this.#openedAt, this.clockOffset, this.speed);
  }

  /** The time of pages that are opened now (epoch milliseconds). */
  now(): number {
    return (
      Math.round(this.#openedAt + (Date.now() - this.#openedAt) * this.speed) + this.clockOffset
    );
  }

  #file(path: string, response: ServerResponse): void {
    response.setHeader("content-security-policy", this.policy);
    response.setHeader("cache-control", "no-store");
    if (path === "/" || path.endsWith(".html")) {
      response.setHeader("content-type", types[".html"] ?? "");
      response.end(
        `<!doctype html><title>Shop</title><script src="/clock.js"></script><script type="module" src="/page.js"></script>`,
      );
      return;
    }
    response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
    if (path === "/clock.js") return void response.end(this.#clock());
    if (path === "/page.js") {
      response.end(this.pageScript);
      return;
    }
    try {
      if (this.missing.has(path)) throw new Error("missing");
      const bytes = readFileSync(new URL(`.${path.replace(/^\/dist/, "")}`, dist));
      const clock = path.endsWith("browser-worker.js") ? this.#clock() : "";
      response.end(Buffer.concat([Buffer.from(clock), bytes]));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  }
}
