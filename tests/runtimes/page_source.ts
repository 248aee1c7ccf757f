import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";

export interface Page {
  readonly status: number;
  readonly type: string;
  readonly content: Buffer;
}

/** Where a page and its files come from, by the path of their address. */
export type PageSource = (path: string) => Promise<Page>;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

export function filesOf(folder: string): PageSource {
  return async (path) => {
    const file = join(folder, normalize(path));
    const type = types[extname(file)] ?? "application/octet-stream";
    if (existsSync(file) && statSync(file).isFile()) {
      return { status: 200, type, content: readFileSync(file) };
    }
    return { status: 404, type: "text/plain", content: Buffer.alloc(0) };
  };
}

/** Another server, which knows nothing of policies and outcomes. */
export function answersOf(origin: string): PageSource {
  return async (path) => {
    const response = await fetch(new URL(path, origin));
    const type = response.headers.get("content-type") ?? "application/octet-stream";
    return { status: response.status, type, content: Buffer.from(await response.arrayBuffer()) };
  };
}
