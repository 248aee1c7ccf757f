/** One port for a local run: the API, the backend, what a page needs to know, and the page itself. */

interface FrontEnvironment {
  readonly EDGE: Fetcher;
  readonly BACKEND: Fetcher;
  /** The folder with the page's files; absent when there is none. */
  readonly SITE?: Fetcher;
  /** What /local.json answers. */
  readonly LOCAL: string;
  /** JSON: the names that this run answers to. */
  readonly HOSTS: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  mjs: "text/javascript; charset=utf-8",
  ndjson: "application/x-ndjson",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff2: "font/woff2",
};

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

export default {
  async fetch(request, { EDGE, BACKEND, SITE, LOCAL, HOSTS }) {
    const { pathname, hostname } = new URL(request.url);
    // Else a page anywhere could have its own name point here, and read the keys.
    if (!(JSON.parse(HOSTS) as string[]).includes(hostname)) {
      return new Response(`This run does not answer to ${hostname}; see --host\n`, { status: 421 });
    }
    if (/^\/(?:v1\/|health$|metrics$|openapi\.json$)/.test(pathname)) return EDGE.fetch(request);
    if (pathname.startsWith("/backend/")) return BACKEND.fetch(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response("Method not allowed\n", { status: 405, headers: { allow: "GET, HEAD" } });
    }
    if (pathname === "/local.json") {
      return new Response(LOCAL, {
        headers: { "content-type": "application/json", "cache-control": "no-store" },
      });
    }
    return sitePage(SITE, pathname, request.method);
  },
} satisfies ExportedHandler<FrontEnvironment>;

async function sitePage(
  site: Fetcher | undefined,
  pathname: string,
  method: string,
): Promise<Response> {
  if (site === undefined)
    return new Response("No site is here; see /openapi.json\n", { status: 404 });
  const path = safePath(pathname);
  const found = path === undefined ? undefined : await fileAt(site, path);
  const isView = isViewOfPage(pathname);
  const name = found === undefined ? "/index.html" : (path ?? "");
  const file = found ?? (isView ? await fileAt(site, "/index.html") : undefined);
  if (file === undefined)
    return new Response("Not found\n", { status: 404, headers: pageHeaders(".txt") });
  return new Response(method === "HEAD" ? null : file.body, { headers: pageHeaders(name) });
}

/** The page routes by itself: what has no extension is a view of it, and so is what a view names, such as an e-mail address. */
function isViewOfPage(pathname: string): boolean {
  const [, first = "", ...others] = pathname.split("/");
  if ([first, ...others].some((part) => part.startsWith("."))) return false;
  return !/\.[^/]+$/.test(pathname) || (others.length > 0 && first !== "assets");
}

async function fileAt(site: Fetcher, path: string): Promise<Response | undefined> {
  const name = path.endsWith("/") ? `${path}index.html` : path;
  const response = await site.fetch(`http://site${name}`);
  // A folder is told as a list of its files.
  const isFile = response.ok && response.headers.get("content-type") !== "application/json";
  if (isFile || (response.ok && name.endsWith(".json"))) return response;
  await response.body?.cancel();
  return undefined;
}

/** The path as the disk service takes it; undefined when it leads out of the folder, or to hidden files. */
function safePath(pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const isSafe = !path.split("/").some((part) => part.startsWith(".")) && !/[\\\0]/.test(path);
  return isSafe ? encodeURI(path) : undefined;
}

function pageHeaders(name: string): Record<string, string> {
  const extension = /\.([^./]+)$/.exec(name)?.[1] ?? (name.endsWith("/") ? "html" : "");
  const isHashed = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(name) && name.startsWith("/assets/");
  return {
    "content-type": contentTypes[extension] ?? "application/octet-stream",
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    "content-security-policy": contentSecurityPolicy,
    // Apart from other origins, a page may share memory with its workers.
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}
