import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { isBusy, thisMachine } from "../../tests/benchmarks/machine.ts";
import { segmentsOf, shopMix } from "../../tests/benchmarks/workload/mix.ts";
import { shop } from "../../tests/benchmarks/workload/shop.ts";
import { Visitor } from "../../tests/benchmarks/workload/visitor.ts";
import { startLocal } from "../local/start.mjs";
import { closedLoop, HttpLoad, type LoadResult, openLoop, quantile } from "./http_load.ts";

/**
 * Measures the edge worker on bare workerd over loopback, with its index and a backend on the same machine. The load generator takes its
 * share of the same cores.
 */

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8791" },
    contacts: { type: "string", default: "1000" },
    segments: { type: "string", default: "100" },
    messages: { type: "string", default: "20000" },
    batch: { type: "string", default: "10" },
    connections: { type: "string", default: "16" },
    keep: { type: "boolean", default: false },
  },
});
const howMany = Number(options.contacts);
const batchLength = Number(options.batch);
const connections = Number(options.connections);
const messages = Number(options.messages);
/** Events that each contact has before anything is measured. */
const historyEvents = 20;

const machine = thisMachine();
const dataFolder = mkdtempSync(join(tmpdir(), "edge-bench-"));
const run = await startLocal({ port: Number(options.port), dataFolder, quiet: true });

const { adminKey, writeKey } = run.keys;
const load = new HttpLoad(run.url, writeKey, connections);
const rows: string[][] = [];

try {
  for (const definition of segmentsOf(shopMix, Number(options.segments))) {
    await managed("PUT", `/v1/segments/${definition.id}`, definition);
  }
  const habit = { events: historyEvents, days: 30 };
  const visitors = Array.from({ length: howMany }, (_, seed) => new Visitor(shop, seed, habit));
  await fill(visitors);
  await settle();
  const single = visitors.flatMap((visitor) => visitor.messages(2)).map(({ message }) => message);
  report(
    "single messages",
    1,
    await closedLoop(load, "/v1/batch", bodiesOf(single.slice(0, messages / 5), 1), connections),
  );
  await settle();
  const stream = streamOf(visitors, messages);
  const most = await closedLoop(load, "/v1/batch", bodiesOf(stream, batchLength), connections);
  const perSecond = report(`batches of ${batchLength}`, batchLength, most);
  await settle();
  const half = perSecond / 2;
  const later = streamOf(visitors, Math.floor(half * 8));
  const calm = await openLoop(load, "/v1/batch", bodiesOf(later, batchLength), half / batchLength);
  report("at half of that", batchLength, calm);
  await coldContact();
  bundleSize();
} finally {
  load.close();
  await run.stop();
  if (!options.keep) rmSync(dataFolder, { recursive: true, force: true });
}

console.log(
  `${machine.processor}, ${machine.cores} cores, ${machine.system}, Node.js ${machine.node}, ${machine.date}, commit ${machine.commit}`,
);
if (isBusy(machine))
  console.log(
    `The machine is busy (load ${machine.load.toFixed(1)}): these are no figures to publish.`,
  );
for (const row of rows)
  console.log(row.map((cell, index) => cell.padEnd(index === 0 ? 44 : 18)).join(""));

async function managed(method: string, path: string, body?: unknown): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${run.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      continue;
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
}

/** Gives each contact a past. */
async function fill(visitors: readonly Visitor[]): Promise<void> {
  const bodies = visitors.map((visitor) => {
    const history = visitor.history(historyEvents);
    const last = history.at(-1)?.time ?? 0;
    const shift = Date.now() - 3_600_000 - last;
    const batch = history.map(({ message, time }) => ({ ...message, timestamp: time + shift }));
    return JSON.stringify({ batch });
  });
  await closedLoop(load, "/v1/batch", bodies, connections);
}

/** Messages of now, of all contacts in turn. */
function streamOf(visitors: readonly Visitor[], count: number) {
  return Array.from({ length: count }, (_, index) => {
    const visitor = visitors[(index * 7919) % visitors.length];
    if (visitor === undefined) throw new Error("no visitors");
    return visitor.next().message;
  });
}

function bodiesOf(all: readonly object[], length: number): string[] {
  const bodies: string[] = [];
  for (let index = 0; index < all.length; index += length) {
    const batch = all
      .slice(index, index + length)
      .map((message) => ({ ...message, timestamp: undefined }));
    bodies.push(JSON.stringify({ batch }));
  }
  return bodies;
}

/** Until all deltas are delivered: what is left over is not to be part of the next measure. */
async function settle(): Promise<void> {
  let last = "";
  for (let calm = 0; calm < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { newestDelta } = (await managed("GET", "/v1/segments")) as { newestDelta: string };
    calm = newestDelta === last ? calm + 1 : 0;
    last = newestDelta;
  }
}

function report(name: string, batch: number, { seconds, requests, latencies }: LoadResult): number {
  const perSecond = (requests * batch) / seconds;
  rows.push([
    name,
    `${Math.round(perSecond)} messages/s`,
    `p50 ${quantile(latencies, 0.5).toFixed(1)} ms`,
    `p99 ${quantile(latencies, 0.99).toFixed(1)} ms`,
  ]);
  return perSecond;
}

/** A contact with 1,000 events, of whom nothing is in memory. */
async function coldContact(): Promise<void> {
  const ids: string[] = [];
  for (let index = 0; index < 20; index += 1) {
    const visitor = new Visitor(shop, 100_000 + index, { events: 1000, days: 90 });
    const history = visitor.history(1000);
    const shift = Date.now() - 3_600_000 - (history.at(-1)?.time ?? 0);
    const batch = history.map(({ message, time }) => ({ ...message, timestamp: time + shift }));
    for (let from = 0; from < batch.length; from += 250) {
      const { status, text } = await load.post(
        "/v1/batch",
        JSON.stringify({ batch: batch.slice(from, from + 250) }),
      );
      if (status !== 200) throw new Error(text);
    }
    ids.push(visitor.id);
  }
  await settle();
  await run.stop();
  const again = await startLocal({ port: Number(options.port), dataFolder, quiet: true });
  Object.assign(run, again);
  const segments = `${run.url}/v1/contacts/${"user-000000"}/segments`;
  const headers = { authorization: `Bearer ${adminKey}` };
  // The worker itself is warm: its engine has the rules.
  await (await fetch(segments, { headers })).text();
  const latencies: number[] = [];
  for (const id of ids) {
    const asked = performance.now();
    const response = await fetch(`${run.url}/v1/contacts/${id}/segments`, { headers });
    await response.text();
    latencies.push(performance.now() - asked);
  }
  const sorted = Float64Array.from(latencies).sort();
  rows.push([
    "cold contact of 1,000 events, first answer",
    "",
    `p50 ${quantile(sorted, 0.5).toFixed(1)} ms`,
    `p99 ${quantile(sorted, 0.99).toFixed(1)} ms`,
  ]);
}

function bundleSize(): void {
  const sizes = ["worker.js", "contact.wasm"].map((name) => {
    const bytes = readFileSync(join(dataFolder, "workers", "edge", name));
    return gzipSync(bytes, { level: 9 }).length;
  });
  const sum = sizes.reduce((total, size) => total + size, 0);
  rows.push([
    "worker bundle, gzip",
    `${(sum / 1000).toFixed(1)} kB`,
    `JS ${((sizes[0] ?? 0) / 1000).toFixed(1)} kB`,
    `wasm ${((sizes[1] ?? 0) / 1000).toFixed(1)} kB`,
  ]);
}
