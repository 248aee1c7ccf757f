/** What is written on the board: a count, and of how many contacts. */
export interface BoardNumber {
  readonly count: number;
  readonly contacts: number;
  /** What the count took. */
  readonly milliseconds: number;
}

const bytesOfNumbers = 3 * Float64Array.BYTES_PER_ELEMENT;

/**
 * A place in memory that the page and the engine's worker both see. After a key a browser may hold messages back until
 * the next frame is drawn; what stands here can be read in that very frame. One writes, the other reads.
 */
export class NumberBoard {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Float64Array;
  /** The request that the numbers answer; 0 while they are written. */
  readonly #request: Int32Array;

  constructor(memory = new SharedArrayBuffer(bytesOfNumbers + Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#numbers = new Float64Array(memory, 0, 3);
    this.#request = new Int32Array(memory, bytesOfNumbers, 1);
  }

  /** `request`: from 1 to 2³¹ - 1. */
  write(request: number, { count, contacts, milliseconds }: BoardNumber): void {
    Atomics.store(this.#request, 0, 0);
    this.#numbers.set([count, contacts, milliseconds]);
    Atomics.store(this.#request, 0, request);
  }

  /** The answer to a request; undefined when it does not stand here. */
  read(request: number): BoardNumber | undefined {
    if (Atomics.load(this.#request, 0) !== request) return undefined;
    const [count = 0, contacts = 0, milliseconds = 0] = this.#numbers;
    // Another answer may have been written meanwhile.
    if (Atomics.load(this.#request, 0) !== request) return undefined;
    return { count, contacts, milliseconds };
  }
}
