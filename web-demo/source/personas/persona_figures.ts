import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { PersonaThresholds } from "@fosterflow/segments/authoring";
import * as Comlink from "comlink";
import { useEffect, useMemo, useState } from "react";
import { useInstant } from "../application/clock.ts";
import { useWorkspace } from "../application/workspace.ts";
import type { GroupFigures, Histogram } from "../engine/audience_figures.ts";
import { engine, figures } from "../engine/engine.ts";
import { useLanguage } from "../language/language.ts";
import {
  type MapGrid,
  mapCells,
  mapGrid,
  orderedWithin,
  type PersonaSettings,
  spending,
  type Threshold,
  thresholdMetric,
} from "./persona_rules.ts";

const groupsLane = "persona groups";
const mapLane = "persona map";

export interface Personas {
  readonly definitions: readonly SegmentDefinition[];
  readonly figures: Readonly<Record<string, GroupFigures>>;
  /** Why the thresholds were refused. */
  readonly refusal: string | undefined;
}

/** The eight groups under the thresholds: their counts at once, then what they spend. */
export function usePersonas(settings: PersonaSettings | undefined): Personas {
  const { dataSet, summaries } = useWorkspace();
  const { at } = useInstant();
  const language = useLanguage();
  const [personas, setPersonas] = useState<Personas>({
    definitions: [],
    figures: {},
    refusal: undefined,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: Other contacts and other rules are counted anew.
  useEffect(() => {
    if (settings === undefined) return;
    let isCurrent = true;
    const ask = async () => {
      const answer = await engine().personas({ ...settings, language, exclusive: true });
      if (!isCurrent) return;
      if (answer.isRefused) {
        setPersonas((before) => ({ ...before, refusal: answer.message }));
        return;
      }
      const definitions = answer.value;
      const tell = (told: Readonly<Record<string, GroupFigures>>) => {
        if (!isCurrent) return;
        setPersonas(({ figures: known }) => {
          const fresh = Object.entries(told).map(([id, figure]) => [
            id,
            // What was spent before is shown until it is added up anew.
            { ...known[id], ...figure },
          ]);
          return {
            definitions,
            figures: { ...known, ...Object.fromEntries(fresh) },
            refusal: undefined,
          };
        });
      };
      const request = { definitions, ...spending(settings), at };
      await figures().ofGroups(groupsLane, request, Comlink.proxy(tell));
    };
    void ask();
    return () => {
      isCurrent = false;
      void engine().stop(groupsLane);
    };
  }, [settings, at, language, dataSet, summaries]);
  return personas;
}

/** How what a threshold is about lies among the contacts; undefined until it is known, or when there is nothing. */
export function useHistogram(
  threshold: Threshold,
  settings: PersonaSettings,
): Histogram | undefined {
  const { dataSet } = useWorkspace();
  const { at } = useInstant();
  const [histogram, setHistogram] = useState<Histogram>();
  const about = measuredBy(threshold, settings);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Other contacts are measured anew.
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const found =
        threshold === "recentDays"
          ? await recencyHistogram(settings, at)
          : await figures().histogram({ ...measured(threshold, settings), at });
      if (isCurrent) setHistogram(found);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [about, threshold, at, dataSet]);
  return histogram;
}

/** What a threshold's values depend on: not the threshold itself, which moves over them, and not the others. */
function measuredBy(threshold: Threshold, settings: PersonaSettings): string {
  const { valueDays } = settings;
  return threshold === "recentDays"
    ? JSON.stringify([settings.orderEvent, valueDays])
    : JSON.stringify(measured(threshold, settings));
}

function measured(threshold: Exclude<Threshold, "recentDays">, settings: PersonaSettings) {
  const { metric, within, isWhole } = thresholdMetric(threshold, settings);
  return { metric, within, isWhole };
}

/** Contacts by days since their last order. */
async function recencyHistogram(settings: PersonaSettings, at: number): Promise<Histogram> {
  const { days } = mapGrid(settings, 1);
  const counts = await Promise.all(
    days.slice(1).map(async (until) => {
      const answer = await engine().count(orderedWithin(until, settings), at);
      return answer.isRefused ? 0 : answer.value;
    }),
  );
  const buckets = counts.map((count, index) => ({
    from: days[index] ?? 0,
    to: days[index + 1] ?? 0,
    count: count - (counts[index - 1] ?? 0),
  }));
  return { buckets, step: days[1] ?? 1, contacts: counts.at(-1) ?? 0 };
}

/** How many contacts reach a threshold; the last known while it is counted. */
export function useReaching(
  threshold: Threshold,
  value: number,
  settings: PersonaSettings,
): number | undefined {
  const { dataSet } = useWorkspace();
  const { at } = useInstant();
  const [reaching, setReaching] = useState<number>();
  const definition = useMemo(
    () =>
      threshold === "recentDays"
        ? orderedWithin(value, settings)
        : thresholdMetric(threshold, settings).reaching(value),
    [threshold, value, settings],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: Other contacts are counted anew.
  useEffect(() => {
    let isCurrent = true;
    void engine()
      .count(definition, at)
      .then((answer) => {
        if (isCurrent && !answer.isRefused) setReaching(answer.value);
      });
    return () => {
      isCurrent = false;
    };
  }, [definition, at, dataSet]);
  return reaching;
}

export interface PersonaMapFigures {
  readonly grid: MapGrid;
  /** By row, then column. */
  readonly cells: readonly GroupFigures[];
}

/** Contacts by days since their last order and by orders, and what they spend. */
export function usePersonaMap(settings: PersonaSettings): PersonaMapFigures | undefined {
  const { dataSet } = useWorkspace();
  const { at } = useInstant();
  const [map, setMap] = useState<PersonaMapFigures>();
  const { orderEvent, totalProperty, valueDays } = settings;
  // biome-ignore lint/correctness/useExhaustiveDependencies: Thresholds lie over the map and do not change it.
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const orders = { ...measured("frequentOrders", settings), at };
      const histogram = await figures().histogram(orders);
      if (!isCurrent) return;
      const grid = mapGrid(settings, histogram?.buckets.at(-1)?.from ?? 1);
      const definitions = mapCells(grid, settings);
      const cells = definitions.map((): GroupFigures => ({ count: 0 }));
      const tell = (told: readonly (readonly [number, GroupFigures])[]) => {
        if (!isCurrent) return;
        for (const [place, figures] of told) cells[place] = figures;
        setMap({ grid, cells: [...cells] });
      };
      const { metric } = spending(settings);
      await figures().ofCells(mapLane, { definitions, metric, at }, Comlink.proxy(tell));
    };
    void ask();
    return () => {
      isCurrent = false;
      void engine().stop(mapLane);
    };
  }, [JSON.stringify([orderEvent, totalProperty, valueDays]), at, dataSet]);
  return map;
}

/** Thresholds that suit the contacts that are loaded; undefined until they are known. */
export function useSuggestions(
  settings: PersonaSettings | undefined,
): PersonaThresholds | undefined {
  const { dataSet } = useWorkspace();
  const { at } = useInstant();
  const [suggested, setSuggested] = useState<PersonaThresholds>();
  const names =
    settings &&
    JSON.stringify([
      settings.orderEvent,
      settings.totalProperty,
      settings.viewEvents,
      settings.engagementEvents,
      settings.recentDays,
      settings.valueDays,
    ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Only what the suggestions rest on.
  useEffect(() => {
    if (settings === undefined) return;
    let isCurrent = true;
    void engine()
      .suggestThresholds({ ...settings, at })
      .then((found) => isCurrent && setSuggested(found));
    return () => {
      isCurrent = false;
    };
  }, [names, at, dataSet]);
  return suggested;
}
