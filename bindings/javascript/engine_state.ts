import type { Core } from "./core.ts";
import { SegmentError } from "./segment_error.ts";

/** What an engine and its contacts share, and let go of together. */
export class EngineState {
  #core: Core | undefined;
  #forgotten: FinalizationRegistry<number> | undefined;
  /** Place of each segment in the core's list. */
  segmentIndex: ReadonlyMap<string, number> = new Map();

  constructor(core: Core) {
    this.#core = core;
    // Some edge runtimes have none; contacts must be disposed there.
    if (typeof FinalizationRegistry === "function") {
      this.#forgotten = new FinalizationRegistry((handle) => core.closeContact(handle));
    }
  }

  /** The core. Throws when the engine was disposed. */
  get core(): Core {
    this.checkOpen();
    return this.#core as Core;
  }

  /** Throws when the engine was disposed. */
  checkOpen(): void {
    if (this.#core === undefined) throw new SegmentError("disposed", "The engine was disposed.");
  }

  /** Closes the handle when the contact is collected without having been released. */
  watch(contact: object, handle: number): void {
    this.#forgotten?.register(contact, handle, contact);
  }

  release(contact: object, handle: number): void {
    this.#forgotten?.unregister(contact);
    this.#core?.closeContact(handle);
  }

  /** Nothing refers to the WebAssembly instance afterwards, so that its whole memory goes. */
  dispose(): void {
    this.#core = undefined;
    this.#forgotten = undefined;
    this.segmentIndex = new Map();
  }
}
