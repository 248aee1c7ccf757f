import type { Figure, Row } from "../../report/row.ts";
import { shown } from "../../report/row.ts";
import { Samples } from "../../timing.ts";
import { now } from "../base/period.ts";
import { type AudienceRule, rules } from "../rules.ts";
import { Agreement, type Counter } from "./counter.ts";
import { type Times, targetOf } from "./times.ts";

/** Each round asks at another instant, as a clock that goes on does. */
const betweenRounds = 61_001;

export function instantOfRound(round: number): number {
  return now - round * betweenRounds;
}

interface Course {
  readonly counter: Counter;
  readonly samples: ReadonlyMap<AudienceRule, Samples>;
}

function isIn({ share }: Counter, round: number, rounds: number): boolean {
  return round < Math.max(3, Math.round(rounds * share));
}

function rowOf(rule: AudienceRule, count: number, courses: readonly Course[], times: Times): Row {
  const [ours, ...others] = courses.map(({ counter, samples }) => ({
    name: counter.name,
    median: samples.get(rule)?.median ?? Number.NaN,
    p99: samples.get(rule)?.quantile(0.99) ?? Number.NaN,
  }));
  if (ours === undefined) throw new Error("nobody counts");
  const beside = others.map(({ name, median }) => {
    const ratio = median / ours.median;
    return `${name} ${shown(median, "ms")} (${ratio.toFixed(ratio < 10 ? 1 : 0)} ×)`;
  });
  return {
    question: rule.question,
    unit: "ms",
    value: ours.median,
    p99: ours.p99,
    ...targetOf(rule.target, times),
    note: [`${count} contacts`, ...beside].join("; "),
  };
}

/** How long does one exact count take, of a rule that was not counted before? The first counter is ours. */
export async function measureCounts(counters: readonly Counter[], times: Times): Promise<Figure> {
  const { rounds } = times;
  const agreement = new Agreement();
  const counts = new Map<AudienceRule, number>();
  const courses = counters.map((counter) => ({
    counter,
    samples: new Map(rules.map((rule) => [rule, new Samples()])),
  }));
  for (const { counter, samples } of courses) {
    for (let round = 0; round < rounds; round += 1) {
      if (!isIn(counter, round, rounds)) break;
      for (const rule of rules) {
        const at = instantOfRound(round);
        counter.forget?.();
        const { value, milliseconds } = await counter.count(rule.id, rule.number, at);
        agreement.add(counter.name, `"${rule.question}" at ${new Date(at).toISOString()}`, value);
        samples.get(rule)?.add(0, milliseconds);
        if (round === 0) counts.set(rule, value);
      }
    }
  }
  return {
    title: "One count of a rule",
    rows: rules.map((rule) => rowOf(rule, counts.get(rule) ?? 0, courses, times)),
  };
}

const editTarget = 3e6;

/** How long does the next count take, after one number of the rule was changed? */
export async function measureEdits(ours: Counter, judge: Counter, times: Times): Promise<Figure> {
  const { rounds } = times;
  const agreement = new Agreement();
  const rows: Row[] = [];
  for (const rule of rules) {
    const samples = new Samples();
    let count = 0;
    for (let round = 0; round < rounds; round += 1) {
      const at = instantOfRound(round);
      await ours.count(rule.id, rule.number, at);
      const { value, milliseconds } = await ours.count(rule.id, rule.edited, at);
      samples.add(0, milliseconds);
      const question = `"${rule.question}" with ${rule.edited} at ${new Date(at).toISOString()}`;
      agreement.add(ours.name, question, value);
      if (isIn(judge, round, rounds)) {
        agreement.add(judge.name, question, (await judge.count(rule.id, rule.edited, at)).value);
      }
      if (round === 0) count = value;
    }
    rows.push({
      question: `${rule.question}: ${rule.number} becomes ${rule.edited}`,
      unit: "ms",
      value: samples.median,
      p99: samples.quantile(0.99),
      ...targetOf(editTarget, times),
      note: `${count} contacts`,
    });
  }
  return { title: "The next count after changing one number of a rule", rows };
}
