const encoder = new TextEncoder();
const zero = 0x30;
const hexadecimal = encoder.encode("0123456789abcdef");
const millisecondsPerDay = 86_400_000;

/** ASCII bytes, written without making texts first: a base of gigabytes takes seconds, not minutes. */
export class TextWriter {
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  readonly #dates = new Map<number, Uint8Array>();
  #length = 0;

  /** `margin`: no more than this is written between two looks at `isFull`. */
  constructor(capacity: number, margin: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#limit = capacity - margin;
  }

  get isFull(): boolean {
    return this.#length >= this.#limit;
  }

  /** Gives what was written, and begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length) as Uint8Array<ArrayBuffer>;
    this.#length = 0;
    return taken;
  }

  bytes(text: Uint8Array): void {
    const bytes = this.#bytes;
    let length = this.#length;
    // These are short, for which a loop is faster than `set`.
    for (let index = 0; index < text.length; index += 1) {
      bytes[length] = text[index] as number;
      length += 1;
    }
    this.#length = length;
  }

  /** A whole number below 2 ** 31, with leading zeros. */
  digits(value: number, count: number): void {
    const bytes = this.#bytes;
    const from = this.#length;
    let rest = value | 0;
    for (let place = from + count - 1; place >= from; place -= 1) {
      const next = (rest / 10) | 0;
      bytes[place] = zero + rest - next * 10;
      rest = next;
    }
    this.#length = from + count;
  }

  #hexadecimal(word: number, digits: number): void {
    const bytes = this.#bytes;
    let length = this.#length;
    for (let shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      bytes[length] = hexadecimal[(word >>> shift) & 15] as number;
      length += 1;
    }
    this.#length = length;
  }

  #byte(value: number): void {
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** An instant, epoch milliseconds, as `2026-11-23T00:00:00.000Z`. */
  instant(time: number): void {
    const date = Math.floor(time / millisecondsPerDay);
    let text = this.#dates.get(date);
    if (text === undefined) {
      text = encoder.encode(new Date(date * millisecondsPerDay).toISOString().slice(0, 11));
      this.#dates.set(date, text);
    }
    this.bytes(text);
    const rest = time - date * millisecondsPerDay;
    const seconds = Math.floor(rest / 1000);
    const minutes = Math.floor(seconds / 60);
    this.digits(Math.floor(minutes / 60), 2);
    this.#byte(0x3a);
    this.digits(minutes % 60, 2);
    this.#byte(0x3a);
    this.digits(seconds % 60, 2);
    this.#byte(0x2e);
    this.digits(rest % 1000, 3);
    this.#byte(0x5a);
  }

  /** A UUID of version 4 that `seed` and `number` decide; different numbers have different ones. */
  uuid(seed: number, number: number): void {
    const first = mixed(number ^ seed);
    const second = mixed(first + 0x9e3779b9);
    const third = mixed(second + 0x9e3779b9);
    const fourth = mixed(third + 0x9e3779b9);
    this.#hexadecimal(first, 8);
    this.#byte(0x2d);
    this.#hexadecimal(second >>> 16, 4);
    this.#byte(0x2d);
    this.#hexadecimal(0x4000 | (second & 0xfff), 4);
    this.#byte(0x2d);
    this.#hexadecimal(0x8000 | (third & 0x3fff), 4);
    this.#byte(0x2d);
    this.#hexadecimal(third >>> 16, 4);
    this.#hexadecimal(fourth, 8);
  }

  /** Cents as a number of whole units, as JSON writes it: 1990 is 19.9. */
  amount(cents: number): void {
    const whole = Math.floor(cents / 100);
    this.digits(whole, whole < 10 ? 1 : whole < 100 ? 2 : whole < 1000 ? 3 : 4);
    const rest = cents % 100;
    if (rest === 0) return;
    this.#byte(0x2e);
    if (rest % 10 === 0) this.digits(rest / 10, 1);
    else this.digits(rest, 2);
  }
}

/** One to one on 32 bits (the finalizer of MurmurHash3). */
function mixed(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
