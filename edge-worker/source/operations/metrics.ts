/**
 * Counters of this isolate, as Prometheus reads them. On bare workerd that is all there is; on Cloudflare each isolate tells its own,
 * so sums over time are those of whoever collects.
 */

interface Metric {
  readonly help: string;
  readonly type: "counter" | "gauge";
}

const metrics = {
  edge_http_requests_total: { help: "Answers by route and status.", type: "counter" },
  edge_http_seconds_total: { help: "Time until the answers, by route.", type: "counter" },
  edge_messages_total: {
    help: "Messages by what became of them: accepted, refused, ignored.",
    type: "counter",
  },
  edge_deltas_total: { help: "Deltas decided, by cause.", type: "counter" },
  edge_delivery_total: {
    help: "Attempts to deliver, by endpoint and outcome: delivered, failed, parked, stopped.",
    type: "counter",
  },
  edge_delivered_deltas_total: { help: "Deltas acknowledged, by endpoint.", type: "counter" },
  edge_alarms_total: { help: "Alarms of contacts, by outcome.", type: "counter" },
  edge_late_alarm_seconds_total: {
    help: "How much later than its instant time-driven changes were found.",
    type: "counter",
  },
  edge_joins_total: { help: "Aliases that joined contacts.", type: "counter" },
  edge_rate_limited_total: { help: "Requests refused for their rate.", type: "counter" },
  edge_open_contacts: { help: "Contacts in memory.", type: "gauge" },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;
export type Labels = Readonly<Record<string, string | number>>;

const values = new Map<MetricName, Map<string, number>>();

export function count(name: MetricName, labels: Labels = {}, by = 1): void {
  const series = seriesOf(name);
  const key = labelText(labels);
  series.set(key, (series.get(key) ?? 0) + by);
}

export function measure(name: MetricName, value: number, labels: Labels = {}): void {
  seriesOf(name).set(labelText(labels), value);
}

/** The text format of Prometheus, version 0.0.4. */
export function metricsText(): string {
  let text = "";
  for (const [name, { help, type }] of Object.entries(metrics)) {
    text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
    for (const [labels, value] of values.get(name as MetricName) ?? []) {
      text += `${name}${labels} ${value}\n`;
    }
  }
  return text;
}

function seriesOf(name: MetricName): Map<string, number> {
  const known = values.get(name);
  if (known !== undefined) return known;
  const series = new Map<string, number>();
  values.set(name, series);
  return series;
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${String(value).replace(/["\\\n]/g, "_")}"`,
  );
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}
