import assert from "node:assert/strict";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createEngine } from "@fosterflow/segments";
import { createAudience } from "@fosterflow/segments/audience";
import { type Base, generateBase } from "../benchmarks/audience/base/base.ts";
import { deliveryOf } from "../benchmarks/audience/base/delivery.ts";
import { Messages } from "../benchmarks/audience/base/messages.ts";
import { day, now } from "../benchmarks/audience/base/period.ts";
import {
  compareWithContacts,
  membersByContact,
} from "../benchmarks/audience/measures/all_at_once.ts";
import { segmentsIn } from "../benchmarks/audience/measures/segment_folders.ts";
import { TimedSource } from "../benchmarks/audience/measures/timed_source.ts";
import { HandWritten } from "../benchmarks/audience/peers/hand_written.ts";
import { definitionOf, type RuleId, rules } from "../benchmarks/audience/rules.ts";

// The benchmark of the audience, without its databases: that its rules mean the same to all, and that its base is the
// one of which DuckDB and ClickHouse said these counts.

const size = { contacts: 50_000, events: 1_000_000 };
const counts: Record<RuleId, number> = {
  "repeat-orders": 373,
  "revenue-without-visit": 1019,
  "cart-abandonment": 304,
  "cheap-views": 1762,
  "page-views": 9154,
  "average-shoes": 4734,
  "three-steps": 1394,
};
const anotherInstant = now - 100 * day + 17;
const countsAfterAnEdit: Record<RuleId, number> = {
  "repeat-orders": 64,
  "revenue-without-visit": 1003,
  "cart-abandonment": 313,
  "cheap-views": 894,
  "page-views": 5837,
  "average-shoes": 3097,
  "three-steps": 877,
};

let base: Base;

before(() => {
  base = generateBase(size, 1);
});

function countsOf(count: (rule: (typeof rules)[number]) => number): Record<string, number> {
  return Object.fromEntries(rules.map((rule) => [rule.id, count(rule)]));
}

test("the hand-written rules count what the databases do", () => {
  const handWritten = new HandWritten(base);
  assert.deepEqual(
    countsOf(({ id, number }) => handWritten.count(id, number, now)),
    counts,
  );
  assert.deepEqual(
    countsOf(({ id, edited }) => handWritten.count(id, edited, anotherInstant)),
    countsAfterAnEdit,
  );
});

test("the hand-written rules count what contacts say one by one", async () => {
  const few = generateBase({ contacts: 1_000, events: 30_000 }, 2);
  const handWritten = new HandWritten(few);
  for (const at of [now, anotherInstant]) {
    const segments = rules.map((rule) => definitionOf(rule));
    const members = await membersByContact({ createEngine }, segments, few, few.contacts, at);
    const found = countsOf(({ id }) => members.get(id)?.length ?? -1);
    assert.deepEqual(
      countsOf(({ id, number }) => handWritten.count(id, number, at)),
      found,
    );
    for (const [id, count] of Object.entries(found)) assert.ok(count > 0, `${id} means nobody`);
  }
});

test("the messages hold each event, a few of them twice, late or after the instant of the counts", () => {
  const few = generateBase({ contacts: 2_500, events: 50_000 }, 1);
  const delivery = deliveryOf(few);
  const ids = new Set<string>();
  const decoder = new TextDecoder();
  let events = 0;
  let isLate = 0;
  let newest = "";
  for (const chunk of new Messages(few).chunks(delivery)) {
    for (const line of decoder.decode(chunk).split("\n")) {
      const id = /^\{"messageId":"([^"]{36})"/.exec(line)?.[1];
      if (id === undefined) continue;
      events += 1;
      ids.add(id);
      const timestamp = /"timestamp":"([^"]*)"/.exec(line)?.[1] ?? "";
      if (timestamp < newest.slice(0, 10)) isLate += 1;
      if (timestamp > newest) newest = timestamp;
    }
  }
  assert.equal(ids.size, few.events);
  assert.equal(events, few.events + delivery.repeated.length);
  assert.ok(delivery.repeated.length > 0 && isLate > 0);
  assert.ok(Date.parse(newest) > now);
});

test("the audience counts what the databases do, and has the members that contacts say one by one", async () => {
  const folder = fileURLToPath(new URL("../../docs/examples/segments", import.meta.url));
  const segments = segmentsIn([folder]);
  const audience = await createAudience({ segments });
  const source = new TimedSource(new Messages(base).chunks(deliveryOf(base)));
  assert.equal((await audience.load(source.stream)).refusedCount, 0);
  const { contacts, events } = audience.statistics();
  assert.deepEqual({ contacts, events }, size);
  assert.deepEqual(
    countsOf((rule) => audience.count(definitionOf(rule), { at: now })),
    counts,
  );
  // An edited number, and going back in time.
  assert.deepEqual(
    countsOf((rule) => audience.count(definitionOf(rule, rule.edited), { at: anotherInstant })),
    countsAfterAnEdit,
  );
  assert.ok((await compareWithContacts({ createEngine }, audience, segments, base)) > 0);
  const all = audience.counts({ at: now });
  audience.forgetAnswers();
  for (const { id } of segments) assert.equal(all[id], audience.count(id, { at: now }), id);
  audience.dispose();
});
