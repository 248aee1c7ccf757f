import type { Engine } from "@fosterflow/segments";
import { now } from "../clock.ts";
import type { Left } from "./contact_calls.ts";

/**
 * What several contacts that an alias joins know, as one copy, so that whoever takes it in tells only what changes in the end.
 * Undefined when nothing is known of any.
 */
export function mergedSnapshot(
  engine: Engine,
  left: readonly Left[],
  aliasLine: string,
): Uint8Array | undefined {
  const snapshots = left.flatMap(({ snapshot }) => (snapshot === undefined ? [] : [snapshot]));
  const [first, ...others] = snapshots;
  if (first === undefined || others.length === 0) return first;
  const { userId, anonymousId } = JSON.parse(aliasLine) as Record<string, string | undefined>;
  const contact = engine.contact(userId || anonymousId || "");
  try {
    contact.apply(aliasLine, { now: now() });
    for (const snapshot of snapshots) contact.merge(snapshot, { now: now() });
    return contact.snapshot();
  } finally {
    contact.dispose();
  }
}
