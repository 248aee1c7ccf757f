import type { CoreModule } from "./core_module.ts";
import { DeltaRows } from "./delta_rows.ts";
import type { Delta } from "./delta_types.ts";
import { SegmentError, type SegmentErrorCode } from "./segment_error.ts";

/** The values of BridgeStatus in bindings/wasm/bridge.h. */
const statusRefused = 1;
const statusOutOfMemory = 2;
const statusUnknownHandle = 3;
/** What openSnapshot answers in the place of a handle. */
const snapshotRefused = -2;

/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const bytesPerUnit = 3;
const smallestReservation = 4096;

/**
 * One instance of the WebAssembly core: writes input, reads responses, and turns what goes wrong into SegmentErrors.
 * Views of its memory live only between two calls, since growth detaches them.
 */
export class Core {
  readonly #module: CoreModule;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  /** The reserved input; of length 0 once the memory has grown. */
  #input: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  readonly #deltaRows: DeltaRows;
  #failure: SegmentError | undefined;

  constructor(module: CoreModule) {
    this.#module = module;
    this.#deltaRows = new DeltaRows(module);
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

  /** The changes of membership that the last call brought about. */
  deltas(): Delta[] {
    this.#checkAlive();
    try {
      return this.#deltaRows.read();
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  /** What else the last call had to tell, as JSON text; undefined when that is nothing. */
  response(): string | undefined {
    this.#checkAlive();
    try {
      const length = this.#module.responseLength();
      if (length === 0) return undefined;
      const address = this.#module.responseAddress();
      return this.#decoder.decode(this.#module.HEAPU8.subarray(address, address + length));
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  /** Takes the set of segments that was written; false when it is refused. */
  define(segmentsLength: number, parametersLength: number): boolean {
    const status = this.call(() => this.#module.define(segmentsLength, parametersLength));
    if (status === 0) this.#deltaRows.forgetSegments();
    return status === 0;
  }

  /** Who finds the changes out, and the life of the storage behind it: what every delta from now on says. */
  setOrigin(source: string, epoch: string): void {
    this.#deltaRows.setOrigin(source, epoch);
    const [sourceLength, epochLength] = this.writeTexts(source, epoch);
    this.call(() => this.#module.setOrigin(sourceLength, epochLength));
  }

  openContact(id: string): number {
    const length = this.writeText(id);
    this.#checkAlive();
    let contact: number;
    try {
      contact = this.#module.openContact(length);
    } catch (cause) {
      throw this.#fail(cause);
    }
    if (contact < 0) throw outOfMemory();
    return contact;
  }

  /** Whether contacts keep of events only what the segments read, from the next `define` on. */
  setRetention(onlyReferenced: boolean): void {
    this.call(() => this.#module.setRetention(onlyReferenced ? 1 : 0));
  }

  /** Opens the contact from its snapshot. */
  openSnapshot(id: string, snapshot: Uint8Array): number {
    const idLength = this.#writeTextAndBytes(id, snapshot);
    this.#checkAlive();
    let contact: number;
    try {
      contact = this.#module.openSnapshot(idLength, snapshot.length);
    } catch (cause) {
      throw this.#fail(cause);
    }
    if (contact === snapshotRefused) throw snapshotRefusal(this.response());
    if (contact < 0) throw outOfMemory();
    return contact;
  }

  snapshot(contact: number): Uint8Array<ArrayBuffer> {
    this.call(() => this.#module.snapshot(contact));
    const address = this.#module.responseAddress();
    return this.#module.HEAPU8.slice(address, address + this.#module.responseLength());
  }

  /** Takes the data of a snapshot into the contact; the deltas are as after `apply`. */
  merge(contact: number, snapshot: Uint8Array, now: number): void {
    const length = this.writeBytes(snapshot);
    if (this.call(() => this.#module.merge(contact, length, now)) === statusRefused) {
      throw snapshotRefusal(this.response());
    }
  }

  /** Never throws: it also runs when a forgotten contact is collected. */
  closeContact(contact: number): void {
    if (this.#failure !== undefined) return;
    try {
      this.#module.closeContact(contact);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  // The calls of the hot path below take no closures.

  apply(contact: number, length: number, now: number): void {
    this.#checkAlive();
    let status: number;
    try {
      status = this.#module.apply(contact, length, now);
    } catch (cause) {
      throw this.#fail(cause);
    }
    if (status !== 0) this.#checkStatus(status);
  }

  advanceTo(contact: number, now: number): void {
    this.#checkAlive();
    let status: number;
    try {
      status = this.#module.advanceTo(contact, now);
    } catch (cause) {
      throw this.#fail(cause);
    }
    if (status !== 0) this.#checkStatus(status);
  }

  /** NaN when nothing will change by itself. */
  nextChangeAt(contact: number): number {
    this.#checkAlive();
    try {
      return this.#module.nextChangeAt(contact);
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  has(contact: number, segmentIndex: number): boolean {
    this.#checkAlive();
    try {
      return this.#module.has(contact, segmentIndex) === 1;
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  memberships(contact: number): string | undefined {
    this.call(() => this.#module.memberships(contact));
    return this.response();
  }

  /** Undefined when there are too many changes. */
  timeline(contact: number, segmentIndex: number, from: number, to: number): string | undefined {
    const { timeline } = this.#module;
    if (timeline === undefined) throw explainUnavailable();
    const status = this.call(() => timeline(contact, segmentIndex, from, to));
    return status === 0 ? this.response() : undefined;
  }

  /** The explanation as JSON. `at` NaN: at the contact's clock, or at `now` when it has none yet. */
  explain(contact: number, segmentIndex: number, at: number, now: number): string {
    const { explain } = this.#module;
    if (explain === undefined) throw explainUnavailable();
    this.call(() => explain(contact, segmentIndex, at, now));
    return this.response() ?? "null";
  }

  /** Bytes of the core's memory; it never shrinks. */
  get memoryLength(): number {
    return this.#module.HEAPU8.length;
  }

  openContactCount(): number {
    this.#checkAlive();
    return this.#module.openContactCount();
  }

  /** Runs a coarse call; answers ok or refused, and throws for what ends it. */
  protected call(call: () => number): number {
    this.#checkAlive();
    let status: number;
    try {
      status = call();
    } catch (cause) {
      throw this.#fail(cause);
    }
    if (status !== 0) this.#checkStatus(status);
    return status;
  }

  /** An input of no bytes needs a buffer too: a detached one takes not even that. */
  #makeRoom(bytes: number): void {
    if (this.#input.length < Math.max(bytes, 1)) this.#reserve(bytes);
  }

  /** Writes a text directly followed by bytes; answers the text's length in bytes. */
  #writeTextAndBytes(text: string, bytes: Uint8Array): number {
    this.#makeRoom(text.length * bytesPerUnit + bytes.length);
    const length = this.#encoder.encodeInto(text, this.#input).written;
    this.#input.set(bytes, length);
    return length;
  }

  #reserve(bytes: number): void {
    this.#checkAlive();
    const size = Math.max(bytes, smallestReservation);
    let address: number;
    try {
      address = this.#module.reserveInput(size);
    } catch (cause) {
      throw this.#fail(cause);
    }
    // The old buffer may be gone even if there is no new one.
    this.#input = new Uint8Array(0);
    if (address === 0) throw outOfMemory();
    this.#input = this.#module.HEAPU8.subarray(address, address + size);
  }

  #checkAlive(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #checkStatus(status: number): void {
    if (status === statusRefused) return;
    if (status === statusOutOfMemory) throw outOfMemory();
    if (status === statusUnknownHandle) {
      throw new SegmentError("disposed", "This contact or directory is not open any more.");
    }
    throw this.#fail(new Error(`unknown status ${status}`));
  }

  /** A trap leaves the core's memory in an unknown state, so nothing more is asked of it. */
  #fail(cause: unknown): SegmentError {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    this.#failure ??= new SegmentError(
      "engine_failed",
      `The segment core stopped unexpectedly (${reason}). Create a new engine and report this, please.`,
      { cause },
    );
    return this.#failure;
  }
}

function explainUnavailable(): SegmentError {
  return new SegmentError(
    "explain_unavailable",
    "This engine runs the lean core (contact.wasm), which tells no reasons and no past. " +
      "Leave `wasm` out of createEngine, or give it core.wasm of this package.",
  );
}

/** What the core has against a snapshot. */
function snapshotRefusal(response: string | undefined): SegmentError {
  const { code, reason, place } = JSON.parse(response ?? "{}") as {
    code: SegmentErrorCode;
    reason: string;
    place: number;
  };
  return new SegmentError(
    code,
    `The snapshot was refused at byte ${place}: ${reason}. Nothing has changed.`,
  );
}

function outOfMemory(): SegmentError {
  return new SegmentError(
    "out_of_memory",
    "There is no memory for this; nothing has changed. Dispose contacts that are not needed, or use several engines.",
  );
}
