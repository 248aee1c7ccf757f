import type { EndpointState } from "../delivery/outbox.ts";
import type { StreamState } from "../delivery/stream_state.ts";
import type { ParameterOverrides } from "../javascript/definition_types.ts";
import type { Delta } from "../javascript/delta_types.ts";
import type { MessageLine, TrackerView } from "./protocol.ts";

/** What a tracker keeps, by the name of the object store that it is in. Each value has one key, given beside it. */
export interface StoreContents {
  /** `only`: who writes here. */
  profile: ProfileRecord;
  /** `only`: the segments in force. */
  definitions: DefinitionsRecord;
  /** `only`: what pages show, as of the last transaction. */
  view: TrackerView;
  /** By `ContactRecord.key`. */
  contacts: ContactRecord;
  /** By `ContactRecord.key`: the contact as it was before its log. */
  snapshots: Uint8Array;
  /** By contact's key and place: what was applied since the snapshot. */
  log: LogEntry;
  /** By `messageId`: what came while there was no engine. */
  inbox: MessageLine;
  /** By `streamKey`. */
  streams: StreamRecord;
  /** By `streamKey` and sequence: the outbox. */
  deltas: Delta;
  /** `deltas` and `messages`: how the endpoints stand. */
  endpoints: EndpointState;
  /** By `messagePlace`: what the tracking API has not got yet. */
  messages: CollectedMessage;
}

export type StoreName = keyof StoreContents;

export const storeNames: readonly StoreName[] = [
  ...(["profile", "definitions", "view", "contacts", "snapshots", "log"] as const),
  ...(["inbox", "streams", "deltas", "endpoints", "messages"] as const),
];

/** The key where there is only one value. */
export const only = "only";

export interface ProfileRecord {
  /** As deltas say it. */
  readonly source: string;
  /** As deltas say it. */
  readonly epoch: string;
  /** When that epoch began (epoch milliseconds). */
  readonly epochSince: number;
  /** Whether contacts that are new here may be known to the receiver from an epoch before, and must be opened there. */
  readonly opensContacts: boolean;
  /** The leader whose writes count. Whoever finds another's mark here is leader no more. */
  readonly leader: string;
}

export interface DefinitionsRecord {
  /** What tells one set from another: the address, or a hash of text and parameters. */
  readonly key: string;
  /** The definitions as JSON. */
  readonly text: string;
  readonly parameters: ParameterOverrides | null;
  readonly etag: string | null;
  /** When they were last known to be current (epoch milliseconds). */
  readonly checkedAt: number;
  /** When the page was opened that brought them (epoch milliseconds): the youngest page decides. */
  readonly openedAt: number;
}

export interface ContactRecord {
  readonly key: string;
  /** Every id that is this contact's; the first is the one it was opened with. */
  readonly ids: readonly string[];
  /** Entries of the log since the snapshot. */
  readonly logged: number;
  /** Their characters, together. */
  readonly loggedLength: number;
  readonly nextChangeAt: number | null;
  /** The latest instant that the contact was asked about (epoch milliseconds). */
  readonly clock: number;
}

/** `contact.apply(lines, { now })`, which gives the same deltas again. */
export interface LogEntry {
  readonly lines: string;
  readonly now: number;
}

/** The key of a message for the tracking API. */
export function messageKey(place: number): StoreKey {
  return ["message", place];
}

export interface StreamRecord {
  readonly state: StreamState;
  /** Streams are in the order in which they were first appended. */
  readonly place: number;
}

export interface CollectedMessage {
  readonly messageId: string;
  /** In the order of these it is sent. */
  readonly place: number;
  readonly text: string;
  /** Why the tracking API will never take it; null while it may. */
  readonly refused: string | null;
}

export type StoreKey = string | readonly [string, number];

/** Keys that begin with a text, up to a number. */
export interface KeyRange {
  readonly prefix: string;
  /** Default: all. */
  readonly to?: number;
}

/** Reads and writes that hold together or not at all. Only these may be awaited while one is open. */
export interface StoreTransaction {
  get<Name extends StoreName>(name: Name, key: StoreKey): Promise<StoreContents[Name] | undefined>;
  /** In order of their keys. */
  values<Name extends StoreName>(
    name: Name,
    range?: KeyRange,
    most?: number,
  ): Promise<StoreContents[Name][]>;
  entries<Name extends StoreName>(
    name: Name,
  ): Promise<(readonly [StoreKey, StoreContents[Name]])[]>;
  count(name: StoreName): Promise<number>;
  put<Name extends StoreName>(name: Name, key: StoreKey, value: StoreContents[Name]): void;
  delete(name: StoreName, key: StoreKey | KeyRange): void;
}

/** Where a tracker keeps what it must not lose. */
export interface TrackerStore {
  /** Whether it outlives the page. */
  readonly isDurable: boolean;
  read<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  /** Fulfilled once it is written; nothing is written when `work` rejects. */
  write<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  close(): void;
}

export function isRange(key: StoreKey | KeyRange): key is KeyRange {
  return typeof key === "object" && !Array.isArray(key);
}
