import type { Engine } from "../../../bindings/javascript/entries/index.ts";
import type { PackageUnderTest } from "../package_under_test.ts";
import type { Figure, Row } from "../report/row.ts";
import { type Mix, segmentsOf, shopMix, streamingMix } from "../workload/mix.ts";
import {
  type Crowd,
  lineBatches,
  messagesInARow,
  messagesPerContact,
  singleMessages,
} from "./message_cost.ts";

const singleTarget = 5_000;
const batchTarget = 2_000;
const rules = 100;
/** A thousand events in a year. */
export const yearOfEvents = { events: 1_000, days: 365 };

export async function crowdOf(
  { createEngine }: PackageUnderTest,
  mix: Mix,
  contacts: number,
): Promise<Crowd & { engine: Engine }> {
  const engine = await createEngine({ segments: segmentsOf(mix, rules) });
  return { engine, trade: mix.trade, habit: yearOfEvents, contacts };
}

/** What does one new message of a contact cost? */
export async function measureMessages(
  subject: PackageUnderTest,
  contacts: number,
): Promise<Figure> {
  const rows: Row[] = [];
  for (const mix of [shopMix, streamingMix]) {
    const crowd = await crowdOf(subject, mix, contacts);
    const { single, deltas } = singleMessages(crowd);
    const name = `${mix.name}: `;
    const changes = (deltas / single.count).toFixed(2);
    rows.push({
      question: `${name}one message as an object`,
      unit: "µs",
      value: single.median,
      p99: single.quantile(0.99),
      target: singleTarget,
      note: `${single.count} messages of ${contacts} contacts, ${changes} deltas a message`,
    });
    // A batch is a mean already, so fewer of them say as much.
    const smaller = { ...crowd, contacts: Math.ceil(contacts / 2) };
    const row = messagesInARow(smaller);
    rows.push({
      question: `${name}one message as an object, mean of ${messagesPerContact}`,
      unit: "µs",
      value: row.median,
      p99: row.quantile(0.99),
      note: "no clock between messages; with those after a pause, at which windows move",
    });
    const encoder = new TextEncoder();
    for (const [form, prepare] of [
      ["bytes", (lines: string) => encoder.encode(lines)],
      ["text", (lines: string) => lines],
    ] as const) {
      const batches = lineBatches(smaller, prepare);
      rows.push({
        question: `${name}a message in NDJSON ${form}, ${messagesPerContact} lines at once`,
        unit: "µs",
        value: batches.median,
        p99: batches.quantile(0.99),
        target: batchTarget,
      });
    }
    if (mix === shopMix) {
      const heavy = singleMessages(smaller, true).single;
      rows.push({
        question: `${name}one message as an object with a browser SDK's context (1.2 kB)`,
        unit: "µs",
        value: heavy.median,
        p99: heavy.quantile(0.99),
      });
    }
    crowd.engine.dispose();
  }
  return { title: "One contact, 100 rules, 1,000 cached events: a new message", rows };
}
