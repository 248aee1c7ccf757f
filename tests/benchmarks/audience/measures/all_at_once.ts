import type { SegmentDefinition } from "../../../../bindings/javascript/definition_types.ts";
import type { Figure } from "../../report/row.ts";
import { Samples } from "../../timing.ts";
import type { Base } from "../base/base.ts";
import { contactId, Messages } from "../base/messages.ts";
import { now } from "../base/period.ts";
import type { Audience, AudienceSubject } from "../subject.ts";
import { Agreement } from "./counter.ts";
import { instantOfRound } from "./counts.ts";
import { type Times, targetOf } from "./times.ts";

const target = 100e6;
/** So many contacts are decided one by one too. */
const comparedContacts = 500;

/** Who of the first contacts is in which segment at an instant, as `engine.contact` decides; ids in order. */
export async function membersByContact(
  { createEngine }: Pick<AudienceSubject, "createEngine">,
  segments: readonly SegmentDefinition[],
  base: Base,
  contacts: number,
  at: number,
): Promise<Map<string, string[]>> {
  const engine = await createEngine({ segments: [...segments] });
  const messages = new Messages(base);
  const members = new Map<string, string[]>(segments.map(({ id }) => [id, []]));
  for (let number = 0; number < contacts; number += 1) {
    const id = contactId(number);
    const contact = engine.contact(id);
    contact.apply(messages.linesOf(number), { now: at });
    for (const [segment, ids] of members) if (contact.has(segment)) ids.push(id);
    contact.dispose();
  }
  engine.dispose();
  return members;
}

/**
 * Throws at the first segment whose members among the first contacts are not those that the contact engine finds;
 * answers how many memberships they have.
 */
export async function compareWithContacts(
  subject: Pick<AudienceSubject, "createEngine">,
  audience: Pick<Audience, "members">,
  segments: readonly SegmentDefinition[],
  base: Base,
): Promise<number> {
  const contacts = Math.min(base.contacts, comparedContacts);
  const bound = contactId(contacts);
  let memberships = 0;
  const members = await membersByContact(subject, segments, base, contacts, now);
  for (const [id, wanted] of members) {
    // Ids are in the order of their numbers, so these are among the first.
    const found = audience.members(id, { at: now, limit: contacts }).filter((one) => one < bound);
    const difference = [...wanted, ...found].find(
      (one) => wanted.includes(one) !== found.includes(one),
    );
    if (difference !== undefined) {
      throw new Error(`${id}: contact.has and audience.members differ about ${difference}`);
    }
    memberships += wanted.length;
  }
  return memberships;
}

/** How long do the counts of all segments take, in one call and one by one? */
export async function measureAllAtOnce(
  subject: AudienceSubject,
  audience: Audience,
  segments: readonly SegmentDefinition[],
  base: Base,
  times: Times,
): Promise<Figure> {
  const { rounds } = times;
  const memberships = await compareWithContacts(subject, audience, segments, base);
  const together = new Samples();
  const apart = new Samples();
  const agreement = new Agreement();
  for (let round = 0; round < rounds; round += 1) {
    const at = instantOfRound(round);
    audience.forgetAnswers();
    const from = performance.now();
    const counts = audience.counts({ at });
    together.add(from, performance.now());
    for (const { id } of segments) agreement.add("counts", `${id}, ${at}`, counts[id] ?? -1);
  }
  for (let round = 0; round < rounds; round += 1) {
    const at = instantOfRound(round);
    const from = performance.now();
    for (const { id } of segments) {
      audience.forgetAnswers();
      agreement.add("count", `${id}, ${at}`, audience.count(id, { at }));
    }
    apart.add(from, performance.now());
  }
  return {
    title: `All ${segments.length} segments of the examples`,
    rows: [
      {
        question: "all at once, with counts",
        unit: "ms",
        value: together.median,
        p99: together.quantile(0.99),
        ...targetOf(target, times),
        note: `the contact engine agrees on ${memberships} memberships of ${comparedContacts} contacts`,
      },
      {
        question: "one after the other, with count",
        unit: "ms",
        value: apart.median,
        p99: apart.quantile(0.99),
        note: `${(apart.median / together.median).toFixed(1)} × the time of counts`,
      },
    ],
  };
}
