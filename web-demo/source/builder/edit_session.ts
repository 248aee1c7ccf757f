import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
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
  readonly edited: Edited;
  /** The definition, for those who look at a part of it alone. */
  readonly definitions: DefinitionSource;
  /** `subject`: the JSON Pointer of the value that is written; undefined for an act that is undone by itself. */
  readonly edit: (subject: string | undefined, change: (before: Edited) => Edited) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Differs from what is saved. */
  readonly isChanged: boolean;
  /** Goes back to what is saved. */
  readonly discard: () => void;
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
  const [histories] = useState(() => new Observable<EditHistory<Edited>>(historyOf(start)));
  const history = useSyncExternalStore(histories.subscribe, histories.get);
  const { present } = history;
  const savedText = saved && JSON.stringify([saved.definition, saved.tags]);
  const isChanged = savedText !== JSON.stringify([present.definition, present.tags]);
  const basedOn = saved?.version ?? 0;
  const isFirst = useRef(true);
  const { id } = start.definition;

  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const { definition, tags } = present;
    const timer = setTimeout(async () => {
      const store = await database();
      if (isChanged) {
        await store.put("drafts", { id, definition, tags, basedOn, editedAt: Date.now() });
      } else await store.delete("drafts", id);
    }, draftDelay);
    return () => clearTimeout(timer);
  }, [present, isChanged, basedOn, id]);

  const acts = useMemo(() => {
    const definitions: DefinitionSource = {
      get: () => histories.get().present.definition,
      subscribe: histories.subscribe,
    };
    const edit: EditSession["edit"] = (subject, change) => {
      const before = histories.get();
      histories.set(edited(before, change(before.present), { subject, at: Date.now() }));
    };
    const undo = () => histories.set(undone(histories.get()));
    const redo = () => histories.set(redone(histories.get()));
    return { definitions, edit, undo, redo };
  }, [histories]);

  return {
    ...acts,
    id,
    edited: present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    isChanged,
    discard: () => {
      if (saved === undefined) return;
      const { definition, tags } = saved;
      acts.edit(undefined, () => ({ definition, tags }));
    },
  };
}
