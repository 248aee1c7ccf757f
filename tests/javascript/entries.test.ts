import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as segments from "@fosterflow/segments";
import * as audience from "@fosterflow/segments/audience";
import * as authoring from "@fosterflow/segments/authoring";
import * as core from "@fosterflow/segments/core";
import * as delivery from "@fosterflow/segments/delivery";
import * as receiver from "@fosterflow/segments/receiver";
import * as url from "@fosterflow/segments/url";
import {
  absentWasm,
  fetchedWasm,
  importedWasm,
  inlineWasm,
} from "../../bindings/javascript/packaged_wasm.ts";
import { SegmentError } from "../../bindings/javascript/segment_error.ts";
import { CompiledModules } from "../../bindings/javascript/wasm_source.ts";
import { viewers } from "./example_segments.ts";

interface Manifest {
  exports: Record<string, string | Record<string, string>>;
  /** Parcel reads no `exports` unless it is told to, but this. */
  alias: Record<string, string>;
}

const root = new URL("../../", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as Manifest;
const wasm = readFileSync(new URL("dist/core.wasm", root));

async function refusal(modules: CompiledModules): Promise<string> {
  try {
    await modules.of();
  } catch (error) {
    assert.ok(error instanceof SegmentError && error.code === "core_unavailable", `${error}`);
    return error.message;
  }
  return assert.fail("it was compiled");
}

test("every file that the package names is there", () => {
  const files = Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target),
  );
  assert.ok(files.length > 20);
  for (const file of files) assert.ok(existsSync(new URL(file, root)), file);
});

test("types come first and the default last, so that every resolver finds both", () => {
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target === "string") continue;
    const conditions = Object.keys(target);
    assert.equal(conditions[0], "types", path);
    assert.equal(conditions.at(-1), "default", path);
    // A tool that knows both takes the first, and a `node` before them would win in workerd.
    if (conditions.length > 2) {
      assert.deepEqual(conditions, ["types", "workerd", "edge-light", "default"], path);
    }
  }
});

test("Parcel finds the same files", () => {
  const defaults = Object.entries(manifest.exports).flatMap(([path, target]) =>
    typeof target === "string" || path === "." ? [] : [[path, target["default"]]],
  );
  assert.deepEqual(Object.entries(manifest.alias), defaults);
});

test("every entry that throws a SegmentError throws the same class", () => {
  for (const entry of [audience, authoring, core, url]) {
    assert.equal(entry.SegmentError, segments.SegmentError);
  }
});

test("importing an entry runs nothing: no WebAssembly, no decoding, no network, no random numbers", () => {
  const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
    typeof target === "string" ? [] : [`@fosterflow/segments${path.slice(1)}`],
  );
  const program = `
    const forbidden = ["WebAssembly", "atob", "fetch", "crypto", "Buffer", "setTimeout", "indexedDB"];
    for (const name of forbidden) {
      Object.defineProperty(globalThis, name, {
        get() { throw new Error(name + " was used"); },
      });
    }
    for (const entry of ${JSON.stringify(entries)}) await import(entry);
    process.stdout.write("imported");
  `;
  const parameters = ["--input-type=module", "--eval", program];
  const output = execFileSync(process.execPath, parameters, { cwd: root, encoding: "utf8" });
  assert.equal(output, "imported");
});

test("require gives what import gives", () => {
  const require = createRequire(import.meta.url);
  for (const [path, imported] of Object.entries({
    "@fosterflow/segments": segments,
    "@fosterflow/segments/audience": audience,
    "@fosterflow/segments/authoring": authoring,
    "@fosterflow/segments/core": core,
    "@fosterflow/segments/delivery": delivery,
    "@fosterflow/segments/receiver": receiver,
    "@fosterflow/segments/url": url,
  })) {
    assert.deepEqual(Object.keys(require(path) as object), Object.keys(imported), path);
  }
});

