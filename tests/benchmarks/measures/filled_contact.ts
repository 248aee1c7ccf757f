import type { Contact, Engine } from "../../../bindings/javascript/entries/index.ts";
import type { Trade } from "../workload/trade.ts";
import { type Habit, linesOf, type TimedMessage, Visitor } from "../workload/visitor.ts";

export interface FilledContact {
  readonly contact: Contact;
  /** The messages that come after the history. */
  readonly fresh: readonly TimedMessage[];
}

/** Opens a contact that has lived; its seed makes it different from all others. */
export function filledContact(
  engine: Engine,
  trade: Trade,
  seed: number,
  habit: Habit,
  freshMessages: number,
): FilledContact {
  const visitor = new Visitor(trade, seed, habit);
  const history = visitor.history(habit.events);
  const contact = engine.contact(visitor.id);
  const { refused } = contact.apply(linesOf(history), { now: history.at(-1)?.time ?? 0 });
  if (refused.length > 0) throw new Error(`the workload is refused: ${refused[0]?.message}`);
  return { contact, fresh: visitor.messages(freshMessages) };
}
