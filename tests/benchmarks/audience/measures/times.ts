import type { BaseSize } from "../base/base.ts";

/** How often is counted, and how long it may take. */
export interface Times {
  readonly rounds: number;
  /** Of the targets, which are those of a million contacts; undefined: the base is too small to have any. */
  readonly scale: number | undefined;
}

const contactsOfTargets = 1_000_000;
const eventsOfTargets = 20_000_000;

/** A larger base may take as many times longer as it has more events. */
export function timesFor({ contacts, events }: BaseSize, rounds: number): Times {
  const isSmall = contacts < contactsOfTargets || events < eventsOfTargets;
  return { rounds, scale: isSmall ? undefined : events / eventsOfTargets };
}

/** The part of a row that a target in nanoseconds makes. */
export function targetOf(target: number, { scale }: Times): { target?: number } {
  return scale === undefined ? {} : { target: target * scale };
}
