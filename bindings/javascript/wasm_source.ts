import { coreUnavailable } from "./core_unavailable.ts";
import type { PackagedWasm } from "./packaged_wasm.ts";

type WasmBytes = ArrayBuffer | ArrayBufferView;

/** Where the core may come from; by default it is part of this package's code. */
export type WasmSource =
  | WebAssembly.Module
  | WasmBytes
  | Response
  | URL
  | Promise<WebAssembly.Module | WasmBytes | Response | URL>;

/** Compiled modules by address, so that many engines share one compilation. Failures are not remembered. */
export class CompiledModules {
  readonly #packaged: PackagedWasm;
  readonly #modules = new Map<string, Promise<WebAssembly.Module>>();

  constructor(packaged: PackagedWasm) {
    this.#packaged = packaged;
  }

  /** The module of what is handed in, or else of what the entry brings. */
  async of(source?: WasmSource): Promise<WebAssembly.Module> {
    if (source === undefined) return this.#once("", () => this.#ofPackage());
    let given: Awaited<WasmSource>;
    try {
      given = await source;
    } catch (cause) {
      throw coreUnavailable(
        "the promise given as `wasm` was rejected",
        "Check how core.wasm is read",
        cause,
      );
    }
    const module = this.#compiled(given);
    if (module !== undefined) return module;
    throw coreUnavailable(
      `something else (${typeof given}) was given as \`wasm\``,
      "Give a WebAssembly.Module, bytes, a Response, a URL, or a promise of one",
    );
  }

  async #ofPackage(): Promise<WebAssembly.Module> {
    const { what, remedy, load } = this.#packaged;
    let given: unknown;
    try {
      given = load();
    } catch (cause) {
      throw coreUnavailable(`${what} is unknown`, remedy, cause);
    }
    const module = this.#compiled(given);
    if (module !== undefined) return module;
    throw coreUnavailable(`${what} is no WebAssembly.Module (${typeof given})`, remedy);
  }

  /** Undefined when it is nothing that could be compiled. */
  #compiled(given: unknown): Promise<WebAssembly.Module> | WebAssembly.Module | undefined {
    if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return compileBytes(given);
    if (isModule(given)) return given as WebAssembly.Module;
    if (isUrl(given)) return this.#once(given.href, () => compileUrl(given));
    // Last, since Node.js loads its whole client for HTTP when this name is read.
    if (typeof Response === "function" && given instanceof Response) return compileResponse(given);
    return undefined;
  }

  #once(address: string, compile: () => Promise<WebAssembly.Module>): Promise<WebAssembly.Module> {
    const known = this.#modules.get(address);
    if (known !== undefined) return known;
    const compiled = compile().catch((error: unknown) => {
      this.#modules.delete(address);
      throw error;
    });
    this.#modules.set(address, compiled);
    return compiled;
  }
}

async function compileUrl(url: URL): Promise<WebAssembly.Module> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    const remedy =
      url.protocol === "file:"
        ? "Read the file and give its bytes as `wasm`"
        : "Check the address and the network, or leave `wasm` out to use the core inside the package";
    throw coreUnavailable(`${url.href} could not be fetched`, remedy, cause);
  }
  return compileResponse(response, url.href);
}

async function compileResponse(
  response: Response,
  address = response.url || "the response given as `wasm`",
): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw coreUnavailable(
      `${address} answered ${response.status}`,
      "Check that core.wasm is published at that address",
    );
  }
  try {
    // Streaming refuses any other type, and servers often send another.
    if (
      typeof WebAssembly.compileStreaming === "function" &&
      response.headers.get("content-type")?.startsWith("application/wasm")
    ) {
      return await WebAssembly.compileStreaming(response);
    }
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    throw coreUnavailable(
      `what ${address} answered could not be compiled`,
      "Check that core.wasm itself is served there, not a page",
      cause,
    );
  }
}

async function compileBytes(bytes: WasmBytes): Promise<WebAssembly.Module> {
  try {
    // V8 takes no DataView.
    const source = ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : bytes;
    return await WebAssembly.compile(source as BufferSource);
  } catch (cause) {
    throw coreUnavailable(
      "the bytes of the core could not be compiled",
      "Under a Content-Security-Policy allow 'wasm-unsafe-eval'; " +
        "where a host does not compile at run time, bundle with its condition (workerd, edge-light) " +
        "or give a WebAssembly.Module as `wasm`",
      cause,
    );
  }
}

function isModule(value: unknown): boolean {
  // A module may come from another realm, where instanceof fails.
  return Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
}

function isUrl(value: unknown): value is URL {
  return typeof URL === "function" && value instanceof URL;
}
