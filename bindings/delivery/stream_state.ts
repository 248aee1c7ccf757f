import type { Delta } from "../javascript/delta_types.ts";
import { openingLength, type Stream } from "./wire.ts";

/** Why a stream waits for somebody to look at it. */
export interface Parking {
  readonly code: ParkingCode;
  /** The delta that could not be delivered; those after it wait behind it. */
  readonly sequence: number;
  /** The last answer's status; 0 when there was none. */
  readonly status: number;
  /** For people. */
  readonly message: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type ParkingCode =
  /** The receiver refused the delta for good (422). */
  | "delta_refused"
  /** The receiver refused the request for good (another 4xx). */
  | "request_refused"
  /** A request with this delta alone is too large for the receiver (413). */
  | "too_large"
  /** It failed for too long. */
  | "exhausted"
  /** A later epoch of this source and contact is open at the receiver. */
  | "epoch_superseded"
  /**
   * Receiver and outbox no longer agree about the past: one of them went back to an older copy. The numbers of this
   * epoch cannot go on; open a new one (`createEngine` with another `epoch`).
   */
  | "epoch_needed";

/** How the delivery of a stream stands. The sender writes it, the outbox keeps it. */
export interface StreamDelivery {
  /** Whether the receiver knows the membership with which the epoch opened. */
  readonly opened: boolean;
  /** Failures in a row. */
  readonly attempts: number;
  /** Not before this instant (epoch milliseconds); 0: at once. */
  readonly retryAt: number;
  /** The first of those failures (epoch milliseconds). */
  readonly failingSince: number | null;
  readonly parked: Parking | null;
}

/** What an outbox keeps of a stream beside its deltas. */
export interface StreamState extends Stream, StreamDelivery {
  /** The deltas 1 to `opening` are the membership with which the epoch opened. */
  readonly opening: number;
  /** The highest sequence that the receiver has; the outbox holds the deltas after it. */
  readonly acknowledged: number;
  /** The highest sequence that was ever appended. */
  readonly lastSequence: number;
}

const fresh = { attempts: 0, retryAt: 0, failingSince: null } as const;

/** A new epoch of a contact that is in no segment, before its first delta. */
export function openedStream({ source, epoch, contact }: Stream): StreamState {
  const counts = { opening: 0, acknowledged: 0, lastSequence: 0 };
  return { source, epoch, contact, ...counts, opened: false, ...fresh, parked: null };
}

/**
 * The state after deltas of one stream were appended, in order. A stream may start after 1 when its first deltas were
 * told before there was an outbox.
 *
 * @throws RangeError when they do not go on where the stream ends.
 */
export function appendedStream(
  state: StreamState | undefined,
  deltas: readonly [Delta, ...Delta[]],
): StreamState {
  const { sequence: first } = deltas[0];
  const before = state ?? {
    ...openedStream(deltas[0]),
    acknowledged: first - 1,
    lastSequence: first - 1,
    opened: first > 1,
  };
  deltas.forEach(({ id, sequence }, index) => {
    const expected = before.lastSequence + 1 + index;
    if (sequence === expected) return;
    throw new RangeError(`The delta "${id}" cannot be appended: the next sequence is ${expected}.`);
  });
  const isOpening = before.lastSequence === 0 && !before.opened;
  const opening = isOpening ? openingLength(deltas) : before.opening;
  return { ...before, opening, lastSequence: before.lastSequence + deltas.length };
}

/** The state after the receiver said that it has everything up to `sequence`. */
export function acknowledgedStream(state: StreamState, sequence: number): StreamState {
  const acknowledged = Math.max(state.acknowledged, Math.min(sequence, state.lastSequence));
  const opened = state.opened || acknowledged >= state.opening;
  return { ...state, ...fresh, acknowledged, opened };
}

/** Whether there is something to send. */
export function isWaiting({ acknowledged, lastSequence, opened }: StreamState): boolean {
  return acknowledged < lastSequence || !opened;
}

/** What follows when a parked stream is to be tried again. */
export const unparked: Partial<StreamDelivery> = { ...fresh, parked: null };
