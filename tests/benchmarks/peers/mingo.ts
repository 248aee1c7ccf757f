import { Aggregator, Query } from "mingo";
import type { Peer, PeerEvent } from "./peer.ts";
import type { SharedFilter, SharedRule } from "./shared_rule.ts";
import { eventsInWindow } from "./window_cut.ts";

function testOf({ property, op, value }: SharedFilter): Record<string, unknown> {
  return { [`properties.${property}`]: { [`$${op}`]: value } };
}

/** Measures the events of a window. */
type Compiled = (events: readonly PeerEvent[]) => number;

function compiled({ event, filters, sum }: SharedRule): Compiled {
  const match = { $and: [{ event }, ...filters.map(testOf)] };
  if (sum === undefined) {
    const query = new Query(match);
    return (events) => {
      let count = 0;
      for (const candidate of events) if (query.test(candidate)) count += 1;
      return count;
    };
  }
  const total = { _id: null, total: { $sum: `$properties.${sum}` } };
  const aggregator = new Aggregator([{ $match: match }, { $group: total }]);
  return (events) => {
    const [group] = aggregator.run([...events]) as { total?: number }[];
    return group?.total ?? 0;
  };
}

/** Queries and aggregations of the MongoDB language, each made once. */
export function mingo(rules: readonly SharedRule[], history: readonly PeerEvent[]): Peer {
  const events = [...history];
  const measures = rules.map((rule) => ({ rule, measure: compiled(rule) }));
  return {
    name: "mingo 7",
    decide(event) {
      events.push(event);
      return measures.map(({ rule, measure }) => {
        const value = measure(eventsInWindow(events, rule, event.time));
        return rule.op === "gte" ? value >= rule.value : value < rule.value;
      });
    },
  };
}
