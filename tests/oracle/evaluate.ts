import { compareCodePoints } from "./code_points.ts";
import { holdsCondition } from "./conditions.ts";
import { type Contact, Contacts } from "./contacts.ts";
import { type Definition, readDefinitions } from "./definitions.ts";
import { type Line, type ReadMessages, type Refusal, readMessages } from "./messages.ts";
import { type Situation, zoneFor } from "./situation.ts";

/** Of a contact's events that many are kept (section 4). */
export const mostEventsKept = 10_000;

/** What decides about one contact at one instant. */
export interface Decision {
  isIn(id: string): boolean;
  /** What the conditions of one of the definitions are decided in: its own zone and parameters. */
  situationOf(definition: Definition): Situation;
}

export function decisionAt(
  definitions: readonly Definition[],
  contact: Contact,
  now: number,
): Decision {
  const events = contact.events.filter((event) => event.time <= now);
  const decided = new Map<string, boolean>();
  function isIn(id: string): boolean {
    let result = decided.get(id);
    if (result === undefined) {
      const definition = definitions.find((candidate) => candidate.id === id);
      if (definition === undefined) throw new Error(`no segment ${id}`);
      result = holdsCondition(definition.when, situationOf(definition));
      decided.set(id, result);
    }
    return result;
  }
  function situationOf(definition: Definition): Situation {
    return { contact, now, events, definition, zone: zoneFor(definition, contact), isIn };
  }
  return { isIn, situationOf };
}

/** The one law (section 0): the segments a contact is in at an instant, in the order of their ids. */
export function membershipsAt(
  definitions: readonly Definition[],
  contact: Contact,
  now: number,
): string[] {
  const { isIn } = decisionAt(definitions, contact, now);
  return definitions.map((definition) => definition.id).filter(isIn);
}

export interface EvaluationInput {
  definitions: readonly unknown[];
  lines: readonly Line[];
  at: number;
  parameters?: Record<string, unknown> | undefined;
  /** Tests may lower the bound of a contact's history. */
  mostEvents?: number | undefined;
}

export interface Evaluation {
  segments: Record<string, string[]>;
  refused: Refusal[];
}

export function contactsAfter(read: ReadMessages, mostEvents: number): Contact[] {
  const contacts = new Contacts(mostEvents);
  for (const message of read.messages) contacts.apply(message);
  return contacts
    .groups()
    .map((group) => contacts.contactOf(group))
    .sort((left, right) => compareCodePoints(left.id, right.id));
}

/** Each segment's members by code point at one instant, from everything the lines say. */
export function membersAt(
  definitions: readonly Definition[],
  contacts: readonly Contact[],
  at: number,
): Record<string, string[]> {
  const segments: Record<string, string[]> = {};
  for (const definition of definitions) segments[definition.id] = [];
  for (const contact of contacts) {
    for (const id of membershipsAt(definitions, contact, at)) segments[id]?.push(contact.id);
  }
  return segments;
}

export function evaluate(input: EvaluationInput): Evaluation {
  const definitions = readDefinitions(input.definitions, input.parameters);
  const read = readMessages(input.lines);
  const contacts = contactsAfter(read, input.mostEvents ?? mostEventsKept);
  return { segments: membersAt(definitions, contacts, input.at), refused: read.refused };
}
