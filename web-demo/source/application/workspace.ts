import type {
  AudienceStatistics,
  LineNotice,
  SegmentDefinition,
  SegmentSummary,
} from "@fosterflow/segments/audience";
import { useSyncExternalStore } from "react";
import { engine } from "../engine/engine.ts";
import type { Answer } from "../engine/engine_service.ts";
import { loadAudience } from "../engine/load_audience.ts";
import type { LoadSource, LoadStep } from "../engine/loader_service.ts";
import { emptyVocabulary, type Vocabulary } from "../engine/vocabulary.ts";
import { hour } from "../shop/customer.ts";
import { current, type DataSet, database, type SegmentRecord } from "../storage/database.ts";
import { Observable } from "./observable.ts";
import { starterSegments } from "./starter_segments.ts";

/** What all screens share: the contacts that are loaded and the segments in force. */
export interface Workspace {
  readonly phase: "opening" | "loading" | "ready" | "failed";
  /** While `loading`: how far. */
  readonly step: LoadStep | undefined;
  /** When `failed`: why. */
  readonly failure: string | undefined;
  readonly dataSet: DataSet | undefined;
  readonly statistics: AudienceStatistics;
  readonly vocabulary: Vocabulary;
  /** By id in code point order. */
  readonly segments: readonly SegmentRecord[];
  /** What the engine says about each, by id. */
  readonly summaries: ReadonlyMap<string, SegmentSummary>;
}

const nobody: AudienceStatistics = {
  contacts: 0,
  events: 0,
  messages: 0,
  bytes: 0,
  memoryBytes: 0,
};

const state = new Observable<Workspace>({
  phase: "opening",
  step: undefined,
  failure: undefined,
  dataSet: undefined,
  statistics: nobody,
  vocabulary: emptyVocabulary,
  segments: [],
  summaries: new Map(),
});

/** The shop of a first visit: small enough to be there at once. */
const firstShop = { contacts: 10_000, seed: 1 };

/** Other tabs tell that they have changed what is kept. */
const otherTabs = new BroadcastChannel("workspace");

export function useWorkspace(): Workspace {
  return useSyncExternalStore(state.subscribe, state.get);
}

/** What there is now, outside of components. */
export function workspace(): Workspace {
  return state.get();
}

function change(part: Partial<Workspace>): void {
  state.set({ ...state.get(), ...part });
}

/** Opens what is kept, or makes a shop on a first visit. */
export async function startWorkspace(): Promise<void> {
  change({ phase: "opening", failure: undefined });
  try {
    if (!(await openKept())) await loadDataSet({ kind: "shop", options: firstShopNow() });
    await openSegments();
    change({ phase: "ready", step: undefined });
  } catch (error) {
    change({ phase: "failed", failure: error instanceof Error ? error.message : String(error) });
  }
  otherTabs.onmessage = ({ data }: MessageEvent<"segments" | "data">) => {
    if (data === "data") void openKept();
    else void openSegments();
  };
}

function firstShopNow() {
  return { ...firstShop, end: Math.floor(Date.now() / hour) * hour };
}

async function openKept(): Promise<boolean> {
  const store = await database();
  const [dataSet, blob] = await Promise.all([
    store.get("dataSet", current),
    store.get("audience", current),
  ]);
  if (dataSet === undefined || blob === undefined) return false;
  const appended = (await store.getAll("appended")).filter((part) => part.dataSet === dataSet.id);
  const statistics = await engine().open(
    blob,
    appended.map(({ lines }) => lines),
    dataSet.vocabulary,
  );
  change({ dataSet, statistics, vocabulary: dataSet.vocabulary });
  return true;
}

async function openSegments(): Promise<void> {
  const store = await database();
  let segments = await store.getAll("segments");
  if (segments.length === 0 && (await store.count("versions")) === 0) {
    segments = await starterSegments(Date.now());
    const writing = store.transaction(["segments", "versions"], "readwrite");
    for (const record of segments) {
      void writing.objectStore("segments").put(record);
      void writing.objectStore("versions").put(versionOf(record));
    }
    await writing.done;
  }
  await putInForce(segments);
}

function versionOf({ id, version, definition, updatedAt }: SegmentRecord) {
  return { id, version, definition, savedAt: updatedAt };
}

/** Whole or not at all. */
async function putInForce(
  segments: readonly SegmentRecord[],
): Promise<Answer<readonly SegmentSummary[]>> {
  const sorted = [...segments].sort((left, right) => (left.id < right.id ? -1 : 1));
  const answer = await engine().define(sorted.map(({ definition }) => definition));
  if (!answer.isRefused) {
    change({
      segments: sorted,
      summaries: new Map(answer.value.map((summary) => [summary.id, summary])),
    });
  }
  return answer;
}

export interface LoadOutcome {
  /** Lines that are no message. */
  readonly refusedCount: number;
  /** The first 1,000 of them. */
  readonly refused: readonly LineNotice[];
}

/**
 * Loads contacts in the place of those that are there, keeps them and opens them. Until the new ones are complete the
 * old ones answer; when the signal ends it, they stay.
 *
 * @throws the signal's reason, or an Error that says why the messages were not loaded.
 */
