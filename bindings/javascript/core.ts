import { CoreMemory, outOfMemory, statusRefused } from "./core_memory.ts";
import type { CoreModule } from "./core_module.ts";
import { DeltaRows } from "./delta_rows.ts";
import type { Delta } from "./delta_types.ts";
import { SegmentError, type SegmentErrorCode } from "./segment_error.ts";

/** What openSnapshot answers in the place of a handle. */
const snapshotRefused = -2;

/** An instance of the core that has contacts, each of which decides with every message. */
export class Core extends CoreMemory<CoreModule> {
  readonly #deltaRows: DeltaRows;

  constructor(module: CoreModule) {
    super(module);
    this.#deltaRows = new DeltaRows(module);
  }

  /** The changes of membership that the last call brought about. */
  deltas(): Delta[] {
    this.checkAlive();
    try {
      return this.#deltaRows.read();
    } catch (cause) {
      throw this.fail(cause);
    }
  }

  override define(segmentsLength: number, parametersLength: number): boolean {
    const isTaken = super.define(segmentsLength, parametersLength);
    if (isTaken) this.#deltaRows.forgetSegments();
    return isTaken;
  }

  /** Who finds the changes out, and the life of the storage behind it: what every delta from now on says. */
  setOrigin(source: string, epoch: string): void {
    this.#deltaRows.setOrigin(source, epoch);
    const [sourceLength, epochLength] = this.writeTexts(source, epoch);
    this.call(() => this.module.setOrigin(sourceLength, epochLength));
  }

  openContact(id: string): number {
    const length = this.writeText(id);
    this.checkAlive();
    let contact: number;
    try {
      contact = this.module.openContact(length);
    } catch (cause) {
      throw this.fail(cause);
    }
    if (contact < 0) throw outOfMemory();
    return contact;
  }

  /** Whether contacts keep of events only what the segments read, from the next `define` on. */
  setRetention(onlyReferenced: boolean): void {
    this.call(() => this.module.setRetention(onlyReferenced ? 1 : 0));
  }

  /** Opens the contact from its snapshot. */
  openSnapshot(id: string, snapshot: Uint8Array): number {
    const idLength = this.writeTextAndBytes(id, snapshot);
    this.checkAlive();
    let contact: number;
    try {
      contact = this.module.openSnapshot(idLength, snapshot.length);
    } catch (cause) {
      throw this.fail(cause);
    }
    if (contact === snapshotRefused) throw snapshotRefusal(this.response());
    if (contact < 0) throw outOfMemory();
    return contact;
  }

  snapshot(contact: number): Uint8Array<ArrayBuffer> {
    this.call(() => this.module.snapshot(contact));
    const address = this.module.responseAddress();
    return this.module.HEAPU8.slice(address, address + this.module.responseLength());
  }

  /** Takes the data of a snapshot into the contact; the deltas are as after `apply`. */
  merge(contact: number, snapshot: Uint8Array, now: number): void {
    const length = this.writeBytes(snapshot);
    if (this.call(() => this.module.merge(contact, length, now)) === statusRefused) {
      throw snapshotRefusal(this.response());
    }
  }

  /** Joins two contacts by an alias; the outcome is as after `apply`. */
  join(contact: number, other: number, alias: string, now: number): void {
    const length = this.writeText(alias);
    this.call(() => this.module.join(contact, other, length, now));
  }

  /** Never throws: it also runs when a forgotten contact is collected. */
  closeContact(contact: number): void {
    if (this.hasFailed) return;
    try {
      this.module.closeContact(contact);
    } catch (cause) {
      this.fail(cause);
    }
  }

  // The calls of the hot path below take no closures.

  apply(contact: number, length: number, now: number): void {
    this.checkAlive();
    let status: number;
    try {
      status = this.module.apply(contact, length, now);
    } catch (cause) {
      throw this.fail(cause);
    }
    if (status !== 0) this.checkStatus(status);
  }

  advanceTo(contact: number, now: number): void {
    this.checkAlive();
    let status: number;
    try {
      status = this.module.advanceTo(contact, now);
    } catch (cause) {
      throw this.fail(cause);
    }
    if (status !== 0) this.checkStatus(status);
  }

  /** NaN when nothing will change by itself. */
  nextChangeAt(contact: number): number {
    this.checkAlive();
    try {
      return this.module.nextChangeAt(contact);
    } catch (cause) {
      throw this.fail(cause);
    }
  }

  has(contact: number, segmentIndex: number): boolean {
    this.checkAlive();
    try {
      return this.module.has(contact, segmentIndex) === 1;
    } catch (cause) {
      throw this.fail(cause);
    }
  }

  memberships(contact: number): string | undefined {
    this.call(() => this.module.memberships(contact));
    return this.response();
  }

  /** Undefined when there are too many changes. */
  timeline(contact: number, segmentIndex: number, from: number, to: number): string | undefined {
    const { timeline } = this.module;
    if (timeline === undefined) throw explainUnavailable();
    const status = this.call(() => timeline(contact, segmentIndex, from, to));
    return status === 0 ? this.response() : undefined;
  }

  /** The explanation as JSON. `at` NaN: at the contact's clock, or at `now` when it has none yet. */
  explain(
    contact: number,
    segmentIndex: number,
    at: number,
    now: number,
    language: string,
  ): string {
    const { explain } = this.module;
    if (explain === undefined) throw explainUnavailable();
    const length = this.writeText(language);
    const status = this.call(() => explain(contact, segmentIndex, at, now, length));
    const response = this.response() ?? "null";
    if (status === 0) return response;
    const { message } = JSON.parse(response) as { message: string };
    throw new SegmentError("invalid_argument", message);
  }

  openContactCount(): number {
    this.checkAlive();
    return this.module.openContactCount();
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
