import { SegmentError } from "./segment_error.ts";

/** The values of BridgeStatus in bindings/wasm/bridge.h. */
export const statusRefused = 1;
const statusOutOfMemory = 2;
const statusUnknownHandle = 3;

/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const bytesPerUnit = 3;
const smallestReservation = 4096;

/** What every module of the core exports: see bindings/wasm/bridge.h. */
export interface MemoryModule {
  /** Replaced when the memory grows, which detaches every view taken before. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  reserveInput(bytes: number): number;
  responseAddress(): number;
  responseLength(): number;
  define(segmentsLength: number, parametersLength: number): number;
}

/**
 * One instance of the WebAssembly core: writes input, reads responses, and turns what goes wrong into SegmentErrors.
 * Views of its memory live only between two calls, since growth detaches them.
 */
export class CoreMemory<Module extends MemoryModule> {
  protected readonly module: Module;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  /** The reserved input; of length 0 once the memory has grown. */
  #input: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #failure: SegmentError | undefined;

  constructor(module: Module) {
    this.module = module;
  }

  /** Writes the text as input; answers its length in bytes. */
  writeText(text: string): number {
    this.#makeRoom(text.length * bytesPerUnit);
    return this.#encoder.encodeInto(text, this.#input).written;
  }

  /** Writes a text directly followed by another; answers their lengths in bytes. */
  writeTexts(first: string, second: string): [number, number] {
    this.#makeRoom((first.length + second.length) * bytesPerUnit);
    const firstLength = this.#encoder.encodeInto(first, this.#input).written;
    const rest = this.#input.subarray(firstLength);
    return [firstLength, this.#encoder.encodeInto(second, rest).written];
  }

  writeBytes(bytes: Uint8Array): number {
    this.#makeRoom(bytes.length);
    this.#input.set(bytes);
    return bytes.length;
  }

  /** Writes bytes directly followed by a text; answers their lengths in bytes. */
  writeBytesAndText(bytes: Uint8Array, text: string): [number, number] {
    this.#makeRoom(bytes.length + text.length * bytesPerUnit);
    this.#input.set(bytes);
    const rest = this.#input.subarray(bytes.length);
    return [bytes.length, this.#encoder.encodeInto(text, rest).written];
  }

  /** What else the last call had to tell, as JSON text; undefined when that is nothing. */
  response(): string | undefined {
    this.checkAlive();
    try {
      const length = this.module.responseLength();
      if (length === 0) return undefined;
      const address = this.module.responseAddress() >>> 0;
      return this.#decoder.decode(this.module.HEAPU8.subarray(address, address + length));
    } catch (cause) {
      throw this.fail(cause);
    }
  }

  /** Bytes of the core's memory; it never shrinks. */
  get memoryLength(): number {
    return this.module.HEAPU8.length;
  }

  /** Takes the set of segments that was written; false when it is refused. */
  define(segmentsLength: number, parametersLength: number): boolean {
    return this.call(() => this.module.define(segmentsLength, parametersLength)) === 0;
  }

  /** The core has given the input buffer back. */
  protected forgetInput(): void {
    this.#input = new Uint8Array(0);
  }

  /** Whether a failure has ended it. */
  protected get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Runs a call that answers a number. */
  protected number(call: () => number): number {
    this.checkAlive();
    try {
      return call();
    } catch (cause) {
      throw this.fail(cause);
    }
  }

  /** Runs a coarse call; answers ok or refused, and throws for what ends it. */
  protected call(call: () => number): number {
    this.checkAlive();
    let status: number;
    try {
      status = call();
    } catch (cause) {
      throw this.fail(cause);
    }
    if (status !== 0) this.checkStatus(status);
    return status;
  }

  /** An input of no bytes needs a buffer too: a detached one takes not even that. */
  #makeRoom(bytes: number): void {
    if (this.#input.length < Math.max(bytes, 1)) this.#reserve(bytes);
  }

  /** Writes a text directly followed by bytes; answers the text's length in bytes. */
  protected writeTextAndBytes(text: string, bytes: Uint8Array): number {
    this.#makeRoom(text.length * bytesPerUnit + bytes.length);
    const length = this.#encoder.encodeInto(text, this.#input).written;
    this.#input.set(bytes, length);
    return length;
  }

  #reserve(bytes: number): void {
    this.checkAlive();
    const size = Math.max(bytes, smallestReservation);
    let address: number;
    try {
      // Beyond 2 GiB addresses come as negative numbers.
      address = this.module.reserveInput(size) >>> 0;
    } catch (cause) {
      throw this.fail(cause);
    }
    // The old buffer may be gone even if there is no new one.
    this.#input = new Uint8Array(0);
    if (address === 0) throw outOfMemory();
    this.#input = this.module.HEAPU8.subarray(address, address + size);
  }

  protected checkAlive(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  protected checkStatus(status: number): void {
    if (status === statusRefused) return;
    if (status === statusOutOfMemory) throw outOfMemory();
    if (status === statusUnknownHandle) {
      throw new SegmentError("disposed", "This contact or directory is not open any more.");
    }
    throw this.fail(new Error(`unknown status ${status}`));
  }

  /** A trap leaves the core's memory in an unknown state, so nothing more is asked of it. */
  protected fail(cause: unknown): SegmentError {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    this.#failure ??= new SegmentError(
      "engine_failed",
      `The segment core stopped unexpectedly (${reason}). Create a new engine and report this, please.`,
      { cause },
    );
    return this.#failure;
  }
}

export function outOfMemory(): SegmentError {
  return new SegmentError(
    "out_of_memory",
    "There is no memory for this; nothing has changed. Dispose contacts that are not needed, or use several engines.",
  );
}
