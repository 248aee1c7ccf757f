import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { createEngine, SegmentError, type WasmSource } from "@fosterflow/segments";
import { viewers } from "./example_segments.ts";

const file = new URL("../../dist/core.wasm", import.meta.url);
const bytes = readFileSync(file);

let server: Server;
let address: string;
/** What the server answers at /flaky. */
let flakyStatus = 503;
const requests = new Map<string, number>();

before(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.set(path, (requests.get(path) ?? 0) + 1);
    const status = path === "/flaky" ? flakyStatus : path === "/missing" ? 404 : 200;
    const type = path === "/typed" ? "application/wasm" : "application/octet-stream";
    response.writeHead(status, { "content-type": type });
    response.end(path === "/page" ? "<html></html>" : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

async function starts(wasm: WasmSource): Promise<void> {
  const engine = await createEngine({ segments: viewers, wasm });
  assert.equal(engine.segments().length, 1);
  engine.dispose();
}

async function failure(wasm: WasmSource): Promise<SegmentError> {
  try {
    await createEngine({ segments: viewers, wasm });
  } catch (error) {
    assert.ok(error instanceof SegmentError, String(error));
    assert.equal(error.code, "core_unavailable");
    return error;
  }
  return assert.fail("it was started");
}

test("the core may come as a module, bytes, a response, an address, or a promise", async () => {
  const module = await WebAssembly.compile(bytes);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  await starts(module);
  await starts(bytes);
  await starts(buffer as ArrayBuffer);
  await starts(new DataView(buffer as ArrayBuffer));
  await starts(new URL("/typed", address));
  await starts(new URL("/untyped", address));
  await starts(await fetch(`${address}/typed`));
  await starts(fetch(`${address}/untyped`));
  await starts(Promise.resolve(module));
  await starts(new Response(new Uint8Array(bytes)));
});

test("an address is fetched and compiled once", async () => {
  const url = new URL("/once", address);
  await Promise.all([starts(url), starts(url)]);
  await starts(url);
  assert.equal(requests.get("/once"), 1);
});

test("a failure names what was tried and the remedy", async () => {
  const missing = await failure(new URL("/missing", address));
  assert.match(missing.message, /\/missing answered 404\. Check that core\.wasm is published/);
  const page = await failure(new URL("/page", address));
  assert.match(page.message, /\/page.*could not be compiled/);
  assert.ok(page.cause instanceof Error);
  const closed = await failure(new URL("http://127.0.0.1:1/core.wasm"));
  assert.match(closed.message, /http:\/\/127\.0\.0\.1:1\/core\.wasm could not be fetched/);
  const local = await failure(file);
  assert.match(local.message, /Read the file and give its bytes/);
  const garbage = await failure(new Uint8Array([1, 2, 3]));
  assert.match(garbage.message, /'wasm-unsafe-eval'/);
  const rejected = await failure(Promise.reject(new Error("no network")));
  assert.match(rejected.message, /no network/);
  for (const wrong of ["core.wasm", 5, null, {}] as unknown as WasmSource[]) {
    assert.match((await failure(wrong)).message, /Give a WebAssembly\.Module, bytes/);
  }
});

test("a module that is not our core is refused", async () => {
  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const error = await failure(empty);
  assert.match(error.message, /could not be started/);
  assert.match(error.message, /'wasm-unsafe-eval'.*of this very version/);
});

test("after a failure a second try is possible", async () => {
  const url = new URL("/flaky", address);
  flakyStatus = 503;
  await failure(url);
  flakyStatus = 200;
  await starts(url);
  assert.equal(requests.get("/flaky"), 2);
});

test("a core that cannot be started leaves others alone", async () => {
  await failure(new Uint8Array(8));
  const engine = await createEngine({ segments: viewers });
  assert.equal(engine.segments().length, 1);
});
