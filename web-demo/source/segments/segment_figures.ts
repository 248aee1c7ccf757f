import * as Comlink from "comlink";
import { useEffect, useState } from "react";
import { useWorkspace } from "../application/workspace.ts";
import { engine } from "../engine/engine.ts";
import type { ChangedMembers } from "../engine/engine_service.ts";
import { useLanguage } from "../language/language.ts";
import { day } from "../shop/customer.ts";
import { type CountRecord, database } from "../storage/database.ts";

/** So many days back goes the trend. */
const trendDays = 14;

const trendLane = "trend";
const changesLane = "changes";

/** What the dashboard tells of all segments; what is not known yet is not there. */
export interface SegmentFigures {
  readonly counts: Readonly<Record<string, number>>;
  /** The instant of the counts. */
  readonly countedAt: number | undefined;
  readonly sentences: Readonly<Record<string, string>>;
  /** Counts by day, the oldest first, the last one now's. */
  readonly trends: Readonly<Record<string, readonly number[]>>;
  /** Within the last 24 hours. */
  readonly changes: Readonly<Record<string, ChangedMembers>>;
}

const nothing: SegmentFigures = {
  counts: {},
  countedAt: undefined,
  sentences: {},
  trends: {},
  changes: {},
};

/** Asks for the figures of all segments in force at an instant; while they are counted anew the old ones stay. */
export function useSegmentFigures(at: number): SegmentFigures {
  const { summaries, dataSet, segments } = useWorkspace();
  const language = useLanguage();
  const [figures, setFigures] = useState(nothing);

  useEffect(() => {
    let isCurrent = true;
    const add = (part: Partial<SegmentFigures>) => {
      if (isCurrent) setFigures((before) => ({ ...before, ...part }));
    };
    void engine()
      .describe(
        segments.map(({ definition }) => definition),
        language,
      )
      .then((answer) => {
        if (answer.isRefused) return;
        add({
          sentences: Object.fromEntries(answer.value.map(({ id, sentence }) => [id, sentence])),
        });
      });
    return () => {
      isCurrent = false;
    };
  }, [segments, language]);

  useEffect(() => {
    let isCurrent = true;
    const update = (change: (before: SegmentFigures) => Partial<SegmentFigures>) => {
      if (isCurrent) setFigures((before) => ({ ...before, ...change(before) }));
    };
    if (dataSet === undefined) return;
    const ask = async () => {
      const counts = await engine().counts(at);
      update(() => ({ counts, countedAt: at }));
      const data = `${dataSet.id}.${dataSet.revision}`;
      const definitions = new Map([...summaries].map(([id, { definition }]) => [id, definition]));
      const trends = await trendsOf({ data, definitions, at, counts });
      update(() => ({ trends }));
      const tell = (segment: string, changed: ChangedMembers) =>
        update(({ changes }) => ({ changes: { ...changes, [segment]: changed } }));
      if (!isCurrent) return;
      await engine().changesOver(changesLane, { from: at - day, to: at }, Comlink.proxy(tell));
    };
    void ask();
    return () => {
      isCurrent = false;
      void engine().stop(trendLane);
      void engine().stop(changesLane);
    };
  }, [at, summaries, dataSet]);

  return figures;
}

interface TrendQuestion {
  readonly data: string;
  /** The hash of each segment's definition, by id. */
  readonly definitions: ReadonlyMap<string, string>;
  readonly at: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Counts of past days from the browser's storage, where they are; counted and kept there, where not. */
async function trendsOf({ data, definitions, at, counts }: TrendQuestion) {
  const today = Math.floor(at / day) * day;
  const instants = Array.from(
    { length: trendDays },
    (_, index) => today - (trendDays - 1 - index) * day,
  );
  const store = await database();
  const known = new Map<string, CountRecord>();
  const keyOf = (definition: string, instant: number) => `${definition}@${instant}`;
  const range = IDBKeyRange.bound([data], [data, []]);
  for (const record of await store.getAll("counts", range)) {
    known.set(keyOf(record.definition, record.at), record);
  }
  const missing = instants.filter((instant) =>
    [...definitions.values()].some((definition) => !known.has(keyOf(definition, instant))),
  );
  const found: CountRecord[] = [];
  const tell = (instant: number, counted: Record<string, number>) => {
    for (const [id, definition] of definitions) {
      const record = { data, definition, at: instant, count: counted[id] ?? 0 };
      known.set(keyOf(definition, instant), record);
      found.push(record);
    }
  };
  if (missing.length > 0) await engine().countsOver(trendLane, missing, Comlink.proxy(tell));
  const writing = store.transaction("counts", "readwrite");
  for (const record of found) void writing.store.put(record);
  await writing.done;
  return Object.fromEntries(
    [...definitions].map(([id, definition]) => {
      const days = instants.flatMap(
        (instant) => known.get(keyOf(definition, instant))?.count ?? [],
      );
      return [id, [...days, counts[id] ?? 0]];
    }),
  );
}
