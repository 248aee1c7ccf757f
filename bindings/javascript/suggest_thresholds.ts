import { checkedInstant } from "./arguments.ts";
import type { Metric } from "./definition_types.ts";
import { SegmentError } from "./segment_error.ts";
import type { PersonaArguments, PersonaThresholds } from "./template_types.ts";

/** Contacts whose measured values can be looked at: an audience, or whatever else can answer. */
export interface QuantileSource {
  /** The value that the share `q` (0 to 1) of the contacts does not exceed; null when nobody has one. */
  quantile(
    metric: Metric,
    q: number,
    options: { at: number },
  ): number | null | undefined | Promise<number | null | undefined>;
}

export interface SuggestOptions extends PersonaArguments {
  /** The instant at which the contacts are looked at, in epoch milliseconds. */
  at: number;
}

/** Of those who have any of it at all: the share from which on it is much. */
const shares = {
  highValue: 0.9,
  highOrderValue: 0.8,
  frequentOrders: 0.8,
  engagedDays: 0.6,
  shopperViews: 0.5,
} as const;

/** So finely is looked for the share of contacts who have none of it. */
const searchSteps = 10;

/**
 * Suggests thresholds for the personas from contacts: much money is what the top tenth of the buyers has spent, a large
 * order what the top fifth pays on average, often what the top fifth orders; engaged is who is active on more days than
 * three in five of the active, and looking around is what half of those who look do. Who has none of it does not count.
 * What nobody has is left out. About 60 quantiles are asked for.
 *
 * @example
 * const definitions = await personas({ exclusive: true, ...(await suggestThresholds(audience, { at: Date.now() })) });
 */
export async function suggestThresholds(
  audience: QuantileSource,
  options: SuggestOptions,
): Promise<PersonaThresholds> {
  if (typeof audience?.quantile !== "function") {
    throw new SegmentError("invalid_argument", "`audience` must have a method `quantile`.");
  }
  const at = checkedInstant(options?.at, "at");
  const { recentDays = 90, valueDays = 365, totalProperty: property = "total" } = options;
  const {
    orderEvent = "Order Completed",
    viewEvents = ["Product Viewed", "Product Added", "Checkout Started"],
    engagementEvents = [
      ...["page", "screen", "Product Viewed", "Product Added"],
      ...["Email Opened", "Email Link Clicked"],
    ],
  } = options;
  const recently = { last: { days: recentDays } };
  const inValueDays = { last: { days: valueDays } };
  const metrics: Record<keyof typeof shares, Metric> = {
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
  const found: PersonaThresholds = {};
  for (const name of Object.keys(shares) as (keyof typeof shares)[]) {
    const value = await quantileOfThoseWhoHaveAny(audience, metrics[name], shares[name], at);
    if (value === undefined) continue;
    const isMoney = name === "highValue" || name === "highOrderValue";
    found[name] = isMoney ? roundedMoney(value) : Math.max(2, Math.ceil(value));
  }
  return found;
}

/** Zero is what those have who are not meant; an audience may count them or not. */
async function quantileOfThoseWhoHaveAny(
  audience: QuantileSource,
  metric: Metric,
  share: number,
  at: number,
): Promise<number | undefined> {
  const valueAt = async (q: number) => (await audience.quantile(metric, q, { at })) ?? 0;
  if (!((await valueAt(1)) > 0)) return undefined;
  let none = 0;
  let some = 1;
  for (let step = 0; step < searchSteps && !((await valueAt(none)) > 0); step += 1) {
    const middle = (none + some) / 2;
    if ((await valueAt(middle)) > 0) some = middle;
    else none = middle;
    if (some - none < 2 ** -searchSteps) break;
  }
  return valueAt(none + (1 - none) * share);
}

/** Two digits are enough for a threshold. */
function roundedMoney(value: number): number {
  return Number(value.toPrecision(2));
}
