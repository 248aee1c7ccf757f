import { changeInstants } from "./change_instants.ts";
import { readDefinitions } from "./definitions.ts";
import { contactsAfter, membershipsAt, mostEventsKept } from "./evaluate.ts";
import { type Line, readMessages } from "./messages.ts";
import { clampInstant, dayLength } from "./time_zones.ts";

export interface NextChangeInput {
  definitions: readonly unknown[];
  lines: readonly Line[];
  /** The contact's id after all aliases. */
  contact: string;
  clock: number;
  parameters?: Record<string, unknown> | undefined;
  mostEvents?: number | undefined;
}

/** Appendix, "Law": it looks 400 days ahead and answers null beyond. */
const horizon = 400 * dayLength;

/** The first instant later than the clock at which a membership changes if no message comes. */
export function nextChangeAt(input: NextChangeInput): number | null {
  const definitions = readDefinitions(input.definitions, input.parameters);
  const contacts = contactsAfter(readMessages(input.lines), input.mostEvents ?? mostEventsKept);
  const contact = contacts.find((candidate) => candidate.id === input.contact);
  if (contact === undefined) return null;
  const now = membershipsAt(definitions, contact, input.clock).join();
  const end = clampInstant(input.clock + horizon);
  for (const instant of changeInstants(definitions, contact, input.clock, end)) {
    if (membershipsAt(definitions, contact, instant).join() !== now) return instant;
  }
  return null;
}
