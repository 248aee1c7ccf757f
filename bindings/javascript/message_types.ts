/**
 * Messages in: the Segment Spec and two additions, `channel` and `list`.
 * Keys that are not named here are ignored, so messages of existing SDKs can be passed on as they are.
 */
export type Message =
  | TrackMessage
  | IdentifyMessage
  | PageMessage
  | ScreenMessage
  | AliasMessage
  | ChannelMessage
  | ListMessage;

/** ISO 8601 with offset or `Z`, epoch milliseconds (an integer), or a `Date`. */
export type Timestamp = string | number | Date;

interface Envelope {
  /** The contact. Without it, `anonymousId` is. */
  userId?: string | null;
  anonymousId?: string | null;
  /** An event with the same id counts once per contact. */
  messageId?: string | null;
  /** When it happened. Missing: the `now` of `apply`. */
  timestamp?: Timestamp | null;
  [key: string]: unknown;
}

/** Something that the contact did. */
export interface TrackMessage extends Envelope {
  type: "track";
  /** The event's name, such as `Product Viewed`. */
  event: string;
  properties?: Record<string, unknown> | null;
}

/** What is known about the contact. Traits are merged key by key; `null` removes one. */
export interface IdentifyMessage extends Envelope {
  type: "identify";
  traits?: Record<string, unknown> | null;
}

/** A page view: an event named `page`, with `name` as a property. */
export interface PageMessage extends Envelope {
  type: "page";
  name?: string | null;
  properties?: Record<string, unknown> | null;
}

/** A screen view: an event named `screen`, with `name` as a property. */
export interface ScreenMessage extends Envelope {
  type: "screen";
  name?: string | null;
  properties?: Record<string, unknown> | null;
}

/** Two ids are one contact. */
export interface AliasMessage extends Envelope {
  type: "alias";
  previousId: string;
}

/** Whether the contact can be reached through a channel. */
export interface ChannelMessage extends Envelope {
  type: "channel";
  /** The channel's name, such as `email`. */
  channel: string;
  reachable: boolean;
}

/** Puts the contact on a list or takes it off. */
export interface ListMessage extends Envelope {
  type: "list";
  list: string;
  action: "add" | "remove";
}
