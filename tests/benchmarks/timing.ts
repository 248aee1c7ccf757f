/** Times in nanoseconds, one for each thing that was done. */
export class Samples {
  readonly #times: number[] = [];

  /** Adds the time between two readings of `performance.now()`, shared by `parts` equal things. */
  add(from: number, to: number, parts = 1): void {
    this.#times.push(((to - from) * 1e6) / parts);
  }

  get count(): number {
    return this.#times.length;
  }

  quantile(share: number): number {
    if (this.#times.length === 0) throw new Error("nothing was measured");
    const sorted = Float64Array.from(this.#times).sort();
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  }

  get median(): number {
    return this.quantile(0.5);
  }
}

/** What reading the clock twice costs here; it is part of every single measurement. */
export function clockCost(): number {
  const samples = new Samples();
  for (let index = 0; index < 20_000; index += 1) {
    const from = performance.now();
    samples.add(from, performance.now());
  }
  return samples.median;
}
