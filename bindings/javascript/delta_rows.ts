import type { CoreModule } from "./core_module.ts";
import type { Delta, DeltaCause } from "./delta_types.ts";

// The places of a row: the members of DeltaRow in bindings/wasm/delta_row.h. A text takes two: address and length.
const sequencePlace = 0;
const atPlace = 1;
const decidedAtPlace = 2;
const enteredPlace = 3;
const causePlace = 4;
const segmentIndexPlace = 5;
const segmentPlace = 6;
const definitionPlace = 8;
const contactPlace = 10;
const messageIdPlace = 12;
const placesOfARow = 14;

/** The values of Cause in core/contact/delta.h. */
const causes: readonly DeltaCause[] = ["message", "time", "definition", "merge", "first"];

interface DecidedBy {
  readonly segment: string;
  readonly definition: string;
}

/** Reads the deltas of the core's last call from its memory. What they say is the core's; here they get their shape. */
export class DeltaRows {
  readonly #module: CoreModule;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #source = "";
  #epoch = "";
  /** Of the set in force, by index, as far as they were needed. */
  #inForce: (DecidedBy | undefined)[] = [];
  readonly #at = new InstantText();
  readonly #decidedAt = new InstantText();

  constructor(module: CoreModule) {
    this.#module = module;
  }

  /** What every delta says from now on. */
  setOrigin(source: string, epoch: string): void {
    this.#source = source;
    this.#epoch = epoch;
  }

  /** To be called when another set of segments is in force. */
  forgetSegments(): void {
    this.#inForce = [];
  }

  read(): Delta[] {
    const count = this.#module.deltaCount();
    if (count === 0) return [];
    const bytes = this.#module.HEAPU8;
    const address = this.#module.deltaAddress();
    const rows = new Float64Array(bytes.buffer, address, count * placesOfARow);
    const source = this.#source;
    const epoch = this.#epoch;
    const deltas: Delta[] = [];
    // Neighbours mostly share these.
    let contactAddress = -1;
    let contact = "";
    let messageIdAddress = -1;
    let messageId = "";
    for (let row = 0; row < rows.length; row += placesOfARow) {
      if (rows[row + contactPlace] !== contactAddress) {
        contactAddress = rows[row + contactPlace] as number;
        contact = this.#text(bytes, rows, row + contactPlace);
      }
      const sequence = rows[row + sequencePlace] as number;
      const at = rows[row + atPlace] as number;
      const atText = this.#at.of(at);
      const decidedAt = rows[row + decidedAtPlace] as number;
      const { segment, definition } = this.#decidedBy(bytes, rows, row);
      const delta: Delta = {
        id: `${source}:${epoch}:${contact}:${sequence}`,
        source,
        epoch,
        contact,
        sequence,
        segment,
        definition,
        change: rows[row + enteredPlace] === 1 ? "entered" : "exited",
        at: atText,
        decidedAt: decidedAt === at ? atText : this.#decidedAt.of(decidedAt),
        cause: causes[rows[row + causePlace] as number] as DeltaCause,
      };
      if (rows[row + messageIdPlace + 1] !== 0) {
        if (rows[row + messageIdPlace] !== messageIdAddress) {
          messageIdAddress = rows[row + messageIdPlace] as number;
          messageId = this.#text(bytes, rows, row + messageIdPlace);
        }
        delta.messageId = messageId;
      }
      deltas.push(delta);
    }
    return deltas;
  }

  #decidedBy(bytes: Uint8Array, rows: Float64Array, row: number): DecidedBy {
    const index = rows[row + segmentIndexPlace] as number;
    const known = this.#inForce[index];
    if (known !== undefined) return known;
    const read = {
      segment: this.#text(bytes, rows, row + segmentPlace),
      definition: this.#text(bytes, rows, row + definitionPlace),
    };
    if (index >= 0) this.#inForce[index] = read;
    return read;
  }

  #text(bytes: Uint8Array, rows: Float64Array, place: number): string {
    const address = rows[place] as number;
    return this.#decoder.decode(bytes.subarray(address, address + (rows[place + 1] as number)));
  }
}

const dayLength = 86_400_000;

/**
 * Writes instants as `Date.prototype.toISOString` does, which takes longer than all the rest of a delta: neighbours
 * mostly have the same instant, or at least the same day.
 */
class InstantText {
  #instant = 0;
  #text = new Date(0).toISOString();
  #day = 0;
  /** Up to the `T`. */
  #date = "1970-01-01T";

  of(instant: number): string {
    if (instant === this.#instant) return this.#text;
    const day = Math.floor(instant / dayLength);
    if (day !== this.#day) {
      this.#date = new Date(instant).toISOString().slice(0, -"00:00:00.000Z".length);
      this.#day = day;
    }
    const time = instant - day * dayLength;
    const hour = digits(100 + time / 3_600_000);
    const minute = digits(100 + ((time / 60_000) % 60));
    const second = digits(100 + ((time / 1_000) % 60));
    this.#instant = instant;
    this.#text = `${this.#date}${hour}:${minute}:${second}.${digits(1_000 + (time % 1_000))}Z`;
    return this.#text;
  }
}

/** A number's digits after the first, which keeps leading zeros; its fraction is cut off. */
function digits(number: number): string {
  return String(Math.floor(number)).slice(1);
}
