import type { Delta, LineNotice, Membership } from "@fosterflow/segments";

/** What is asked of a contact object, and answered. */

export interface ContactAddress {
  readonly workspace: string;
  /** The id that the object is named by. */
  readonly contact: string;
}

export interface ApplyRequest extends ContactAddress {
  /** Messages as JSON, each of this contact or an id that was joined with it. */
  readonly lines: readonly string[];
  /** Whether they are kept for the sample, if the contact is new. */
  readonly isSampled: boolean;
  /** Of the request that brought them, for the log. */
  readonly requestId?: string;
}

/** The contact is not here (any more). */
export type Elsewhere =
  /** Ask the object of this id. */
  | { readonly kind: "moved"; readonly to: string }
  /** An alias is being carried out; ask again in a moment. */
  | { readonly kind: "joining" };

export interface Applied {
  readonly kind: "applied";
  /** By place in the request, from 0. */
  readonly refused: readonly LineNotice[];
  readonly deltas: number;
}

export type ApplyAnswer = Applied | Elsewhere;

export interface Known {
  readonly kind: "known";
  readonly memberships: readonly Membership[];
  /** Epoch milliseconds; null: by time alone nothing changes in the next 400 days. */
  readonly nextChangeAt: number | null;
  readonly version: number;
}

export type MembershipsAnswer = Known | Elsewhere | { readonly kind: "unknown" };

export type CopyAnswer =
  | { readonly kind: "copied"; readonly snapshot: Uint8Array }
  | { readonly kind: "unknown" }
  | Elsewhere;

/** One step of joining two contacts; identity/identity_object.ts has them all. */
export interface LeaveRequest extends ContactAddress {
  /** The alias, as JSON. */
  readonly line: string;
  /** Where the contact goes. */
  readonly to: string;
}

export interface Left {
  /** Undefined: nothing was known of it. */
  readonly snapshot: Uint8Array | undefined;
  /** What the sample has of it. */
  readonly messages: readonly string[];
}

export interface AdoptRequest extends ContactAddress {
  readonly line: string;
  readonly messageId: string | undefined;
  readonly isSampled: boolean;
  readonly left: readonly Left[];
}

/** A line on the WebSocket of a live feed. */
export type LiveMessage =
  | {
      readonly type: "memberships";
      readonly contact: string;
      readonly memberships: readonly Membership[];
    }
  | { readonly type: "delta"; readonly delta: Delta }
  /** The last line: an alias has moved the contact. */
  | { readonly type: "moved"; readonly to: string }
  /** The last line. */
  | { readonly type: "erased" };
