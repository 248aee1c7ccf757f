/** A small seeded generator (xoshiro128**, seeded by splitmix32), the same on every machine. */
export class Random {
  private readonly state: Uint32Array;

  constructor(seed: number) {
    this.state = new Uint32Array(4);
    let mixed = seed >>> 0;
    // The high half counts too, so that seeds above 2^32 differ.
    mixed ^= Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1);
    for (let index = 0; index < 4; index += 1) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      this.state[index] = scramble(mixed);
    }
  }

  private nextWord(): number {
    const state = this.state as unknown as [number, number, number, number];
    const scrambled = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 11);
    return scrambled;
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor((this.nextWord() / 2 ** 32) * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.nextWord() / 2 ** 32 < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)] as T;
  }

  /** One of the choices, each as likely as its weight. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    const total = choices.reduce((sum, [weight]) => sum + weight, 0);
    let point = (this.nextWord() / 2 ** 32) * total;
    for (const [weight, choice] of choices) {
      point -= weight;
      if (point < 0) return choice;
    }
    return (choices.at(-1) as readonly [number, T])[1];
  }

  /** Some of the choices, at least `least`, in random order. */
  some<T>(choices: readonly T[], least: number, most: number): T[] {
    return this.shuffled(choices).slice(0, this.integer(least, most));
  }

  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let index = result.length - 1; index > 0; index -= 1) {
      const other = this.integer(0, index);
      [result[index], result[other]] = [result[other] as T, result[index] as T];
    }
    return result;
  }
}

function rotate(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0;
}

function scramble(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** The seed of the numbered case of a run: any case can be made again from it alone. */
export function caseSeed(baseSeed: number, index: number): number {
  return scramble(scramble(baseSeed >>> 0) + Math.imul(index + 1, 0x9e3779b9));
}
