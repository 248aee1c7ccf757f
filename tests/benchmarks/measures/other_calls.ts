import type { PackageUnderTest } from "../package_under_test.ts";
import type { Figure, Row } from "../report/row.ts";
import { Samples } from "../timing.ts";
import { segmentsOf, shopMix } from "../workload/mix.ts";
import { linesOf, Visitor } from "../workload/visitor.ts";
import { messagesPerContact } from "./message_cost.ts";
import { crowdOf, yearOfEvents } from "./messages.ts";

/** Calls that are too short for a clock around each. */
const callsAtOnce = 100;

/** Rules explained for each contact. */
const rulesExplained = 10;

const explainTarget = 200_000;

interface Costs {
  readonly open: Samples;
  readonly nextChange: Samples;
  readonly nextChangeAgain: Samples;
  readonly advance: Samples;
  readonly has: Samples;
  readonly memberships: Samples;
  readonly explain: Samples;
  readonly explainAgain: Samples;
}

function row(question: string, unit: Row["unit"], samples: Samples, note?: string): Row {
  const p99 = samples.quantile(0.99);
  return { question, unit, value: samples.median, p99, ...(note === undefined ? {} : { note }) };
}

/** What do the other calls cost? */
export async function measureOtherCalls(
  subject: PackageUnderTest,
  contacts: number,
): Promise<Figure> {
  const { engine, trade, habit } = await crowdOf(subject, shopMix, contacts);
  const ids = segmentsOf(shopMix, 100).map(({ id }) => id);
  const costs: Costs = {
    open: new Samples(),
    nextChange: new Samples(),
    nextChangeAgain: new Samples(),
    advance: new Samples(),
    has: new Samples(),
    memberships: new Samples(),
    explain: new Samples(),
    explainAgain: new Samples(),
  };
  let changes = 0;
  for (let index = 0; index < contacts; index += 1) {
    const visitor = new Visitor(trade, 600_000 + index, habit);
    const history = visitor.history(habit.events);
    const lines = new TextEncoder().encode(linesOf(history));
    const end = history.at(-1)?.time ?? 0;
    const fresh = visitor.messages(messagesPerContact);

    let from = performance.now();
    const contact = engine.contact(visitor.id);
    contact.apply(lines, { now: end });
    costs.open.add(from, performance.now());

    let now = end;
    for (const { message, time } of fresh) {
      contact.apply(message, { now: time });
      now = time;
      from = performance.now();
      const next = contact.nextChangeAt();
      costs.nextChange.add(from, performance.now());
      if (next !== null) changes += 1;
    }

    from = performance.now();
    for (let call = 0; call < callsAtOnce; call += 1) contact.nextChangeAt();
    costs.nextChangeAgain.add(from, performance.now(), callsAtOnce);

    from = performance.now();
    for (let call = 0; call < callsAtOnce; call += 1) contact.advanceTo(now + call);
    costs.advance.add(from, performance.now(), callsAtOnce);

    from = performance.now();
    for (const id of ids) contact.has(id);
    costs.has.add(from, performance.now(), ids.length);

    from = performance.now();
    contact.memberships();
    costs.memberships.add(from, performance.now());

    // Each rule is asked about by some contact; then the same again, as a page does that goes through contacts.
    for (let call = 0; call < rulesExplained; call += 1) {
      const id = ids[(index * rulesExplained + call) % ids.length] ?? "";
      from = performance.now();
      contact.explain(id);
      costs.explain.add(from, performance.now());
      from = performance.now();
      contact.explain(id);
      costs.explainAgain.add(from, performance.now());
    }
    contact.dispose();
  }
  engine.dispose();
  const known = `${changes} of ${costs.nextChange.count} know one`;
  return {
    title: `Other calls: 100 rules, ${yearOfEvents.events.toLocaleString("en")} cached events`,
    rows: [
      row("open a contact from NDJSON bytes of 1,000 events", "ms", costs.open),
      row("nextChangeAt after a message", "µs", costs.nextChange, known),
      row("nextChangeAt again", "ns", costs.nextChangeAgain),
      row("advanceTo by 1 ms, hardly ever something due", "ns", costs.advance),
      row("has", "ns", costs.has),
      row("memberships", "µs", costs.memberships),
      { ...row("explain, another rule each time", "µs", costs.explain), target: explainTarget },
      row("explain, the rule of the call before", "µs", costs.explainAgain),
    ],
  };
}
