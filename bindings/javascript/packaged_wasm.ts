import { decodedBase64 } from "./base64.ts";

/** How an entry of this package finds the core that it brings along. */
export interface PackagedWasm {
  /** What a message calls it. */
  readonly what: string;
  /** What helps when it is not there. */
  readonly remedy: string;
  /** Bytes, a compiled module or an address. What bundlers make of an import is not known before. */
  readonly load: () => unknown;
}

/** The core as text in the code: there wherever the code is, and compiled where the host allows it. */
export function inlineWasm(file: string, base64: string): PackagedWasm {
  return {
    what: `${file} inside this package`,
    remedy: "Install the package anew",
    load: () => decodedBase64(base64),
  };
}

/** The core as the host or its bundler compiled it, for hosts that compile nothing at run time. */
export function importedWasm(file: string, module: unknown): PackagedWasm {
  return {
    what: `what the import of ${file} gave`,
    remedy:
      "Let the bundler import .wasm files as compiled modules, " +
      "or hand the core in as `wasm`: a WebAssembly.Module",
    load: () => module,
  };
}

/** The core as a file of its own, which is fetched. */
export function fetchedWasm(file: string, address: () => URL): PackagedWasm {
  return {
    what: `the address of ${file}`,
    remedy:
      "Import @fosterflow/segments, which has the core inside, or give the file's URL as `wasm`",
    load: address,
  };
}

/** No core at all. */
export const absentWasm: PackagedWasm = {
  what: "the core inside this entry, which brings none,",
  remedy:
    "Give core.wasm as `wasm`: a WebAssembly.Module, bytes, a Response or a URL; " +
    "or import @fosterflow/segments, which has it inside",
  load: () => undefined,
};
