import type { Delta } from "@fosterflow/segments";
import {
  acknowledgedStream,
  appendedStream,
  type EndpointState,
  isWaiting,
  type Outbox,
  openedStream,
  type Stream,
  type StreamDelivery,
  type StreamState,
  untriedEndpoint,
} from "@fosterflow/segments/delivery";
import type { ContactStorage } from "../contact/contact_storage.ts";

/**
 * The deltas of one contact on their way to one endpoint, in the contact's own storage. Its streams are known in memory, too: every
 * message asks how they stand.
 */
export class ContactOutbox implements Outbox {
  readonly #storage: ContactStorage;
  readonly #transaction: <Result>(work: () => Result) => Result;
  readonly endpointId: string;
  /** In the order in which they were opened. Undefined until they were read. */
  #streams: readonly StreamState[] | undefined;
  #endpoint: EndpointState | undefined;

  constructor(
    storage: ContactStorage,
    transaction: <Result>(work: () => Result) => Result,
    endpointId: string,
  ) {
    this.#storage = storage;
    this.#transaction = transaction;
    this.endpointId = endpointId;
  }

  /** The stream of the endpoint that was opened last: the one that deltas are appended to. */
  current(): StreamState | undefined {
    return this.#all().at(-1);
  }

  get isWaiting(): boolean {
    return this.#all().some(isWaiting);
  }

  /** A transaction was rolled back: what is in memory may be ahead. */
  reload(): void {
    this.#streams = undefined;
    this.#endpoint = undefined;
  }

  /** Opens a stream with the memberships that its first deltas tell, none or more. Inside the caller's transaction. */
  open(stream: Stream, opening: readonly Delta[]): void {
    const state = openedStream(stream);
    this.#storage.sql.exec(
      "INSERT INTO streams (endpoint, place, epoch, isWaiting, state) " +
        "SELECT ?1, coalesce(max(place), 0) + 1, ?2, 1, ?3 FROM streams WHERE endpoint = ?1",
      ...[this.endpointId, state.epoch, JSON.stringify(state)],
    );
    this.#streams = undefined;
    this.append(stream, opening);
  }

  /** Appends deltas, which go on where the stream ends. Inside the caller's transaction. */
  append(stream: Stream, deltas: readonly Delta[]): void {
    const [first, ...others] = deltas;
    if (first === undefined) return;
    this.#save(appendedStream(this.#state(stream.epoch), [first, ...others]));
    for (const delta of deltas) {
      this.#storage.sql.exec(
        "INSERT INTO outbox (endpoint, epoch, sequence, delta) VALUES (?, ?, ?, ?)",
        ...[this.endpointId, delta.epoch, delta.sequence, JSON.stringify(delta)],
      );
    }
  }

  /** Forgets the endpoint. Inside the caller's transaction. */
  drop(): void {
    this.#storage.sql.exec("DELETE FROM streams WHERE endpoint = ?", this.endpointId);
    this.#storage.sql.exec("DELETE FROM outbox WHERE endpoint = ?", this.endpointId);
    this.#storage.deleteField(this.#fieldName);
    this.reload();
  }

  async streams(): Promise<readonly StreamState[]> {
    return this.#all().filter(isWaiting);
  }

  async read({ epoch }: Stream, most: number): Promise<readonly Delta[]> {
    return this.#storage.sql
      .exec(
        "SELECT delta FROM outbox WHERE endpoint = ? AND epoch = ? ORDER BY sequence LIMIT ?",
        ...[this.endpointId, epoch, most],
      )
      .toArray()
      .map((row) => JSON.parse(String(row["delta"])) as Delta);
  }

  async acknowledge({ epoch }: Stream, sequence: number): Promise<void> {
    this.#transaction(() => {
      const before = this.#state(epoch);
      if (before === undefined) return;
      const state = acknowledgedStream(before, sequence);
      this.#save(state);
      this.#storage.sql.exec(
        "DELETE FROM outbox WHERE endpoint = ? AND epoch = ? AND sequence <= ?",
        ...[this.endpointId, epoch, state.acknowledged],
      );
    });
  }

  async update({ epoch }: Stream, change: Partial<StreamDelivery>): Promise<void> {
    const before = this.#state(epoch);
    if (before !== undefined) this.#save({ ...before, ...change });
  }

  async discard({ epoch }: Stream): Promise<void> {
    this.#transaction(() => {
      const given = [this.endpointId, epoch];
      this.#storage.sql.exec("DELETE FROM streams WHERE endpoint = ? AND epoch = ?", ...given);
      this.#storage.sql.exec("DELETE FROM outbox WHERE endpoint = ? AND epoch = ?", ...given);
      this.#streams = undefined;
    });
  }

  async endpoint(): Promise<EndpointState> {
    if (this.#endpoint === undefined) {
      const value = this.#storage.field(this.#fieldName);
      this.#endpoint = value === undefined ? untriedEndpoint : (JSON.parse(value) as EndpointState);
    }
    return this.#endpoint;
  }

  async saveEndpoint(state: EndpointState): Promise<void> {
    this.#storage.saveField(this.#fieldName, JSON.stringify(state));
    this.#endpoint = state;
  }

  get #fieldName(): string {
    return `endpoint:${this.endpointId}`;
  }

  #all(): readonly StreamState[] {
    this.#streams ??= this.#storage.streamStates(this.endpointId);
    return this.#streams;
  }

  #state(epoch: string): StreamState | undefined {
    return this.#all().find((state) => state.epoch === epoch);
  }

  #save(state: StreamState): void {
    this.#storage.sql.exec(
      "UPDATE streams SET isWaiting = ?, state = ? WHERE endpoint = ? AND epoch = ?",
      ...[isWaiting(state) ? 1 : 0, JSON.stringify(state), this.endpointId, state.epoch],
    );
    this.#streams = this.#all().map((other) => (other.epoch === state.epoch ? state : other));
  }
}
