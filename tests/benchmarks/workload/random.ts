/** A seeded generator of random numbers (sfc32): the same seed gives the same workload everywhere. */
export class Random {
  #a: number;
  #b = 0x9e3779b9;
  #c = 0x243f6a88;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    for (let round = 0; round < 16; round += 1) this.#word();
  }

  #word(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** From 0 to below 1. */
  fraction(): number {
    return this.#word() / 2 ** 32;
  }

  /** A whole number; both bounds belong to the range. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.fraction() * values.length)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }

  /** Picks in proportion to the weights. */
  weighted<Value extends { readonly weight: number }>(values: readonly Value[]): Value {
    const total = values.reduce((sum, { weight }) => sum + weight, 0);
    let rest = this.fraction() * total;
    for (const value of values) {
      rest -= value.weight;
      if (rest < 0) return value;
    }
    return this.pick(values);
  }

  /** A waiting time, as between things that happen at any moment alike. */
  exponential(mean: number): number {
    return -Math.log(1 - this.fraction()) * mean;
  }

  /** An amount of money with two decimals. */
  amount(low: number, high: number): number {
    return this.integer(low * 100, high * 100) / 100;
  }

  hexadecimal(digits: number): string {
    let text = "";
    while (text.length < digits) text += this.#word().toString(16).padStart(8, "0");
    return text.slice(0, digits);
  }
}
