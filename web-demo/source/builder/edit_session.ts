import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Observable } from "../application/observable.ts";
import { freeId, workspace } from "../application/workspace.ts";
import { emptyVocabulary } from "../engine/vocabulary.ts";
import { type DraftRecord, database, type SegmentRecord } from "../storage/database.ts";
import type { DefinitionSource } from "./builder_context.ts";
import { type EditHistory, edited, historyOf, redone, undone } from "./edit_history.ts";
import { newCondition } from "./new_parts.ts";

/** What is edited: undone and redone as one. */
export interface Edited {
  readonly definition: SegmentDefinition;
  readonly tags: readonly string[];
}

export interface EditSession {
  /** The id with which the edit began, under which its draft is kept. */
  readonly id: string;
  /** What is edited, with the way back. */
  readonly histories: {
    readonly get: () => EditHistory<Edited>;
    readonly subscribe: (listener: () => void) => () => void;
  };
  /** The definition, for those who look at a part of it alone. */
  readonly definitions: DefinitionSource;
  /** `subject`: the JSON Pointer of the value that is written; undefined for an act that is undone by itself. */
  readonly edit: (subject: string | undefined, change: (before: Edited) => Edited) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Forgets the draft, and keeps none any more. */
  readonly end: () => Promise<void>;
}

/** Milliseconds after an edit until it is written to the browser's storage. */
const draftDelay = 300;

/** What is kept of a segment that is being edited, or what a new one begins with. */
export async function draftOf(id: string): Promise<DraftRecord | undefined> {
  return (await database()).get("drafts", id);
}

/** Keeps a definition as a draft of a new segment, to be opened in the builder. */
export async function keepDraft(
  definition: SegmentDefinition,
  tags: readonly string[],
): Promise<void> {
  const draft: DraftRecord = {
    id: definition.id,
    definition,
    tags,
    basedOn: 0,
    editedAt: Date.now(),
  };
  await (await database()).put("drafts", draft);
}

export async function dropDraft(id: string): Promise<void> {
  await (await database()).delete("drafts", id);
}

/** A rule to begin with: one condition over what the data have. */
export function newDefinition(name: string): SegmentDefinition {
  const { vocabulary } = workspace();
  const words = vocabulary ?? emptyVocabulary;
  return {
    version: 1,
    id: freeId(name),
    name,
    when: { kind: "all", of: [newCondition("event", words, [])] },
  };
}

/** Edits with a way back. Every state is kept in the browser's storage, so that nothing is lost with the page. */
export function useEditSession(saved: SegmentRecord | undefined, start: Edited): EditSession {
  const [session] = useState(() => new KeptSession(start));
  useEffect(() => session.keepDrafts(), [session]);
  useEffect(() => session.basedOn(saved), [session, saved]);
  return session;
}

/** A part of what is edited, or of the way back; drawn anew when that part is another one. */
export function useEdited<Part>(
  { histories }: EditSession,
  part: (history: EditHistory<Edited>) => Part,
): Part {
  return useSyncExternalStore(histories.subscribe, () => part(histories.get()));
}

/** Whether something differs from what is saved. */
export function isChanged({ definition, tags }: Edited, saved: SegmentRecord | undefined): boolean {
  if (saved === undefined) return true;
  if (saved.definition === definition && saved.tags === tags) return false;
  return JSON.stringify([saved.definition, saved.tags]) !== JSON.stringify([definition, tags]);
}

class KeptSession implements EditSession {
  readonly id: string;
  readonly histories: Observable<EditHistory<Edited>>;
  readonly definitions: DefinitionSource;
  #saved: SegmentRecord | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(start: Edited) {
    this.id = start.definition.id;
    this.histories = new Observable(historyOf(start));
    this.definitions = {
      get: () => this.histories.get().present.definition,
      subscribe: this.histories.subscribe,
    };
  }

  readonly edit: EditSession["edit"] = (subject, change) => {
    const before = this.histories.get();
    this.histories.set(edited(before, change(before.present), { subject, at: Date.now() }));
  };

  readonly undo = () => this.histories.set(undone(this.histories.get()));

  readonly redo = () => this.histories.set(redone(this.histories.get()));

  readonly end = async () => {
    this.#isOver = true;
    this.#stop();
    await dropDraft(this.id);
  };

  /** What is saved, as of now. */
  basedOn(saved: SegmentRecord | undefined): void {
    this.#saved = saved;
  }

  /** Until the answer is called, which keeps what was not kept yet. */
  keepDrafts(): () => void {
    const unsubscribe = this.histories.subscribe(() => {
      this.#stop();
      this.#timer = setTimeout(this.#keep, draftDelay);
    });
    return () => {
      unsubscribe();
      if (this.#timer !== undefined) void this.#keep();
    };
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #keep = async () => {
    this.#stop();
    if (this.#isOver) return;
    const { present } = this.histories.get();
    const { id } = this;
    const basedOn = this.#saved?.version ?? 0;
    const isKept = isChanged(present, this.#saved);
    const store = await database();
    if (isKept) await store.put("drafts", { id, ...present, basedOn, editedAt: Date.now() });
    else await store.delete("drafts", id);
  };
}
