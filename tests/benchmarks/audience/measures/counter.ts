import type { Timed } from "../peers/remote_database.ts";
import type { RuleId } from "../rules.ts";

/** Whoever counts contacts: we, and others beside us. */
export interface Counter {
  readonly name: string;
  /** Of the rounds, how many it takes part in; slow ones need fewer. */
  readonly share: number;
  count(rule: RuleId, number: number, now: number): Timed | Promise<Timed>;
  /** Makes the next count one of a rule that was never counted. */
  forget?(): void;
}

/** Times a count that answers at once. */
export function timed(count: () => number): Timed {
  const from = performance.now();
  const value = count();
  return { value, milliseconds: performance.now() - from };
}

/** Holds the counts of all against the first one's. */
export class Agreement {
  readonly #counts = new Map<string, { readonly name: string; readonly value: number }>();

  /** Throws when someone else has counted otherwise. */
  add(name: string, question: string, value: number): void {
    const known = this.#counts.get(question);
    if (known === undefined) {
      this.#counts.set(question, { name, value });
    } else if (known.value !== value) {
      throw new Error(`${question}: ${known.name} counts ${known.value}, ${name} ${value}`);
    }
  }
}
