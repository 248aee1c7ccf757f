import type { Figure, Row } from "../../tests/benchmarks/report/row.ts";
import { bundleSize } from "./bundle_size.ts";
import { closedLoop, type LoadResult, openLoop, quantile } from "./http_load.ts";
import type { MeasuredWorld } from "./measured_world.ts";
import {
  definitionsOf,
  histories,
  longHistory,
  newVisitors,
  plainHistory,
  stream,
} from "./shop_load.ts";

export interface Sizes {
  readonly contacts: number;
  readonly segments: number;
  readonly messages: number;
  readonly batch: number;
  readonly connections: number;
}

const millisecond = 1e6;
const path = "/v1/batch";

const targets = {
  messagesPerSecond: 1500,
  halfLoad: 40 * millisecond,
  coldContact: 10 * millisecond,
  bundle: 150_000,
  stored: 24_000,
} as const;

/** Seconds that a fixed load is kept up. */
const steadySeconds = 8;
const coldContacts = 20;
const coldEvents = 1000;

/** How much it takes, and how fast it answers under load. */
export async function measureLoad(world: MeasuredWorld, sizes: Sizes): Promise<Figure> {
  const { contacts, segments, messages, batch, connections } = sizes;
  for (const definition of definitionsOf(segments)) {
    await world.managed("PUT", `/v1/segments/${definition.id}`, definition);
  }
  const visitors = newVisitors(contacts);
  await closedLoop(world.load, path, histories(visitors), connections);
  await world.settle();

  const single = stream(visitors, Math.ceil(messages / 5), 1);
  const alone = await closedLoop(world.load, path, single, connections);
  await world.settle();
  const most = await closedLoop(world.load, path, stream(visitors, messages, batch), connections);
  await world.settle();
  const steady = async (messagesPerSecond: number) => {
    const bodies = stream(visitors, Math.floor(messagesPerSecond * steadySeconds), batch);
    const result = await openLoop(world.load, path, bodies, messagesPerSecond / batch);
    await world.settle();
    return result;
  };
  const half = await steady(targets.messagesPerSecond / 2);
  const perSecond = rate(most, batch);
  const halfOfMost = await steady(perSecond / 2);

  const title = `${contacts} contacts, ${segments} rules, ${connections} connections`;
  return {
    title,
    rows: [
      {
        ...{ question: `messages a second, batches of ${batch}`, unit: "/s", value: perSecond },
        ...{ target: targets.messagesPerSecond, isMoreBetter: true, note: latencyNote(most) },
      },
      {
        ...{ question: "messages a second, one a request", unit: "/s", value: rate(alone, 1) },
        ...{ isMoreBetter: true, note: latencyNote(alone) },
      },
      {
        ...latency(`answer at ${targets.messagesPerSecond / 2} messages/s, p99`, half),
        target: targets.halfLoad,
      },
      latency(
        `answer at ${Math.round(perSecond / 2)} messages/s, half of the most, p99`,
        halfOfMost,
      ),
    ],
  };
}

/** What a contact costs that sleeps, and what the worker weighs. */
export async function measureRest(world: MeasuredWorld): Promise<Figure> {
  const plain = "plain-history";
  await world.send(plainHistory(plain, coldEvents));
  const long = Array.from({ length: coldContacts }, (_, index) => longHistory(index, coldEvents));
  for (const { bodies } of long) await world.send(bodies);
  await world.settle();
  const ids = [plain, ...long.map(({ id }) => id)];
  const ask = async (contact: string) => {
    const asked = performance.now();
    await world.managed("GET", `/v1/contacts/${contact}/segments`);
    return performance.now() - asked;
  };
  await world.restart();
  // The worker itself is warm, so that its engine has the rules.
  await ask("user-000000");
  const latencies: number[] = [];
  for (const id of ids) latencies.push(await ask(id));
  const cold = Float64Array.from(latencies).sort();

  const ofPlain = await world.stored(plain);
  const ofShop = await world.stored(ids[1] ?? plain);
  const { script, wasm } = await bundleSize();
  const stored = (question: string, { content, database }: typeof ofPlain): Row => ({
    ...{ question, unit: "kB", value: content },
    note: `its database: ${(database / 1000).toFixed(1)} kB of pages`,
  });
  return {
    title: `A contact of ${coldEvents} events, and the worker`,
    rows: [
      {
        question: "a contact that is not in memory, first answer",
        ...{ unit: "ms", value: quantile(cold, 0.5) * millisecond },
        ...{ p99: quantile(cold, 0.99) * millisecond, target: targets.coldContact },
      },
      {
        ...stored("stored, 4 properties and a UUID an event", ofPlain),
        target: targets.stored,
      },
      stored("stored, events of the shop", ofShop),
      {
        ...{ question: "the worker, gzip", unit: "kB", value: script + wasm },
        ...{ target: targets.bundle },
        note: `JavaScript ${(script / 1000).toFixed(1)} kB, WebAssembly ${(wasm / 1000).toFixed(1)} kB`,
      },
    ],
  };
}

function rate({ requests, seconds }: LoadResult, batch: number): number {
  return (requests * batch) / seconds;
}

function latency(question: string, { latencies }: LoadResult): Row {
  return {
    ...{ question, unit: "ms", value: quantile(latencies, 0.99) * millisecond },
    note: `median ${quantile(latencies, 0.5).toFixed(1)} ms`,
  };
}

function latencyNote({ latencies }: LoadResult): string {
  const [median, late] = [0.5, 0.99].map((share) => quantile(latencies, share).toFixed(1));
  return `answers: median ${median} ms, p99 ${late} ms`;
}
