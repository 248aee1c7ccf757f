import { Engine } from "json-rules-engine";
import type { Peer, PeerEvent } from "./peer.ts";
import { type SharedFilter, type SharedRule, windowStart } from "./shared_rule.ts";

function passes({ properties }: PeerEvent, { property, op, value }: SharedFilter): boolean {
  const given = properties[property];
  if (op === "eq") return given === value;
  return op === "gte" ? (given as number) >= value : (given as number) < value;
}

/**
 * json-rules-engine knows no measures over lists, so a dynamic fact computes them; the engine compares. Facts are not
 * cached: no two rules ask for the same one, and its cache keys cost more than that.
 */
export function jsonRulesEngine(rules: readonly SharedRule[], history: readonly PeerEvent[]): Peer {
  const events = [...history];
  let now = 0;
  const engine = new Engine();
  engine.addFact(
    "measure",
    (parameters) => {
      const rule = parameters as SharedRule;
      const start = windowStart(rule, now);
      let result = 0;
      for (let index = events.length - 1; index >= 0; index -= 1) {
        const event = events[index] as PeerEvent;
        if (event.time <= start) break;
        if (event.event !== rule.event) continue;
        if (!rule.filters.every((filter) => passes(event, filter))) continue;
        result += rule.sum === undefined ? 1 : (event.properties[rule.sum] as number);
      }
      return result;
    },
    { cache: false },
  );
  for (const rule of rules) {
    const operator = rule.op === "gte" ? "greaterThanInclusive" : "lessThan";
    const condition = { fact: "measure", params: { ...rule }, operator, value: rule.value };
    engine.addRule({ name: rule.id, conditions: { all: [condition] }, event: { type: rule.id } });
  }
  return {
    name: "json-rules-engine 7",
    async decide(event) {
      events.push(event);
      now = event.time;
      const { results } = await engine.run();
      const holding = new Set(results.map(({ name }) => name));
      return rules.map(({ id }) => holding.has(id));
    },
  };
}
