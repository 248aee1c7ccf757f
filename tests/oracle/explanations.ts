import type {
  ExplainedCondition,
  Explanation,
} from "../../bindings/javascript/explanation_types.ts";
import { changeInstants } from "./change_instants.ts";
import { holdsCondition } from "./conditions.ts";
import type { Contact } from "./contacts.ts";
import { type Condition, type Definition, readDefinitions } from "./definitions.ts";
import { contactsAfter, decisionAt, mostEventsKept } from "./evaluate.ts";
import { type Line, readMessages } from "./messages.ts";
import { clampInstant, dayLength } from "./time_zones.ts";

/** One condition of an explanation: whether it holds, and when that changes by time alone. */
export interface Decision {
  /** The segment's id and the JSON Pointer inside its definition; "" is the membership itself. */
  place: string;
  holds: boolean;
  /** Undefined where the oracle was not asked to look for it. */
  changesAt?: number | null;
}

export interface ExplanationInput {
  definitions: readonly unknown[];
  lines: readonly Line[];
  contact: string;
  at: number;
  segment: string;
  parameters?: Record<string, unknown> | undefined;
  /** Also when each condition changes, not only the membership: that takes long. */
  everyChange: boolean;
}

interface Placed {
  place: string;
  definition: Definition;
  /** Undefined: the membership. */
  condition?: Condition;
}

/** Every condition that an explanation shows: nested segments at the first place that names them. */
function placesOf(definitions: readonly Definition[], id: string): Placed[] {
  const places: Placed[] = [];
  const shown = new Set<string>();
  function segment(name: string): void {
    shown.add(name);
    const definition = definitions.find((candidate) => candidate.id === name);
    if (definition !== undefined) condition(definition.when, definition, "/when");
  }
  function condition(one: Condition, definition: Definition, path: string): void {
    places.push({ place: definition.id + path, definition, condition: one });
    if ("of" in one) {
      for (const [index, member] of one.of.entries()) {
        condition(member, definition, `${path}/of/${index}`);
      }
    } else if (one.kind === "segment" && !shown.has(one.segment)) {
      segment(one.segment);
    }
  }
  const root = definitions.find((candidate) => candidate.id === id);
  if (root === undefined) throw new Error(`no segment ${id}`);
  places.push({ place: "", definition: root });
  segment(id);
  return places;
}

function decide(
  places: readonly Placed[],
  definitions: readonly Definition[],
  contact: Contact,
  now: number,
): boolean[] {
  const decision = decisionAt(definitions, contact, now);
  return places.map(({ definition, condition }) =>
    condition === undefined
      ? decision.isIn(definition.id)
      : holdsCondition(condition, decision.situationOf(definition)),
  );
}

/** What the law says about each condition: decided one by one, each from the start. */
export function expectedDecisions(input: ExplanationInput): Decision[] {
  const definitions = readDefinitions(input.definitions, input.parameters);
  const contact = contactsAfter(readMessages(input.lines), mostEventsKept).find(
    (candidate) => candidate.id === input.contact,
  );
  if (contact === undefined) throw new Error(`no contact ${input.contact}`);
  const all = placesOf(definitions, input.segment);
  const held = decide(all, definitions, contact, input.at);
  const decisions: Decision[] = all.map(({ place }, index) => ({
    place,
    holds: held[index] as boolean,
  }));
  const waiting = new Set(input.everyChange ? decisions.keys() : [0]);
  for (const index of waiting) (decisions[index] as Decision).changesAt = null;
  const asked = all.slice(0, input.everyChange ? all.length : 1);
  const end = clampInstant(input.at + 400 * dayLength);
  for (const instant of changeInstants(definitions, contact, input.at, end)) {
    if (waiting.size === 0) break;
    const now = decide(asked, definitions, contact, instant);
    for (const index of waiting) {
      if (now[index] === held[index]) continue;
      (decisions[index] as Decision).changesAt = instant;
      waiting.delete(index);
    }
  }
  return decisions;
}

/** The same of an explanation, in the same order. */
export function shownDecisions(explanation: Explanation | undefined): Decision[] {
  if (explanation === undefined) return [];
  const { segment, holds, changesAt, condition } = explanation;
  const decisions: Decision[] = [{ place: "", holds, changesAt }];
  function add(shown: ExplainedCondition, id: string): void {
    decisions.push({ place: id + shown.path, holds: shown.holds, changesAt: shown.changesAt });
    if ("of" in shown) for (const member of shown.of) add(member, id);
    if (shown.kind === "segment" && shown.condition !== null) add(shown.condition, shown.segment);
  }
  add(condition, segment);
  return decisions;
}

/** What was found, as far as the other side looked. */
export function decisionsLike(expected: readonly Decision[], found: Decision[]): Decision[] {
  return found.map(({ changesAt, ...rest }, index) =>
    expected[index]?.changesAt === undefined ? rest : { ...rest, changesAt: changesAt ?? null },
  );
}
