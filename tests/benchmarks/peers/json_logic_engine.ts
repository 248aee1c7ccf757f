import { LogicEngine } from "json-logic-engine";
import type { Peer, PeerEvent } from "./peer.ts";
import type { SharedFilter, SharedRule } from "./shared_rule.ts";
import { eventsInWindow } from "./window_cut.ts";

const operators = { eq: "===", gte: ">=", lt: "<" } as const;

function testOf({ property, op, value }: SharedFilter): unknown {
  return { [operators[op]]: [{ var: `properties.${property}` }, value] };
}

/** The events of the window are filtered by name and properties, then counted or summed up. */
function logicOf({ event, filters, sum, op, value }: SharedRule): unknown {
  const tests = [{ "===": [{ var: "event" }, event] }, ...filters.map(testOf)];
  const added = sum === undefined ? 1 : { var: `current.properties.${sum}` };
  const selected = { filter: [{ var: "events" }, { and: tests }] };
  const measured = { reduce: [selected, { "+": [{ var: "accumulator" }, added] }, 0] };
  return { [operators[op]]: [measured, value] };
}

/** Rules compiled to JavaScript by json-logic-engine. */
export function jsonLogicEngine(rules: readonly SharedRule[], history: readonly PeerEvent[]): Peer {
  const events = [...history];
  const engine = new LogicEngine();
  const compiled = rules.map((rule) => ({ rule, run: engine.build(logicOf(rule)) }));
  return {
    name: "json-logic-engine 5, compiled",
    decide(event) {
      events.push(event);
      return compiled.map(({ rule, run }) =>
        Boolean(run({ events: eventsInWindow(events, rule, event.time) })),
      );
    },
  };
}
