/**
 * Counts how often each construct of the language held and did not hold. A differential run that
 * never saw a construct decide anything proves nothing about it.
 */
export interface Outcomes {
  held: number;
  failed: number;
}
export type Coverage = Map<string, Outcomes>;

let current: Coverage | undefined;

export function recordCoverageIn(coverage: Coverage | undefined): void {
  current = coverage;
}

export function noteOutcome(construct: string, holds: boolean): boolean {
  if (current !== undefined) {
    let outcomes = current.get(construct);
    if (outcomes === undefined) {
      outcomes = { held: 0, failed: 0 };
      current.set(construct, outcomes);
    }
    if (holds) outcomes.held += 1;
    else outcomes.failed += 1;
  }
  return holds;
}
