import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { pageHeaders } from "../../web-demo/page_headers.ts";

const dist = fileURLToPath(new URL("../../web-demo/dist/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

export interface DemoServer {
  readonly origin: string;
  close(): void;
}

/** Serves the built demo under its policy; every address that is no file is the page. */
export async function startDemoServer(
  files: Readonly<Record<string, Uint8Array>>,
): Promise<DemoServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = files[pathname];
    if (file !== undefined) {
      response.writeHead(200).end(file);
      return;
    }
    const wanted = join(dist, normalize(pathname));
    const isFile = wanted.startsWith(dist) && existsSync(wanted) && statSync(wanted).isFile();
    if (!isFile && extname(pathname) !== "" && pathname.startsWith("/assets/")) {
      response.writeHead(404).end();
      return;
    }
    const path = isFile ? wanted : join(dist, "index.html");
    response.writeHead(200, {
      "Content-Type": types[extname(path)] ?? "application/octet-stream",
      ...pageHeaders,
    });
    response.end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
