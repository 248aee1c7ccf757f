import type { ParkedStream } from "../delivery/sender_events.ts";
import type { Delta, Membership } from "../javascript/delta_types.ts";
import type { Problem } from "../javascript/problem_types.ts";

/** Something that was not taken. Nothing else is lost by it. */
export type Refusal =
  /** The engine refused a message; it changed nothing. */
  | {
      readonly kind: "message";
      readonly messageId: string;
      readonly code: string;
      readonly message: string;
    }
  /** The receiver refused a delta for good: the contact's deltas wait from there on. See `pending().parked`. */
  | {
      readonly kind: "delta";
      readonly parked: Omit<ParkedStream, "waiting">;
      readonly message: string;
    }
  /** The tracking API refused a message for good; it is kept, and not sent again. */
  | { readonly kind: "collect"; readonly messageId: string; readonly message: string }
  /** New segments were refused; those before stay in force. */
  | { readonly kind: "segments"; readonly problems: readonly Problem[]; readonly message: string };

/** Something is worse than it should be, and the tracker goes on without it. */
export interface Degradation {
  readonly code: DegradationCode;
  /** What is wrong, and what helps; for people. */
  readonly message: string;
}

export type DegradationCode =
  /** Nothing is kept beyond this page: IndexedDB may not be used, as in some private modes. */
  | "storage_unavailable"
  /** Nothing more is kept beyond this page: the disk, or what the browser grants of it, is full. */
  | "storage_full"
  /** localStorage may not be used: who is here is forgotten with the page, and so is a message that is tracked just before it goes. */
  | "local_storage_unavailable"
  /** The engine runs in the page's own thread. */
  | "worker_unavailable"
  /** There is no engine: messages are kept until there is one. It is tried again. */
  | "engine_unavailable"
  /** There are no segments yet: their address does not answer. Messages are kept until it does. */
  | "segments_unavailable";

/** What waits to be sent, in numbers. */
export interface PendingCounts {
  /** Deltas that wait to be sent, those that are parked or under way included. */
  readonly queued: number;
  /** Deltas of the request that is under way. */
  readonly inFlight: number;
  /** Deltas that the receiver has acknowledged since this leader began. */
  readonly delivered: number;
  /** Deltas that wait behind one that was refused for good. */
  readonly parked: number;
  /** Messages that the tracking API has not got yet. */
  readonly messages: number;
  /** Messages that the tracking API has refused for good. */
  readonly messagesRefused: number;
  /** The last failure, until something is delivered, and when it is tried again (epoch milliseconds); null: when asked to. */
  readonly failure: { readonly message: string; readonly retryAt: number | null } | null;
  readonly isPaused: boolean;
}

/** What waits to be sent. */
export interface Pending extends PendingCounts {
  /** The first of them, up to `mostPendingDeltas`, in order. */
  readonly deltas: readonly PendingDelta[];
  /** The streams that wait for somebody, with the reason. */
  readonly streams: readonly ParkedStream[];
}

export interface PendingDelta {
  readonly delta: Delta;
  readonly state: "queued" | "in_flight" | "parked";
}

/** `pending()` lists no more deltas than these. */
export const mostPendingDeltas = 200;

/** What `on` tells, by name. In every tab, whichever tab it happened in. */
export interface TrackerEvents {
  /** A contact has entered a segment. */
  entered: Delta;
  /** A contact has left a segment. */
  exited: Delta;
  /** The receiver has acknowledged deltas. */
  delivered: {
    readonly contact: string;
    /** Everything of this contact up to this sequence is applied. */
    readonly acknowledged: number;
    /** How many are new. */
    readonly deltas: number;
  };
  refused: Refusal;
  degraded: Degradation;
  /** What `memberships()` says has changed, or is known now. */
  memberships: readonly Membership[];
  /** What waits to be sent has changed. */
  pending: PendingCounts;
}
