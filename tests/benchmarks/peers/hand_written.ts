import type { Peer, PeerEvent } from "./peer.ts";
import { type SharedFilter, type SharedRule, windowStart } from "./shared_rule.ts";

type Test = (event: PeerEvent) => boolean;

function testOf({ property, op, value }: SharedFilter): Test {
  switch (op) {
    case "eq":
      return ({ properties }) => properties[property] === value;
    case "gte":
      return ({ properties }) => (properties[property] as number) >= value;
    case "lt":
      return ({ properties }) => (properties[property] as number) < value;
  }
}

/** What one writes first: a loop over event objects for each rule, from the newest back to the window's start. */
export function handWritten(rules: readonly SharedRule[], history: readonly PeerEvent[]): Peer {
  const events = [...history];
  const compiled = rules.map((rule) => ({ rule, tests: rule.filters.map(testOf) }));

  function measure(rule: SharedRule, tests: readonly Test[], now: number): number {
    const { event: name, sum } = rule;
    const start = windowStart(rule, now);
    let result = 0;
    for (let index = events.length - 1; index >= 0; index -= 1) {
      const event = events[index] as PeerEvent;
      if (event.time <= start) break;
      if (event.event !== name) continue;
      let isMatch = true;
      for (const test of tests) isMatch = isMatch && test(event);
      if (!isMatch) continue;
      result += sum === undefined ? 1 : (event.properties[sum] as number);
    }
    return result;
  }

  return {
    name: "hand-written, event objects",
    decide(event) {
      events.push(event);
      return compiled.map(({ rule, tests }) => {
        const value = measure(rule, tests, event.time);
        return rule.op === "gte" ? value >= rule.value : value < rule.value;
      });
    },
  };
}
