import type { Stream } from "../delivery/wire.ts";
import type { ParameterOverrides } from "../javascript/definition_types.ts";
import type { Delta, Membership } from "../javascript/delta_types.ts";
import type { ExplainOptions } from "../javascript/explanation_types.ts";
import type { Degradation, PendingCounts, Refusal } from "./event_types.ts";

/** What pages and the one that leads say to each other, over a worker's port or a BroadcastChannel. */

/** A message on its way to the engine: the line as it is kept, and what must be known without reading it. */
export interface MessageLine {
  readonly messageId: string;
  /** `userId`, else `anonymousId`. */
  readonly contact: string;
  /** Of an alias. */
  readonly previousId?: string;
  readonly text: string;
}

/** What a leader needs to know, as plain data. */
export interface TrackerSetup {
  readonly tracker: string;
  /** Of the installation: the source of deltas, where the store does not know one yet. */
  readonly source: string;
  /** Whether the installation is older than this page: its store may have been lost. */
  readonly isReturning: boolean;
  readonly segments: { readonly text: string } | { readonly url: string };
  readonly parameters: ParameterOverrides | null;
  /** What tells these segments from others. */
  readonly segmentsKey: string;
  /** When the page was opened (epoch milliseconds). */
  readonly openedAt: number;
  /** Milliseconds after which segments of an address are asked for again. */
  readonly refreshEvery: number;
  readonly deltas: string | null;
  readonly collect: { readonly endpoint: string; readonly writeKey: string } | null;
  readonly hasToken: boolean;
  /** Addresses of the lean core and of the whole one. */
  readonly contactWasm: string;
  readonly coreWasm: string;
}

/** What pages show. */
export interface TrackerView {
  /** Whose view it is: `userId`, else `anonymousId`. */
  readonly contact: string;
  readonly memberships: readonly Membership[];
  /** Until this instant it stays true if no message comes (epoch milliseconds). */
  readonly nextChangeAt: number | null;
  /** The instant that it is of (epoch milliseconds). */
  readonly at: number;
  /** Of the segments that decided. */
  readonly segmentsKey: string;
  /** Ids of the segments in force. */
  readonly segments: readonly string[];
}

export type Call =
  | { readonly method: "explain"; readonly segment: string; readonly options: ExplainOptions }
  | { readonly method: "flush" | "pending" | "retryParked" | "erase" };

export type PageMessage =
  /** A page has come, or answers `leading`. */
  | {
      readonly type: "hello";
      readonly setup: TrackerSetup;
      readonly current: string;
      readonly isPaused: boolean;
    }
  | { readonly type: "submit"; readonly current: string; readonly lines: readonly MessageLine[] }
  /** Somebody else is here. */
  | { readonly type: "current"; readonly current: string }
  | { readonly type: "pause"; readonly isPaused: boolean }
  /** Timers may have slept, or the network is back. */
  | { readonly type: "wake"; readonly isOnline: boolean }
  | { readonly type: "call"; readonly tab: string; readonly call: number; readonly what: Call }
  /** Only of the page that started the leader. */
  | {
      readonly type: "answer";
      readonly ask: number;
      readonly value?: unknown;
      readonly error?: string;
    }
  | { readonly type: "stop" };

export type LeaderMessage =
  /** There is a leader from now on; what it was not told is to be told again. */
  | { readonly type: "leading"; readonly leader: string }
  /** A step of work is done: these messages are kept, this is so now (null: as before), and these are new. */
  | {
      readonly type: "settled";
      readonly messageIds: readonly string[];
      /** Whether what they did outlives the page. */
      readonly isDurable: boolean;
      readonly view: TrackerView | null;
      readonly deltas: readonly Delta[];
    }
  | {
      readonly type: "delivered";
      readonly stream: Stream;
      readonly acknowledged: number;
      readonly deltas: number;
    }
  | { readonly type: "collected"; readonly messageIds: readonly string[] }
  | { readonly type: "refused"; readonly refusal: Refusal }
  | { readonly type: "degraded"; readonly degradation: Degradation }
  | { readonly type: "pending"; readonly counts: PendingCounts }
  | {
      readonly type: "answer";
      readonly tab: string;
      readonly call: number;
      readonly value?: unknown;
      readonly error?: { readonly code: string; readonly message: string };
    }
  /** Only to the page that started the leader. */
  | {
      readonly type: "ask";
      readonly ask: number;
      readonly what: "token" | "renewed token" | "core";
    }
  /** It leads no more: another one does, or its store is gone. */
  | { readonly type: "ended"; readonly reason: "superseded" | "erased" };

/** The way from a leader to all pages, and back. */
export interface LeaderPort {
  /** To every page. */
  tell(message: LeaderMessage): void;
  /** To the page that started the leader. */
  tellOwn(message: LeaderMessage): void;
  listen(listener: (message: PageMessage) => void): void;
  close(): void;
}

/** Where pages and leaders of one tracker meet. */
export function channelName(tracker: string): string {
  return `fosterflow-segments:${tracker}`;
}
