import { type EndpointState, type Outbox, untriedEndpoint } from "../delivery/outbox.ts";
import {
  acknowledgedStream,
  appendedStream,
  isWaiting,
  openedStream,
  type Parking,
  type StreamDelivery,
  type StreamState,
} from "../delivery/stream_state.ts";
import { type Stream, streamKey } from "../delivery/wire.ts";
import type { Delta } from "../javascript/delta_types.ts";
import type { LedStore } from "./led_store.ts";
import type { StoreTransaction, StreamRecord } from "./store.ts";

/** The outbox in a tracker's store. */
export class StoredOutbox implements Outbox {
  readonly #store: LedStore;

  constructor(store: LedStore) {
    this.#store = store;
  }

  async streams(): Promise<StreamState[]> {
    return (await this.#store.read(streamsInOrder)).filter(isWaiting);
  }

  read(stream: Stream, most: number): Promise<readonly Delta[]> {
    const range = { prefix: streamKey(stream) };
    return this.#store.read((transaction) => transaction.values("deltas", range, most));
  }

  acknowledge(stream: Stream, sequence: number): Promise<void> {
    return this.#change(stream, (state, transaction) => {
      const changed = acknowledgedStream(state, sequence);
      transaction.delete("deltas", { prefix: streamKey(stream), to: changed.acknowledged });
      return changed;
    });
  }

  update(stream: Stream, change: Partial<StreamDelivery>): Promise<void> {
    return this.#change(stream, (state) => ({ ...state, ...change }));
  }

  discard(stream: Stream): Promise<void> {
    return this.#store.write(async (transaction) => {
      transaction.delete("streams", streamKey(stream));
      transaction.delete("deltas", { prefix: streamKey(stream) });
    });
  }

  endpoint(): Promise<EndpointState> {
    return this.#store.read(
      async (transaction) => (await transaction.get("endpoints", "deltas")) ?? untriedEndpoint,
    );
  }

  saveEndpoint(state: EndpointState): Promise<void> {
    return this.#store.write(async (transaction) => transaction.put("endpoints", "deltas", state));
  }

  #change(
    stream: Stream,
    change: (state: StreamState, transaction: StoreTransaction) => StreamState,
  ): Promise<void> {
    return this.#store.write(async (transaction) => {
      const key = streamKey(stream);
      const record = await transaction.get("streams", key);
      if (record === undefined) return;
      transaction.put("streams", key, { ...record, state: change(record.state, transaction) });
    });
  }
}

/**
 * Appends deltas in a transaction that writes more.
 *
 * @param opened contacts whose epoch opens, whether or not a delta says so
 * @throws RangeError when the sequences of a stream have a gap: then the epoch cannot go on
 */
export async function appendDeltas(
  transaction: StoreTransaction,
  deltas: readonly Delta[],
  opened: readonly Stream[] = [],
): Promise<void> {
  const streams = new Map<string, { stream: Stream; deltas: Delta[] }>();
  for (const stream of opened) streams.set(streamKey(stream), { stream, deltas: [] });
  for (const delta of deltas) {
    const entry = streams.get(streamKey(delta)) ?? { stream: delta, deltas: [] };
    streams.set(streamKey(delta), entry);
    entry.deltas.push(delta);
  }
  let place = -1;
  for (const [key, { stream, deltas: own }] of streams) {
    const record = await transaction.get("streams", key);
    if (record === undefined && place === -1) place = await nextPlace(transaction);
    const [first, ...others] = own;
    const state =
      first === undefined
        ? (record?.state ?? openedStream(stream))
        : appendedStream(record?.state, [first, ...others]);
    transaction.put("streams", key, { state, place: record?.place ?? place });
    if (record === undefined) place += 1;
    for (const delta of own) transaction.put("deltas", [key, delta.sequence], delta);
  }
}

/**
 * Opens an epoch, in a transaction that writes more: of each contact that the source has told of before, the receiver is to know
 * what it is in now. What can never be delivered in the epochs before is deleted.
 */
export async function openEpoch(
  transaction: StoreTransaction,
  { source, epoch }: { source: string; epoch: string },
  deltas: readonly Delta[],
): Promise<void> {
  const contacts = new Set<string>();
  for (const state of await streamsInOrder(transaction)) {
    if (state.source !== source) continue;
    contacts.add(state.contact);
    if (isWaiting(state) && !isEpochOver(state.parked)) continue;
    transaction.delete("streams", streamKey(state));
    transaction.delete("deltas", { prefix: streamKey(state) });
  }
  const opened = [...contacts].map((contact) => ({ source, epoch, contact }));
  await appendDeltas(transaction, deltas, opened);
}

/** Whether only a later epoch can go on. */
export function isEpochOver(parking: Parking | null): boolean {
  return parking?.code === "epoch_needed" || parking?.code === "epoch_superseded";
}

/** All streams that are known, delivered ones too. */
export async function streamsInOrder(transaction: StoreTransaction): Promise<StreamState[]> {
  const records = await transaction.values("streams");
  return records.sort(byPlace).map(({ state }) => state);
}

async function nextPlace(transaction: StoreTransaction): Promise<number> {
  const records = await transaction.values("streams");
  return records.reduce((most, { place }) => Math.max(most, place), 0) + 1;
}

function byPlace(left: StreamRecord, right: StreamRecord): number {
  return left.place - right.place;
}
