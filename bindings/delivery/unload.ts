import type { Delta } from "../javascript/delta_types.ts";
import { encodedBatch } from "./batches.ts";
import type { StreamState } from "./stream_state.ts";
import { openingLength, type Stream, streamKey } from "./wire.ts";

/** Browsers refuse `fetch` with `keepalive` when more bytes than this are under way in all of a page. */
export const keepaliveQuotaBytes = 64 * 1024;

/** What deltas may take of that; the rest is for the page's other senders. */
export const unloadBudgetBytes = 50 * 1024;

/** Bytes of requests with `keepalive` that are under way; several senders of one page share one. */
export class KeepaliveBudget {
  readonly #most: number;
  #underWay = 0;

  /** @param most bytes, at most `keepaliveQuotaBytes` */
  constructor(most: number = unloadBudgetBytes) {
    this.#most = Math.min(most, keepaliveQuotaBytes);
  }

  get left(): number {
    return this.#most - this.#underWay;
  }

  /** Takes bytes; the function gives them back, once. */
  take(bytes: number): () => void {
    this.#underWay += bytes;
    let isTaken = true;
    return () => {
      if (isTaken) this.#underWay -= bytes;
      isTaken = false;
    };
  }
}

type UnloadStream = Pick<StreamState, keyof Stream | "opened" | "opening">;

interface Remembered {
  state: UnloadStream;
  /** Without a gap, from the first that is not acknowledged. */
  deltas: Delta[];
}

/**
 * The first deltas that are not acknowledged, in memory: a page that is being unloaded has no time to read its outbox.
 * It holds no more than could be sent then.
 */
export class UnloadMemory {
  readonly #most: number;
  readonly #streams = new Map<string, Remembered>();
  #bytes = 0;

  constructor(most: number = unloadBudgetBytes) {
    this.#most = most;
  }

  /** Deltas that were just appended to the outbox. */
  appended(deltas: readonly Delta[]): void {
    for (const delta of deltas) {
      const key = streamKey(delta);
      let entry = this.#streams.get(key);
      if (entry === undefined) {
        const own = deltas.filter((other) => streamKey(other) === key);
        const opened = delta.sequence !== 1;
        entry = { state: { ...streamOf(delta), opened, opening: openingLength(own) }, deltas: [] };
        this.#streams.set(key, entry);
      }
      this.#add(entry, delta);
      if (entry.deltas.length === 0) this.#streams.delete(key);
    }
  }

  /** What the outbox holds first of a stream. */
  read(state: StreamState, deltas: readonly Delta[]): void {
    const key = streamKey(state);
    let entry = this.#streams.get(key);
    if (entry?.deltas[0]?.sequence !== deltas[0]?.sequence) {
      this.forget(state);
      entry = undefined;
    }
    const known = entry ?? { state, deltas: [] };
    known.state = state;
    this.#streams.set(key, known);
    for (const delta of deltas) this.#add(known, delta);
    if (known.deltas.length === 0) this.#streams.delete(key);
  }

  acknowledged(stream: Stream, sequence: number): void {
    const entry = this.#streams.get(streamKey(stream));
    if (entry === undefined) return;
    while (entry.deltas[0] !== undefined && entry.deltas[0].sequence <= sequence) {
      this.#bytes -= sizeOf(entry.deltas[0]);
      entry.deltas.shift();
    }
    if (sequence >= entry.state.opening) entry.state = { ...entry.state, opened: true };
    // What came while there was no room for it is not here: the next read brings it.
    if (entry.deltas.length === 0) this.#streams.delete(streamKey(stream));
  }

  forget(stream: Stream): void {
    const key = streamKey(stream);
    for (const delta of this.#streams.get(key)?.deltas ?? []) this.#bytes -= sizeOf(delta);
    this.#streams.delete(key);
  }

  /** Bodies to send, together within the bytes that are left. */
  *batches(left: () => number, sentAt: number, authorization: string | undefined) {
    for (const { state, deltas } of this.#streams.values()) {
      const options = { sentAt, mostBytes: left(), ...(authorization ? { authorization } : {}) };
      const batch = encodedBatch(state, deltas, options);
      if (batch.deltas.length > 0) yield { stream: streamOf(state), ...batch };
    }
  }

  #add(entry: Remembered, delta: Delta): void {
    const last = entry.deltas.at(-1);
    if (last !== undefined && delta.sequence !== last.sequence + 1) return;
    const bytes = sizeOf(delta);
    if (this.#bytes + bytes > this.#most) return;
    this.#bytes += bytes;
    entry.deltas.push(delta);
  }
}

function streamOf({ source, epoch, contact }: Stream): Stream {
  return { source, epoch, contact };
}

/** About: texts beyond ASCII take more, and `encodedBatch` counts exactly. */
function sizeOf(delta: Delta): number {
  return JSON.stringify(delta).length;
}