test("an entry for a host exports what the default entry does", () => {
  const exported = (file: string) => {
    const text = readFileSync(new URL(file, root), "utf8");
    const [, list = ""] = /export\{([^}]*)\};?\s*$/.exec(text) ?? [];
    return list
      .split(",")
      .map((name) => name.split(" as ").at(-1))
      .sort();
  };
  for (const target of Object.values(manifest.exports)) {
    if (typeof target === "string" || target["workerd"] === undefined) continue;
    const names = exported(target["default"] ?? "");
    assert.ok(names.includes("SegmentError"));
    assert.deepEqual(exported(target["workerd"]), names);
    assert.deepEqual(exported(target["edge-light"] ?? ""), names);
  }
});

test("the core can be handed in, and without one there is no engine", async () => {
  const engine = await core.createEngine({ segments: viewers, wasm });
  assert.equal(engine.segments().length, 1);
  engine.dispose();
  const without = { segments: viewers } as unknown as core.EngineOptions;
  await assert.rejects(core.createEngine(without), (error) => {
    assert.ok(error instanceof segments.SegmentError && error.code === "core_unavailable");
    return /brings none.*Give core\.wasm as `wasm`/.test(error.message);
  });
});

test("an address that Node.js does not fetch is named, with what helps", async () => {
  await assert.rejects(url.createEngine({ segments: viewers }), (error) => {
    assert.ok(error instanceof segments.SegmentError && error.code === "core_unavailable");
    return /dist\/core\.wasm could not be fetched.*Read the file/.test(error.message);
  });
});

test("what a bundler makes of an import is compiled, or refused by name", async () => {
  const module = await WebAssembly.compile(wasm);
  assert.equal(await new CompiledModules(importedWasm("./core.wasm", module)).of(), module);
  for (const other of ["/assets/core-5f3a.wasm", { memory: {} }, undefined]) {
    const message = await refusal(new CompiledModules(importedWasm("./core.wasm", other)));
    assert.match(message, /the import of \.\/core\.wasm gave is no WebAssembly\.Module/);
    assert.match(message, /compiled modules, or hand the core in as `wasm`/);
  }
});

test("the core of an entry is looked for once it is wanted, and compiled once", async () => {
  let loads = 0;
  const packaged = inlineWasm("core.wasm", wasm.toString("base64"));
  const load = () => {
    loads += 1;
    return packaged.load();
  };
  const modules = new CompiledModules({ ...packaged, load });
  assert.equal(loads, 0);
  const [first, second] = await Promise.all([modules.of(), modules.of()]);
  assert.equal(first, second);
  assert.equal(loads, 1);
});

test("a core that is there is compiled without a look at Response, which takes Node.js 40 ms", async () => {
  const name = "Response";
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
  assert.ok(descriptor?.configurable);
  let looks = 0;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => {
      looks += 1;
      return undefined;
    },
  });
  try {
    await new CompiledModules(inlineWasm("core.wasm", wasm.toString("base64"))).of();
    const modules = new CompiledModules(absentWasm);
    const module = await modules.of(wasm);
    assert.equal(await modules.of(module), module);
    assert.equal(looks, 0);
    await assert.rejects(modules.of("core.wasm" as unknown as Uint8Array));
    assert.equal(looks, 1);
  } finally {
    Object.defineProperty(globalThis, name, descriptor);
  }
});

test("an entry that finds no core says what was looked for", async () => {
  assert.match(await refusal(new CompiledModules(absentWasm)), /which brings none/);
  const nowhere = fetchedWasm("core.wasm", () => new URL("./core.wasm", undefined));
  const message = await refusal(new CompiledModules(nowhere));
  assert.match(message, /the address of core\.wasm is unknown \(Invalid URL\)/);
  const damaged = inlineWasm("core.wasm", "AAAA");
  assert.match(await refusal(new CompiledModules(damaged)), /could not be compiled/);
});
