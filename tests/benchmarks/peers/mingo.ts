import { Aggregator, Query } from "mingo";
import type { Peer, PeerEvent } from "./peer.ts";
import { type SharedFilter, type SharedRule, windowStart } from "./shared_rule.ts";

function testOf({ property, op, value }: SharedFilter): Record<string, unknown> {
  return { [`properties.${property}`]: { [`$${op}`]: value } };
}

/** Queries of the MongoDB language. The window's start is a constant of the query, so each is made anew. */
export function mingo(rules: readonly SharedRule[], history: readonly PeerEvent[]): Peer {
  const events = [...history];

  function measure(rule: SharedRule, now: number): number {
    const window = rule.lastDays === undefined ? [] : [{ time: { $gt: windowStart(rule, now) } }];
    const match = { $and: [{ event: rule.event }, ...window, ...rule.filters.map(testOf)] };
    if (rule.sum === undefined) {
      const query = new Query(match);
      let count = 0;
      for (const event of events) if (query.test(event)) count += 1;
      return count;
    }
    const total = { _id: null, total: { $sum: `$properties.${rule.sum}` } };
    const groups = new Aggregator([{ $match: match }, { $group: total }]).run(events);
    return (groups[0] as { total?: number } | undefined)?.total ?? 0;
  }

  return {
    name: "mingo 7",
    decide(event) {
      events.push(event);
      return rules.map((rule) => {
        const value = measure(rule, event.time);
        return rule.op === "gte" ? value >= rule.value : value < rule.value;
      });
    },
  };
}
