import type { WasmSource } from "../javascript/wasm_source.ts";
import type { Cores } from "./decider.ts";
import type { Questions } from "./questions.ts";

/**
 * The cores as files beside the code, compiled as they come; where a bundler has not published them, or the network does not
 * bring them, the whole core from inside the package takes the place of both.
 */
export class PackageCores implements Cores {
  readonly #addresses: { readonly contact: string; readonly whole: string };
  readonly #questions: Questions;
  #contact: Promise<WasmSource> | undefined;
  #whole: Promise<WasmSource> | undefined;
  #inline: Promise<WasmSource> | undefined;

  constructor(addresses: { contact: string; whole: string }, questions: Questions) {
    this.#addresses = addresses;
    this.#questions = questions;
  }

  contact(): Promise<WasmSource> {
    this.#contact ??= this.#fetched(this.#addresses.contact).catch((error: unknown) => {
      this.#contact = undefined;
      throw error;
    });
    return this.#contact;
  }

  whole(): Promise<WasmSource> {
    this.#whole ??= this.#fetched(this.#addresses.whole).catch((error: unknown) => {
      this.#whole = undefined;
      throw error;
    });
    return this.#whole;
  }

  async #fetched(address: string): Promise<WasmSource> {
    let reason: unknown;
    try {
      const response = await fetch(address);
      const isWasm = response.headers.get("content-type")?.startsWith("application/wasm");
      if (response.ok && isWasm) return await WebAssembly.compileStreaming(response);
      if (response.ok) return await WebAssembly.compile(await response.arrayBuffer());
      reason = new Error(`${address} answered ${response.status}`);
    } catch (error) {
      reason = error;
    }
    try {
      this.#inline ??= this.#questions
        .core()
        .then((bytes) => WebAssembly.compile(bytes as BufferSource));
      return await this.#inline;
    } catch {
      this.#inline = undefined;
      throw reason;
    }
  }
}
