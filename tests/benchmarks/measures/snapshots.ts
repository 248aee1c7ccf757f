import type { Message } from "../../../bindings/javascript/entries/index.ts";
import type { PackageUnderTest } from "../package_under_test.ts";
import type { Figure, Row } from "../report/row.ts";
import { Samples } from "../timing.ts";
import { segmentsOf, shopMix } from "../workload/mix.ts";
import { Random } from "../workload/random.ts";
import { linesOf, type TimedMessage, Visitor } from "../workload/visitor.ts";

const events = 1_000;
const rules = 100;
/** Messages that come one by one, each followed by a save. */
const saves = 100;
const openings = 10;

const bytesTarget = 24;
const openTarget = 150_000;
const saveTarget = 50_000;
const crowdTarget = 100e6;

/** Events of four properties with a UUID of version 4, and nothing else. */
function plain(messages: readonly TimedMessage[], random: Random): TimedMessage[] {
  return messages.flatMap((timed) => {
    const message = timed.message as Message & { properties?: Record<string, unknown> };
    if (message.properties === undefined || "products" in message.properties) return [];
    const properties = Object.fromEntries(Object.entries(message.properties).slice(0, 4));
    const hex = (digits: number) => random.hexadecimal(digits);
    const messageId = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
    return [{ ...timed, message: { ...message, messageId, properties } as Message }];
  });
}

interface Costs {
  readonly bytes: Samples;
  readonly first: Samples;
  readonly save: Samples;
  readonly open: Samples;
  readonly wake: Samples;
  readonly saveOpened: Samples;
}

type Prepare = (messages: readonly TimedMessage[], random: Random) => readonly TimedMessage[];

async function costsOf(subject: PackageUnderTest, contacts: number, prepare: Prepare) {
  const engine = await subject.createEngine({ segments: segmentsOf(shopMix, rules) });
  const [segment] = engine.segments();
  if (segment === undefined) throw new Error("there are no segments");
  const costs: Costs = {
    bytes: new Samples(),
    first: new Samples(),
    save: new Samples(),
    open: new Samples(),
    wake: new Samples(),
    saveOpened: new Samples(),
  };
  for (let index = 0; index < contacts; index += 1) {
    const random = new Random(index);
    const visitor = new Visitor(shopMix.trade, 800_000 + index, { events, days: 365 });
    const all = prepare(visitor.history(events * 1.3 + saves * 2), random);
    const history = all.slice(0, events);
    const contact = engine.contact(visitor.id);
    contact.apply(linesOf(history), { now: history.at(-1)?.time ?? 0 });
    contact.nextChangeAt();
    let from = performance.now();
    let bytes = contact.snapshot();
    costs.first.add(from, performance.now());
    // A sample is a time in nanoseconds; bytes are put as if each were one.
    costs.bytes.add(0, bytes.length / 1e6, history.filter(({ isEvent }) => isEvent).length);
    for (const { message, time } of all.slice(events, events + saves)) {
      contact.apply(message, { now: time });
      contact.nextChangeAt();
      from = performance.now();
      bytes = contact.snapshot();
      costs.save.add(from, performance.now());
    }
    contact.dispose();
    const late = all.at(-1);
    for (let opening = 0; opening < openings && late !== undefined; opening += 1) {
      from = performance.now();
      const opened = engine.contact(visitor.id, bytes);
      opened.has(segment.id);
      costs.open.add(from, performance.now());
      from = performance.now();
      opened.apply(late.message, { now: late.time });
      costs.wake.add(from, performance.now());
      opened.nextChangeAt();
      from = performance.now();
      opened.snapshot();
      costs.saveOpened.add(from, performance.now());
      opened.dispose();
    }
  }
  engine.dispose();
  return costs;
}

function row(question: string, unit: Row["unit"], samples: Samples, target?: number): Row {
  const p99 = samples.quantile(0.99);
  return {
    question,
    unit,
    value: samples.median,
    p99,
    ...(target === undefined ? {} : { target }),
  };
}

/** What do snapshots cost, and how large are they? */
export async function measureSnapshots(
  subject: PackageUnderTest,
  contacts: number,
): Promise<Figure> {
  const half = Math.max(5, Math.round(contacts / 4));
  const plainCosts = await costsOf(subject, half, plain);
  const shopCosts = await costsOf(subject, half, (messages) => messages);
  const rows = [
    row("snapshot: bytes an event, 4 properties and a UUID", "B", plainCosts.bytes, bytesTarget),
    row("from bytes to the first answer, 4 properties", "µs", plainCosts.open, openTarget),
    row("save after one more message, 4 properties", "µs", plainCosts.save, saveTarget),
    row("first save, 4 properties", "µs", plainCosts.first),
    row("first message after opening, 4 properties", "µs", plainCosts.wake),
    row("first save after that, 4 properties", "µs", plainCosts.saveOpened),
    row("snapshot: bytes an event, shop", "B", shopCosts.bytes),
    row("from bytes to the first answer, shop", "µs", shopCosts.open),
    row("save after one more message, shop", "µs", shopCosts.save),
    await crowdInMemory(subject),
  ];
  return { title: "Snapshots: 100 rules, 1,000 events", rows };
}

/** Ten thousand contacts of 200 events, open at once in one instance. */
async function crowdInMemory(subject: PackageUnderTest): Promise<Row> {
  const memories: WebAssembly.Memory[] = [];
  const { instantiate } = WebAssembly;
  // The package does not say how large its memory is, and should not have to.
  Object.assign(WebAssembly, {
    async instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports) {
      const instance = await instantiate(module, imports);
      for (const value of Object.values(instance.exports)) {
        if (value instanceof WebAssembly.Memory) memories.push(value);
      }
      return instance;
    },
  });
  const engine = await subject.createEngine({ segments: segmentsOf(shopMix, rules) });
  Object.assign(WebAssembly, { instantiate });
  const each = 200;
  for (let index = 0; index < 10_000; index += 1) {
    const visitor = new Visitor(shopMix.trade, 100_000 + index, { events: each, days: 365 });
    const history = plain(visitor.history(each * 1.3), new Random(index)).slice(0, each);
    const contact = engine.contact(visitor.id);
    contact.apply(linesOf(history), { now: history.at(-1)?.time ?? 0 });
    kept.push(contact);
  }
  const value = Math.max(0, ...memories.map(({ buffer }) => buffer.byteLength));
  kept.length = 0;
  engine.dispose();
  return {
    question: "memory of 10,000 open contacts of 200 events",
    unit: "MB",
    value,
    target: crowdTarget,
  };
}

/** So that they are not collected while they are counted. */
const kept: unknown[] = [];
