import type { Delta } from "../javascript/delta_types.ts";
import { type EndpointState, type Outbox, untriedEndpoint } from "./outbox.ts";
import {
  acknowledgedStream,
  appendedStream,
  isWaiting,
  openedStream,
  type StreamDelivery,
  type StreamState,
} from "./stream_state.ts";
import { type Stream, streamKey } from "./wire.ts";

interface Entry {
  state: StreamState;
  deltas: readonly Delta[];
}

/** An outbox that lives as long as the process: for tests, and for pages whose storage cannot be written. */
export class MemoryOutbox implements Outbox {
  readonly #entries = new Map<string, Entry>();
  #endpoint = untriedEndpoint;

  /**
   * Appends deltas, all or none.
   *
   * @throws RangeError when the sequences of a stream have a gap.
   */
  append(deltas: readonly Delta[]): void {
    const changed = new Map<string, Entry>();
    for (const [key, added] of groupedByStream(deltas)) {
      const before = this.#entries.get(key);
      changed.set(key, {
        state: appendedStream(before?.state, added),
        deltas: [...(before?.deltas ?? []), ...added],
      });
    }
    for (const [key, entry] of changed) this.#entries.set(key, entry);
  }

  /** Opens an epoch in which the contact is in no segment, so that the receiver forgets those of the epoch before. */
  open(stream: Stream): void {
    const key = streamKey(stream);
    if (!this.#entries.has(key))
      this.#entries.set(key, { state: openedStream(stream), deltas: [] });
  }

  async streams(): Promise<StreamState[]> {
    return [...this.#entries.values()].map(({ state }) => state).filter(isWaiting);
  }

  async read(stream: Stream, most: number): Promise<readonly Delta[]> {
    return this.#entries.get(streamKey(stream))?.deltas.slice(0, most) ?? [];
  }

  async acknowledge(stream: Stream, sequence: number): Promise<void> {
    const entry = this.#entries.get(streamKey(stream));
    if (entry === undefined) return;
    entry.state = acknowledgedStream(entry.state, sequence);
    entry.deltas = entry.deltas.filter((delta) => delta.sequence > entry.state.acknowledged);
  }

  async update(stream: Stream, change: Partial<StreamDelivery>): Promise<void> {
    const entry = this.#entries.get(streamKey(stream));
    if (entry !== undefined) entry.state = { ...entry.state, ...change };
  }

  async discard(stream: Stream): Promise<void> {
    this.#entries.delete(streamKey(stream));
  }

  async endpoint(): Promise<EndpointState> {
    return this.#endpoint;
  }

  async saveEndpoint(state: EndpointState): Promise<void> {
    this.#endpoint = state;
  }
}

function groupedByStream(deltas: readonly Delta[]): Map<string, [Delta, ...Delta[]]> {
  const groups = new Map<string, [Delta, ...Delta[]]>();
  for (const delta of deltas) {
    const group = groups.get(streamKey(delta));
    if (group === undefined) groups.set(streamKey(delta), [delta]);
    else group.push(delta);
  }
  return groups;
}
