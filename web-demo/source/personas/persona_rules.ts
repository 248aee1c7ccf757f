import type { Condition, MetricDefinition, SegmentDefinition } from "@fosterflow/segments/audience";
import type { PersonaArguments } from "@fosterflow/segments/authoring";

/** Thresholds that can be drawn on a distribution of the data. */
export const thresholds = [
  "recentDays",
  "highValue",
  "frequentOrders",
  "highOrderValue",
  "engagedDays",
  "shopperViews",
] as const;
export type Threshold = (typeof thresholds)[number];

/** Every argument of the personas, with its default where nothing else is said. */
export type PersonaSettings = Required<PersonaArguments>;

export interface ThresholdMetric {
  readonly metric: MetricDefinition;
  /** Whose values are shown: who has any. */
  readonly within: SegmentDefinition;
  readonly isWhole: boolean;
  /** Who has so much, or, for days, who was here so recently. */
  readonly reaching: (value: number) => SegmentDefinition;
}

function rule(id: string, when: Condition): SegmentDefinition {
  return { version: 1, id, when };
}

/** What is measured for each threshold but that of recency, as the personas measure it; refunds are not taken off. */
export function thresholdMetric(
  threshold: Exclude<Threshold, "recentDays">,
  settings: PersonaSettings,
): ThresholdMetric {
  const recently = { last: { days: settings.recentDays } };
  const inValueDays = { last: { days: settings.valueDays } };
  const { orderEvent, viewEvents, engagementEvents, totalProperty: property } = settings;
  const metrics: Record<typeof threshold, MetricDefinition> = {
    highValue: { event: orderEvent, measure: { fn: "sum", property }, window: inValueDays },
    highOrderValue: { event: orderEvent, measure: { fn: "avg", property }, window: inValueDays },
    frequentOrders: { event: orderEvent, window: inValueDays },
    engagedDays: {
      event: engagementEvents,
      measure: { fn: "active", unit: "day" },
      window: recently,
    },
    shopperViews: { event: viewEvents, window: recently },
  };
  const metric = metrics[threshold];
  const { event, window } = metric;
  const condition = { kind: "event", ...metric } as const;
  return {
    metric,
    within: rule("with-any", { kind: "event", event, ...(window !== undefined && { window }) }),
    isWhole: threshold !== "highValue" && threshold !== "highOrderValue",
    reaching: (value) => rule("reaching", { ...condition, op: "gte", value }),
  };
}

/** Who ordered within so many days. */
export function orderedWithin(days: number, { orderEvent }: PersonaSettings): SegmentDefinition {
  return rule("recent", { kind: "event", event: orderEvent, window: { last: { days } } });
}

/** What somebody spent, and what is taken off it. */
export function spending(settings: PersonaSettings): {
  metric: MetricDefinition;
  less: MetricDefinition;
} {
  const { orderEvent, refundEvent, totalProperty: property, valueDays } = settings;
  const rest = { measure: { fn: "sum", property }, window: { last: { days: valueDays } } } as const;
  return { metric: { event: orderEvent, ...rest }, less: { event: refundEvent, ...rest } };
}

/** The map: days since the last order to the right, orders upwards. */
export interface MapGrid {
  /** Ascending; one more than columns. */
  readonly days: readonly number[];
  /** The fewest orders of each row, ascending; the last row has all beyond. */
  readonly orders: readonly number[];
}

const mapColumns = 26;
const mapRows = 10;

export function mapGrid({ valueDays }: PersonaSettings, ordersOfFew: number): MapGrid {
  const width = Math.max(1, Math.ceil(valueDays / mapColumns));
  const columns = Math.ceil(valueDays / width);
  const step = Math.max(1, Math.ceil(ordersOfFew / mapRows));
  return {
    days: Array.from({ length: columns + 1 }, (_, index) => Math.min(index * width, valueDays)),
    orders: Array.from({ length: mapRows }, (_, index) => 1 + index * step),
  };
}

/** The contacts of each cell of the map, row by row. */
export function mapCells(grid: MapGrid, settings: PersonaSettings): SegmentDefinition[] {
  const { orderEvent: event, valueDays } = settings;
  return grid.orders.flatMap((least, row) => {
    const next = grid.orders[row + 1];
    const window = { last: { days: valueDays } };
    const often: Condition =
      next === undefined
        ? { kind: "event", event, op: "gte", value: least, window }
        : { kind: "event", event, op: "between", value: [least, next - 1], window };
    return grid.days.slice(1).map((until, column) => {
      const from = grid.days[column] ?? 0;
      const recent: Condition = { kind: "event", event, window: { last: { days: until } } };
      const tooRecent: Condition = { kind: "event", event, window: { last: { days: from } } };
      const of: Condition[] = [recent, often];
      if (from > 0) of.push({ kind: "none", of: [tooRecent] });
      return rule(`cell-${row}-${column}`, { kind: "all", of });
    });
  });
}