export async function loadDataSet(
  source: LoadSource & { readonly name?: string },
  options: { signal?: AbortSignal; onStep?: (step: LoadStep) => void } = {},
): Promise<LoadOutcome> {
  const isFirst = state.get().dataSet === undefined;
  const onStep = (step: LoadStep) => {
    if (isFirst) change({ phase: "loading", step });
    options.onStep?.(step);
  };
  const signal = options.signal ?? new AbortController().signal;
  const loaded = await loadAudience(source, { onStep, signal });
  const { file, statistics, vocabulary, index, refusedCount, refused } = loaded;
  const dataSet: DataSet = {
    id: crypto.randomUUID(),
    revision: 1,
    source:
      source.kind === "shop"
        ? { kind: "shop", options: source.options }
        : { kind: "import", name: source.name ?? "" },
    statistics,
    vocabulary,
    loadedAt: Date.now(),
  };
  const store = await database();
  const writing = store.transaction(
    ["dataSet", "audience", "source", "sourceIndex", "appended", "counts"],
    "readwrite",
  );
  const blob = new Blob([file]);
  void writing.objectStore("audience").put(blob, current);
  void writing.objectStore("source").delete(current);
  void writing.objectStore("sourceIndex").delete(current);
  if (source.kind === "messages") void writing.objectStore("source").put(source.blob, current);
  if (index !== undefined) void writing.objectStore("sourceIndex").put(index, current);
  void writing.objectStore("appended").clear();
  void writing.objectStore("counts").clear();
  void writing.objectStore("dataSet").put(dataSet, current);
  await writing.done;
  await engine().open(blob, [], vocabulary);
  change({ dataSet, statistics, vocabulary });
  otherTabs.postMessage("data");
  return { refusedCount, refused };
}

/** Takes messages in that belong to the contacts that are loaded, such as an uploaded list; they are kept with them. */
export async function appendMessages(lines: string): Promise<readonly LineNotice[]> {
  const { dataSet } = state.get();
  if (dataSet === undefined) throw new Error("There are no contacts yet.");
  const { refused, statistics, vocabulary } = await engine().append(lines);
  const changed = { ...dataSet, revision: dataSet.revision + 1, statistics, vocabulary };
  const store = await database();
  const writing = store.transaction(["dataSet", "appended"], "readwrite");
  void writing.objectStore("appended").add({ dataSet: dataSet.id, lines });
  void writing.objectStore("dataSet").put(changed, current);
  await writing.done;
  change({ dataSet: changed, statistics, vocabulary });
  otherTabs.postMessage("data");
  return refused;
}

/** A segment to be saved. */
export interface SegmentToSave {
  readonly definition: SegmentDefinition;
  readonly tags: readonly string[];
  readonly kind?: SegmentRecord["kind"];
}

/**
 * Puts segments in force, all or none, and keeps each as a new version; their drafts are done. When they are refused
 * nothing has changed, and the answer says why.
 */
export async function saveSegments(
  added: readonly SegmentToSave[],
): Promise<Answer<readonly SegmentRecord[]>> {
  const { segments } = state.get();
  const now = Date.now();
  const store = await database();
  const records = await Promise.all(
    added.map(async ({ definition, tags, kind }): Promise<SegmentRecord> => {
      const before = segments.find(({ id }) => id === definition.id);
      return {
        id: definition.id,
        definition,
        tags,
        kind: kind ?? before?.kind ?? "dynamic",
        version: (await newestVersion(definition.id)) + 1,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      };
    }),
  );
  const ids = new Set(records.map(({ id }) => id));
  const answer = await putInForce([...segments.filter(({ id }) => !ids.has(id)), ...records]);
  if (answer.isRefused) return answer;
  const writing = store.transaction(["segments", "versions", "drafts"], "readwrite");
  for (const record of records) {
    void writing.objectStore("segments").put(record);
    void writing.objectStore("versions").put(versionOf(record));
    void writing.objectStore("drafts").delete(record.id);
  }
  await writing.done;
  otherTabs.postMessage("segments");
  return { isRefused: false, value: records };
}

/** One, as `saveSegments` does. */
export async function saveSegment(segment: SegmentToSave): Promise<Answer<SegmentRecord>> {
  const answer = await saveSegments([segment]);
  if (answer.isRefused) return answer;
  return { isRefused: false, value: answer.value[0] as SegmentRecord };
}

/** Versions of a segment that was deleted are still counted: a number means one rule. */
async function newestVersion(id: string): Promise<number> {
  const store = await database();
  const range = IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
  return (await store.getAll("versions", range)).at(-1)?.version ?? 0;
}

export async function setTags(id: string, tags: readonly string[]): Promise<void> {
  const record = state.get().segments.find((segment) => segment.id === id);
  if (record === undefined) return;
  const changed = { ...record, tags };
  await (await database()).put("segments", changed);
  change({
    segments: state.get().segments.map((segment) => (segment.id === id ? changed : segment)),
  });
  otherTabs.postMessage("segments");
}

/** Takes a segment out of force; refused while others name it. `restoreSegment` brings it back. */
export async function removeSegment(id: string): Promise<Answer<SegmentRecord | undefined>> {
  const { segments } = state.get();
  const answer = await putInForce(segments.filter((segment) => segment.id !== id));
  if (answer.isRefused) return answer;
  await (await database()).delete("segments", id);
  otherTabs.postMessage("segments");
  return { isRefused: false, value: segments.find((segment) => segment.id === id) };
}

export async function restoreSegment(record: SegmentRecord): Promise<Answer<unknown>> {
  const others = state.get().segments.filter(({ id }) => id !== record.id);
  const answer = await putInForce([...others, record]);
  if (answer.isRefused) return answer;
  await (await database()).put("segments", record);
  otherTabs.postMessage("segments");
  return answer;
}

const reservedIds = ["new"];
const mostIdLength = 100;

/** An id that no segment has, made of a name. */
export function freeId(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, mostIdLength);
  const stem = plain === "" ? "segment" : plain;
  const used = new Set([...reservedIds, ...state.get().segments.map(({ id }) => id)]);
  let id = stem;
  for (let number = 2; used.has(id); number += 1) id = `${stem}-${number}`;
  return id;
}
