import type { Delta } from "../javascript/delta_types.ts";
import type { StreamDelivery, StreamState } from "./stream_state.ts";
import type { Stream } from "./wire.ts";

/** How the endpoint as a whole stands. */
export interface EndpointState {
  /** Failures in a row, whatever the stream. */
  readonly attempts: number;
  /** Nothing is sent before this instant (epoch milliseconds). */
  readonly retryAt: number;
  /** Whether the last failure was that no answer came. */
  readonly unreachable: boolean;
  /** When the endpoint said that it wants nothing any more (410; epoch milliseconds). */
  readonly stoppedAt: number | null;
}

export const untriedEndpoint: EndpointState = {
  attempts: 0,
  retryAt: 0,
  unreachable: false,
  stoppedAt: null,
};

/**
 * Deltas that are not acknowledged yet, kept where memberships are kept: whoever applies messages writes the deltas in
 * the same transaction as the membership (or snapshot) that they tell. This is what the sender needs of it.
 *
 * Each method is one transaction. `stream_state.ts` says what appending and acknowledging make of a stream, so that all
 * outboxes agree. A rejection stops the sender until it is called again; what was not written is sent again.
 */
export interface Outbox {
  /** The streams with something to send, parked ones too, in the order in which they were first appended. */
  streams(): Promise<readonly StreamState[]>;
  /** The first deltas of a stream that are not acknowledged, in order of sequence; at most so many. */
  read(stream: Stream, most: number): Promise<readonly Delta[]>;
  /** `acknowledgedStream`, and deletes the deltas up to `sequence`. Also of a stream that is gone. */
  acknowledge(stream: Stream, sequence: number): Promise<void>;
  /** Changes how the delivery of a stream stands, and nothing else of it. */
  update(stream: Stream, change: Partial<StreamDelivery>): Promise<void>;
  /** Deletes a stream and its deltas: somebody has decided that. */
  discard(stream: Stream): Promise<void>;
  /** `untriedEndpoint` until something was saved. */
  endpoint(): Promise<EndpointState>;
  saveEndpoint(state: EndpointState): Promise<void>;
}
