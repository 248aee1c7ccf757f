import type { Condition, SegmentDefinition } from "@fosterflow/segments/audience";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useWorkspace } from "../application/workspace.ts";
import { engine } from "../engine/engine.ts";

export interface ContactQuery {
  /** The beginning of an id, or a part of any text that is known of a contact; empty: everybody. */
  readonly search: string;
  /** The id of a segment; empty: everybody. */
  readonly segment: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface ContactPages {
  readonly ids: readonly string[];
  /** How many there are in all; undefined until it is counted. */
  readonly total: number | undefined;
  /** Asks for the next page. */
  readonly more: () => void;
}

const pageLength = 200;
/** So many contacts whose id begins so come first. */
const mostById = 50;
const mostTraitsSearched = 30;

const nothing: Omit<ContactPages, "more"> = { ids: [], total: undefined };

/** The contacts of a query, page by page in the order of their ids; those whose id is looked for come first. */
export function useContactPages({ search, segment, at }: ContactQuery): ContactPages {
  const { vocabulary, dataSet, summaries } = useWorkspace();
  const [found, setFound] = useState(nothing);
  const reading = useRef<{ next: () => Promise<void> } | undefined>(undefined);
  const wanted = search.trim();

  const definition = useMemo(() => {
    const traits = vocabulary.traits
      .filter(({ type }) => type === "text" || type === "date")
      .slice(0, mostTraitsSearched)
      .map(({ path }) => path);
    return definitionOf(wanted, segment, traits);
  }, [vocabulary, wanted, segment]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: Other contacts and other rules are asked anew.
  useEffect(() => {
    let isCurrent = true;
    let byId: readonly string[] = [];
    let after: string | undefined;
    let isDone = false;
    let isBusy = false;
    const next = async () => {
      if (isDone || isBusy) return;
      isBusy = true;
      const page = await membersOf(definition, at, pageLength, after);
      isBusy = false;
      if (!isCurrent) return;
      after = page.at(-1);
      isDone = page.length < pageLength;
      const fresh = page.filter((id) => !byId.includes(id));
      setFound(({ ids, total }) => ({ ids: [...ids, ...fresh], total }));
    };
    const begin = async () => {
      byId = await idsBeginning(wanted, segment, at);
      if (!isCurrent) return;
      const matching = await engine().count(definition, at);
      if (!isCurrent) return;
      const others = await othersOf(byId, definition, at);
      if (!isCurrent) return;
      setFound({ ids: byId, total: (matching.isRefused ? 0 : matching.value) + others });
      await next();
    };
    reading.current = { next };
    void begin();
    return () => {
      isCurrent = false;
    };
  }, [definition, wanted, segment, at, dataSet, summaries]);

  const more = useCallback(() => void reading.current?.next(), []);
  return { ...found, more };
}

const everybody: Condition = { kind: "sample", percent: 100, salt: "everybody" };

function definitionOf(
  search: string,
  segment: string,
  traits: readonly string[],
): SegmentDefinition {
  const conditions: Condition[] = [];
  if (segment !== "") conditions.push({ kind: "segment", segment, op: "in" });
  if (search !== "") {
    const having = traits.map(
      (attribute): Condition => ({
        kind: "attribute",
        attribute,
        op: "contains",
        value: search,
        ignoreCase: true,
      }),
    );
    conditions.push(
      having.length > 0 ? { kind: "any", of: having } : { kind: "none", of: [everybody] },
    );
  }
  const [only = everybody] = conditions;
  const when: Condition = conditions.length > 1 ? { kind: "all", of: conditions } : only;
  return { version: 1, id: "contacts", when };
}

async function membersOf(
  definition: SegmentDefinition,
  at: number,
  limit: number,
  after: string | undefined,
): Promise<readonly string[]> {
  const answer = await engine().members(definition, {
    at,
    limit,
    ...(after !== undefined && { after }),
  });
  return answer.isRefused ? [] : answer.value;
}

/** Contacts whose id begins with a text. */
async function idsBeginning(text: string, segment: string, at: number): Promise<readonly string[]> {
  if (text === "") return [];
  const all = definitionOf("", segment, []);
  const page = await membersOf(all, at, mostById, placeBefore(text));
  return page.filter((id) => id.startsWith(text));
}

/** A text just before all that begin with this one, in the order of code points. */
function placeBefore(text: string): string | undefined {
  const last = text.codePointAt(text.length - 1) ?? 0;
  if (last === 0 || (last >= 0xd800 && last < 0xe000)) return undefined;
  const before = last === 0xe000 ? 0xd7ff : last - 1;
  return `${text.slice(0, -1)}${String.fromCodePoint(before, 0x10ffff)}`;
}

/** How many of some contacts a definition does not name. */
async function othersOf(
  ids: readonly string[],
  definition: SegmentDefinition,
  at: number,
): Promise<number> {
  let others = 0;
  for (const id of ids) {
    const [next] = await membersOf(definition, at, 1, placeBefore(id));
    if (next !== id) others += 1;
  }
  return others;
}
