import type { Delta } from "../javascript/delta_types.ts";

/** What sender and receiver say to each other; docs/delivery.md explains each member. */

export const protocolVersion = 1;

/** Most deltas in one request. */
export const maximumBatchDeltas = 100;

/** Most bytes of a request's body (UTF-8) with more than one delta in it. */
export const maximumBatchBytes = 256 * 1024;

/** Most bytes of a body that a receiver reads; more is answered with 413. */
export const maximumRequestBytes = 1024 * 1024;

/** Deltas are numbered within one of these: 1, 2, 3, … without a gap. */
export interface Stream {
  readonly source: string;
  readonly epoch: string;
  readonly contact: string;
}

/** The body of a request: deltas of one stream, in order, without a gap. */
export interface DeliveryBatch extends Stream {
  readonly version: typeof protocolVersion;
  /** The sender's clock: ISO 8601, UTC, milliseconds. It orders nothing. */
  readonly sentAt: string;
  /**
   * Present until the epoch's opening is acknowledged: the deltas 1 to `opening` are the full membership with which
   * the epoch opens; 0 says that the contact is in no segment.
   */
  readonly opening?: number;
  /** What the header `Authorization` says elsewhere: a page that is being unloaded cannot send the header. */
  readonly authorization?: string;
  /** Empty only when the opening is. */
  readonly deltas: readonly Delta[];
}

/** Status 200. */
export interface AcknowledgedAnswer {
  /** The highest sequence that is applied; 0 when the epoch is open and has no delta yet. */
  readonly acked: number;
}

/** Why a receiver did not take a batch; each belongs to one status. */
export type RefusalCode =
  /** 400: the body is no batch of this version. */
  | "batch_unreadable"
  /** 401: no signature, a wrong one, one that is too old or too new; or wrong credentials. */
  | "unauthorized"
  /** 405: not POST. */
  | "method_not_allowed"
  /** 409: deltas before these are missing; `expected` is the sequence that comes next. */
  | "sequence_gap"
  /** 409: a later epoch of this source and contact is open. */
  | "epoch_superseded"
  /** 413: the body is longer than the receiver reads. */
  | "batch_too_large"
  /** 422: `sequence` is refused for good; `acked` tells what is applied before it. */
  | "delta_refused"
  /** 500: the receiver's store failed; nothing of this request is applied. */
  | "store_failed";

/** All other statuses. */
export interface RefusedAnswer {
  readonly error: RefusalCode;
  /** For people. */
  readonly message: string;
  /** With `sequence_gap`. */
  readonly expected?: number;
  /** With `delta_refused`: the highest sequence that is applied. */
  readonly acked?: number;
  /** With `delta_refused`: the delta. */
  readonly sequence?: number;
  readonly id?: string;
}

/** One text for a stream, for maps: no two streams share one. */
export function streamKey({ source, epoch, contact }: Stream): string {
  return JSON.stringify([source, epoch, contact]);
}

/**
 * How many of a stream's first deltas tell the membership with which its epoch opens: the engine tells those first,
 * with cause `first`, before whatever else happened.
 */
export function openingLength(deltas: readonly Delta[]): number {
  const end = deltas.findIndex(
    ({ cause, change, sequence }, index) =>
      sequence !== index + 1 || cause !== "first" || change !== "entered",
  );
  return end === -1 ? deltas.length : end;
}
