import type { PeerEvent } from "./peer.ts";
import { type SharedRule, windowStart } from "./shared_rule.ts";

/**
 * The events in a rule's window, cut by the host: they are in order of time. Rule languages profit from it, since they
 * would look at each event to find that out.
 */
export function eventsInWindow(
  events: readonly PeerEvent[],
  rule: SharedRule,
  now: number,
): readonly PeerEvent[] {
  const start = windowStart(rule, now);
  let first = events.length;
  while (first > 0 && (events[first - 1]?.time ?? start) > start) first -= 1;
  return first === 0 ? events : events.slice(first);
}
