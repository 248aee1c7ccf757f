/** Work that a newer request makes needless: in each lane only the newest goes on. */
export class Lanes {
  readonly #newest = new Map<string, number>();

  /** Makes older work of the lane stale, at once; tells whether this one has become so. */
  begin(lane: string): () => boolean {
    const generation = (this.#newest.get(lane) ?? 0) + 1;
    this.#newest.set(lane, generation);
    return () => this.#newest.get(lane) !== generation;
  }
}
