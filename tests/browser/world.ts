import assert from "node:assert/strict";
import { createEngine, type Message, type SegmentDefinition } from "@fosterflow/segments";
import type { Delta, Membership } from "@fosterflow/segments/browser";
import type { Backend } from "./backend.ts";

/** What every test of the tracker must find in the end. */

/** Each delta was applied once, in order within its stream, and none is missing. */
export function assertAppliedOnce(applied: readonly Delta[]): void {
  const last = new Map<string, number>();
  const members = new Map<string, boolean>();
  for (const { source, epoch, contact, sequence, segment, change, id } of applied) {
    const stream = `${source} ${epoch} ${contact}`;
    assert.equal(sequence, (last.get(stream) ?? 0) + 1, id);
    last.set(stream, sequence);
    const key = `${stream} ${segment}`;
    assert.notEqual(members.get(key) ?? false, change === "entered", `${id} changes nothing`);
    members.set(key, change === "entered");
  }
}

/** What an engine says that is fed with the same messages, at this instant (epoch milliseconds). */
export async function plainMemberships(
  segments: readonly SegmentDefinition[],
  messages: Iterable<Message>,
  contact: string,
  now: number,
): Promise<string[]> {
  const engine = await createEngine({ segments });
  const own = engine.contact(contact);
  const all = [...messages];
  const aliases = all.filter(({ type }) => type === "alias");
  const { refused } = own.apply([...aliases, ...all.filter(({ type }) => type !== "alias")], {
    now,
  });
  assert.deepEqual(refused, []);
  const names = segmentsOf(own.memberships());
  engine.dispose();
  return names;
}

export function segmentsOf(memberships: readonly Membership[]): string[] {
  return memberships.map(({ segment }) => segment).sort();
}

export function countsOf(backend: Backend): string {
  return [...backend.counts].map(([name, count]) => `${name} ${count}`).join(", ");
}

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  longest = 60_000,
): Promise<void> {
  const end = Date.now() + longest;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not come true in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Names that tell events apart, and when they happened. */
let count = 0;

export function event(name: string, timestamp: number, properties: Record<string, unknown> = {}) {
  count += 1;
  return { event: name, messageId: `m-${count}`, timestamp, ...properties };
}
