import type { Parking } from "./stream_state.ts";
import type { Stream } from "./wire.ts";

/** What a sender tells whoever watches it. */
export type SenderEvent =
  /** A request with so many deltas is on its way; one of the others says what became of it, or it is split and sent anew. */
  | { readonly type: "sending"; readonly stream: Stream; readonly deltas: number }
  /** The receiver has everything of the stream up to `acknowledged`; `deltas` are new since the last word. */
  | {
      readonly type: "delivered";
      readonly stream: Stream;
      readonly acknowledged: number;
      readonly deltas: number;
    }
  /** An attempt failed; there is another one, not before `retryAt` (epoch milliseconds). Status 0: no answer came. */
  | {
      readonly type: "failed";
      readonly stream: Stream;
      readonly status: number;
      readonly message: string;
      readonly retryAt: number;
    }
  /** The stream waits for `retryParked` or, with the code `epoch_needed`, for a new epoch. */
  | { readonly type: "parked"; readonly stream: Stream; readonly parking: Parking }
  /** The endpoint answered 410; nothing is sent before `resume`. */
  | { readonly type: "stopped"; readonly message: string }
  /** The outbox could not be read or written; nothing is lost, and it is tried again. */
  | { readonly type: "outbox_failed"; readonly error: unknown; readonly retryAt: number };

/** A stream that waits for somebody, and what it is about. */
export interface ParkedStream extends Stream {
  readonly parking: Parking;
  /** How many deltas wait, the parked one included. */
  readonly waiting: number;
}
