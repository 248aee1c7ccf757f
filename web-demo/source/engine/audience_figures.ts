import type {
  Audience,
  Distribution,
  MetricDefinition,
  SegmentDefinition,
} from "@fosterflow/segments/audience";
import type { Lanes } from "./lanes.ts";
import { turn } from "./turn.ts";

/** How many contacts a group has, and what they amount to. */
export interface GroupFigures {
  readonly count: number;
  /** The sum of the metric over its contacts; undefined until it is added up. */
  readonly sum?: number;
}

export interface GroupsRequest {
  readonly definitions: readonly SegmentDefinition[];
  readonly metric: MetricDefinition;
  /** Taken off, such as what was sent back. */
  readonly less?: MetricDefinition;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface HistogramRequest {
  readonly metric: MetricDefinition;
  /** Whose values are shown. */
  readonly within: SegmentDefinition;
  readonly at: number;
  /** Values are counts. */
  readonly isWhole: boolean;
}

export interface Histogram {
  /** Of equal width, but for the last, which also has what is beyond. */
  readonly buckets: Distribution["buckets"];
  readonly step: number;
  readonly contacts: number;
}

/** So many bars are told apart. */
const mostBars = 40;
/** What few have so much of is shown in one last bar. */
const shownShare = 0.98;
/** Milliseconds of work before others have their turn: half a frame. */
const slice = 8;

/** Figures of groups of contacts that are not in force: what would be, and how values lie. */
export class AudienceFigures {
  readonly #open: () => Promise<Audience>;
  readonly #inForce: () => readonly SegmentDefinition[];
  readonly #lanes: Lanes;

  constructor(
    open: () => Promise<Audience>,
    inForce: () => readonly SegmentDefinition[],
    lanes: Lanes,
  ) {
    this.#open = open;
    this.#inForce = inForce;
    this.#lanes = lanes;
  }

  /**
   * Figures of definitions that may name one another, as if they were in force: all counts first, then sums. Until the
   * lane is taken.
   *
   * @throws SegmentError `definitions_refused`
   */
  async ofGroups(
    lane: string,
    { definitions, metric, less, at }: GroupsRequest,
    tell: (figures: Readonly<Record<string, GroupFigures>>) => void,
  ): Promise<void> {
    const isStale = this.#lanes.begin(lane);
    const audience = await this.#open();
    await turn();
    if (isStale()) return;
    const counts = this.#asIfInForce(audience, definitions, () =>
      definitions.map(({ id }) => [id, audience.count(id, { at })] as const),
    );
    tell(Object.fromEntries(counts.map(([id, count]) => [id, { count }])));
    for (const [id, count] of counts) {
      await turn();
      if (isStale()) return;
      const sum = this.#asIfInForce(audience, definitions, () => {
        const spent = sumOf(audience, metric, id, at);
        return less === undefined ? spent : spent - sumOf(audience, less, id, at);
      });
      tell({ [id]: { count, sum } });
    }
  }

  /** Counts, and then sums, of definitions that stand for themselves, by their place; until the lane is taken. */
  async ofCells(
    lane: string,
    { definitions, metric, at }: GroupsRequest,
    tell: (figures: readonly (readonly [place: number, figures: GroupFigures])[]) => void,
  ): Promise<void> {
    const isStale = this.#lanes.begin(lane);
    const audience = await this.#open();
    const counts: number[] = [];
    const inTurns = async (figuresOf: (place: number) => GroupFigures | undefined) => {
      let told: [number, GroupFigures][] = [];
      let since = performance.now();
      for (const place of definitions.keys()) {
        const figures = figuresOf(place);
        if (figures !== undefined) told.push([place, figures]);
        if (performance.now() - since < slice && place < definitions.length - 1) continue;
        tell(told);
        told = [];
        await turn();
        if (isStale()) return;
        since = performance.now();
      }
    };
    await turn();
    if (isStale()) return;
    await inTurns((place) => {
      const count = audience.count(definitions[place] as SegmentDefinition, { at });
      counts[place] = count;
      return { count };
    });
    if (isStale()) return;
    await inTurns((place) => {
      const count = counts[place] ?? 0;
      if (count === 0) return undefined;
      return { count, sum: sumOf(audience, metric, definitions[place] as SegmentDefinition, at) };
    });
  }

  /** How a metric's values lie among the contacts of a definition; undefined when nobody has one. */
  async histogram({
    metric,
    within,
    at,
    isWhole,
  }: HistogramRequest): Promise<Histogram | undefined> {
    const audience = await this.#open();
    await turn();
    const high = audience.quantile(metric, shownShare, { at, within });
    const highest = audience.quantile(metric, 1, { at, within });
    if (high === undefined || highest === undefined || highest <= 0) return undefined;
    const step = isWhole ? Math.max(1, Math.ceil(high / mostBars)) : niceStep(high / mostBars);
    const first = isWhole ? 1 : 0;
    const bars = Math.max(1, Math.ceil((high - first + (isWhole ? 1 : 0)) / step));
    const bounds = Array.from({ length: bars + 1 }, (_, index) => first + index * step);
    const last = bounds[bars] ?? first;
    bounds[bars] = Math.max(last, highest + (isWhole ? 1 : 0));
    const { buckets, contacts } = audience.distribution(metric, { at, within, buckets: bounds });
    return { buckets, step, contacts };
  }

  #asIfInForce<Value>(
    audience: Audience,
    definitions: readonly SegmentDefinition[],
    ask: () => Value,
  ): Value {
    const inForce = this.#inForce();
    const ids = new Set(definitions.map(({ id }) => id));
    audience.define([...inForce.filter(({ id }) => !ids.has(id)), ...definitions]);
    try {
      return ask();
    } finally {
      audience.define(inForce);
    }
  }
}

function sumOf(
  audience: Audience,
  metric: MetricDefinition,
  within: string | SegmentDefinition,
  at: number,
): number {
  const { mean = 0, contacts } = audience.distribution(metric, { at, within, buckets: 1 });
  return mean * contacts;
}

/** 1, 2 or 5 times a power of ten, not less than the number. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.01)));
  return (([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power * 100) / 100;
}
