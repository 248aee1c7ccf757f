import type { AudienceStatistics, SegmentDefinition } from "@fosterflow/segments/audience";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { MessageIndex } from "../contacts/message_index.ts";
import type { Vocabulary } from "../engine/vocabulary.ts";
import type { ShopOptions } from "../shop/customer.ts";

/** The contacts that are loaded: where they come from and what is in them. */
export interface DataSet {
  /** Drawn when it was loaded. */
  readonly id: string;
  /** Grows with messages that are added later. */
  readonly revision: number;
  readonly source:
    | { readonly kind: "shop"; readonly options: ShopOptions }
    | { readonly kind: "import"; readonly name: string };
  readonly statistics: AudienceStatistics;
  readonly vocabulary: Vocabulary;
  /** Epoch milliseconds. */
  readonly loadedAt: number;
}

/** A segment as it is kept. */
export interface SegmentRecord {
  readonly id: string;
  readonly definition: SegmentDefinition;
  readonly tags: readonly string[];
  /** `list`: its contacts were uploaded. */
  readonly kind: "dynamic" | "list";
  /** From 1. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface VersionRecord {
  readonly id: string;
  readonly version: number;
  readonly definition: SegmentDefinition;
  readonly savedAt: number;
}

/** What is being edited and not saved. */
export interface DraftRecord {
  /** Of the segment. */
  readonly id: string;
  readonly definition: SegmentDefinition;
  readonly tags: readonly string[];
  /** The version from which the edit began; 0 for a new segment. */
  readonly basedOn: number;
  readonly editedAt: number;
}

/** How many contacts a definition had at an instant. */
export interface CountRecord {
  /** The data set and its revision. */
  readonly data: string;
  /** The definition's hash. */
  readonly definition: string;
  readonly at: number;
  readonly count: number;
}

interface Schema extends DBSchema {
  dataSet: { key: string; value: DataSet };
  audience: { key: string; value: Blob };
  /** The file that was imported, for what the audience does not keep: the messages of one contact. */
  source: { key: string; value: Blob };
  /** Where in that file each contact's messages are. */
  sourceIndex: { key: string; value: MessageIndex };
  appended: { key: number; value: { dataSet: string; lines: string } };
  segments: { key: string; value: SegmentRecord };
  versions: { key: [string, number]; value: VersionRecord };
  drafts: { key: string; value: DraftRecord };
  counts: { key: [string, string, number]; value: CountRecord };
}

/** There is one of each. */
export const current = "current";

let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** The browser's storage, opened once; a start that failed is tried again. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("fosterflow-segments", 2, {
    upgrade(created, before) {
      if (before < 2) created.createObjectStore("sourceIndex");
      if (before > 0) return;
      created.createObjectStore("dataSet");
      created.createObjectStore("audience");
      created.createObjectStore("source");
      created.createObjectStore("appended", { autoIncrement: true });
      created.createObjectStore("segments", { keyPath: "id" });
      created.createObjectStore("versions", { keyPath: ["id", "version"] });
      created.createObjectStore("drafts", { keyPath: "id" });
      created.createObjectStore("counts", { keyPath: ["data", "definition", "at"] });
    },
    // A tab of a newer version wants to change the form: let it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}
