import type { PackageUnderTest } from "../package_under_test.ts";
import type { Figure, Row } from "../report/row.ts";
import type { Samples } from "../timing.ts";
import { segmentsOf, shopMix, untouchedSegments } from "../workload/mix.ts";
import type { Habit } from "../workload/visitor.ts";
import { singleMessages } from "./message_cost.ts";
import { yearOfEvents } from "./messages.ts";

const rules = 100;
const manyRules = 10_000;
/** As many events as a contact keeps, with room for the messages that are timed. */
const manyEvents = 9_900;

interface Case {
  readonly question: string;
  readonly habit: Habit;
  readonly segments: number;
  /** How many of them messages can touch, at most. */
  readonly touched: number;
  /** For the median, in nanoseconds. */
  readonly target?: number;
  /** Of the contacts of a full run: large ones take long to fill. */
  readonly share: number;
}

const start: Case = {
  question: "1,000 events, 100 segments",
  habit: yearOfEvents,
  segments: rules,
  touched: rules,
  share: 0.5,
};

const grown: readonly Case[] = [
  {
    question: "1 segment that no message touches: reading and keeping alone",
    habit: yearOfEvents,
    segments: 1,
    touched: 0,
    share: 0.5,
  },
  {
    question: "10,000 events in ten times the time",
    habit: { events: manyEvents, days: 3_650 },
    segments: rules,
    touched: rules,
    share: 0.2,
  },
  {
    question: "10,000 events in the same time: windows hold ten times as many",
    habit: { events: manyEvents, days: 365 },
    segments: rules,
    touched: rules,
    share: 0.2,
  },
  {
    question: "a full history: each new event drops the oldest",
    habit: { events: 10_000, days: 3_650 },
    segments: rules,
    touched: rules,
    share: 0.2,
  },
  {
    question: "10,000 segments, of which messages touch the same 100",
    habit: yearOfEvents,
    segments: manyRules,
    touched: rules,
    share: 0.2,
  },
  {
    question: "1,000 segments, of which messages touch the same 100, and 5,000 events",
    habit: { events: 5_000, days: 1_825 },
    segments: 1_000,
    touched: rules,
    target: 5_000,
    share: 0.2,
  },
  {
    question: "1,000 segments of the mix, all within reach, and 5,000 events",
    habit: { events: 5_000, days: 1_825 },
    segments: 1_000,
    touched: 1_000,
    target: 5_000,
    share: 0.1,
  },
];

async function costOf({ createEngine }: PackageUnderTest, contacts: number, one: Case) {
  const segments = [
    ...segmentsOf(shopMix, one.touched),
    ...untouchedSegments(one.segments - one.touched),
  ];
  const engine = await createEngine({ segments });
  const { single } = singleMessages({
    engine,
    trade: shopMix.trade,
    habit: one.habit,
    contacts: Math.max(4, Math.round(contacts * one.share)),
  });
  engine.dispose();
  return single;
}

/** Does a message get dearer when the history or the set of segments grows? */
export async function measureGrowth(subject: PackageUnderTest, contacts: number): Promise<Figure> {
  const base = await costOf(subject, contacts, start);
  const rows: Row[] = [rowOf(start.question, base)];
  for (const one of grown) {
    const samples = await costOf(subject, contacts, one);
    const ratio = (samples.median / base.median).toFixed(2);
    const row = { ...rowOf(one.question, samples), note: `${ratio} times the first` };
    rows.push(one.target === undefined ? row : { ...row, target: one.target });
  }
  return { title: "Growth: a new message as an object, when there is more of everything", rows };
}

function rowOf(question: string, samples: Samples): Row {
  return { question, unit: "µs", value: samples.median, p99: samples.quantile(0.99) };
}
