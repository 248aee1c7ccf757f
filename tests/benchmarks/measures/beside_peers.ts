import type { Contact, Engine } from "../../../bindings/javascript/entries/index.ts";
import type { PackageUnderTest } from "../package_under_test.ts";
import { handWritten } from "../peers/hand_written.ts";
import { handWrittenColumns } from "../peers/hand_written_columns.ts";
import { jsonLogicEngine } from "../peers/json_logic_engine.ts";
import { jsonRulesEngine } from "../peers/json_rules_engine.ts";
import { mingo } from "../peers/mingo.ts";
import type { Peer, PeerEvent } from "../peers/peer.ts";
import { type SharedRule, segmentOf, sharedRules } from "../peers/shared_rule.ts";
import type { Figure, Row } from "../report/row.ts";
import { Samples } from "../timing.ts";
import { shop } from "../workload/shop.ts";
import { linesOf, type TimedMessage, Visitor } from "../workload/visitor.ts";
import { yearOfEvents } from "./messages.ts";

const ruleCount = 100;
const seed = 31;
/** Before times are taken, all must have agreed on this many messages. */
const agreements = 30;

interface Course {
  readonly make: (rules: readonly SharedRule[], history: readonly PeerEvent[]) => Peer;
  /** Slow ones are asked less often. */
  readonly messages: number;
}

const courses: readonly Course[] = [
  { make: handWritten, messages: 600 },
  { make: handWrittenColumns, messages: 1_000 },
  { make: jsonRulesEngine, messages: 400 },
  { make: jsonLogicEngine, messages: 200 },
  { make: mingo, messages: 60 },
];

function peerEvents(messages: readonly TimedMessage[]): PeerEvent[] {
  return messages.flatMap(({ message, time }) => {
    if (message.type !== "track" && message.type !== "page" && message.type !== "screen") return [];
    const event = message.type === "track" ? message.event : message.type;
    const properties: Record<string, unknown> = message.properties ?? {};
    return [{ event, time, properties }];
  });
}

interface Setting {
  readonly rules: readonly SharedRule[];
  readonly engine: Engine;
  readonly history: readonly TimedMessage[];
  readonly fresh: readonly TimedMessage[];
}

async function settingOf({ createEngine }: PackageUnderTest): Promise<Setting> {
  const rules = sharedRules(shop, ruleCount, seed);
  const engine = await createEngine({ segments: rules.map(segmentOf) });
  const visitor = new Visitor(shop, seed, yearOfEvents);
  const history = visitor.history(yearOfEvents.events);
  // Peers know events only.
  const fresh = visitor.messages(1_500).filter(({ isEvent }) => isEvent);
  return { rules, engine, history, fresh };
}

function opened({ engine, history }: Setting, id: string): Contact {
  const contact = engine.contact(id);
  contact.apply(linesOf(history), { now: history.at(-1)?.time ?? 0 });
  return contact;
}

/** Throws at the first rule that a peer decides otherwise; answers how many decisions were "in" and "out". */
async function checkAgreement(setting: Setting): Promise<{ inside: number; outside: number }> {
  const { rules, history, fresh } = setting;
  const contact = opened(setting, history[0]?.message.userId ?? "");
  const peers = courses.map(({ make }) => make(rules, peerEvents(history)));
  let inside = 0;
  let outside = 0;
  for (const timed of fresh.slice(0, agreements)) {
    contact.apply(timed.message, { now: timed.time });
    const ours = rules.map(({ id }) => contact.has(id));
    const [event] = peerEvents([timed]);
    if (event === undefined) continue;
    for (const peer of peers) {
      const theirs = await peer.decide(event);
      const at = ours.findIndex((answer, index) => answer !== theirs[index]);
      if (at < 0) continue;
      const rule = JSON.stringify(rules[at]);
      throw new Error(`${peer.name} says ${theirs[at]}, we say ${ours[at]}: ${rule}`);
    }
    for (const answer of ours) {
      if (answer) inside += 1;
      else outside += 1;
    }
  }
  contact.dispose();
  return { inside, outside };
}

async function timeOfPeer({ rules, history, fresh }: Setting, course: Course, share: number) {
  const messages = Math.max(20, Math.round(course.messages * share));
  const warm = Math.round(messages / 4);
  const peer = course.make(rules, peerEvents(history));
  const samples = new Samples();
  let index = 0;
  for (const event of peerEvents(fresh).slice(0, messages + warm)) {
    const from = performance.now();
    await peer.decide(event);
    const to = performance.now();
    if (index >= warm) samples.add(from, to);
    index += 1;
  }
  return { name: peer.name, samples };
}

function timeOfOurs(setting: Setting): Samples {
  const samples = new Samples();
  for (let round = 0; round < 20; round += 1) {
    const contact = opened(setting, setting.history[0]?.message.userId ?? "");
    for (const { message, time } of setting.fresh.slice(0, 400)) {
      const from = performance.now();
      contact.apply(message, { now: time });
      const to = performance.now();
      if (round >= 4) samples.add(from, to);
    }
    contact.dispose();
  }
  return samples;
}

/** What do others need for the same rules, on the same events, in this very run? */
export async function measureBesidePeers(
  subject: PackageUnderTest,
  share: number,
): Promise<Figure> {
  const setting = await settingOf(subject);
  const { inside, outside } = await checkAgreement(setting);
  const ours = timeOfOurs(setting);
  const rows: Row[] = [
    {
      question: "@fosterflow/segments",
      unit: "µs",
      value: ours.median,
      p99: ours.quantile(0.99),
      note: `all agree on ${inside + outside} decisions, ${inside} of them "in"`,
    },
  ];
  for (const course of courses) {
    const { name, samples } = await timeOfPeer(setting, course, share);
    const ratio = samples.median / ours.median;
    rows.push({
      question: name,
      unit: "µs",
      value: samples.median,
      p99: samples.quantile(0.99),
      note: `${ratio.toFixed(ratio < 10 ? 1 : 0)} times ours`,
    });
  }
  setting.engine.dispose();
  return {
    title: "Beside others: 100 counts and sums in windows, 1,000 cached events, a new message",
    rows,
  };
}
