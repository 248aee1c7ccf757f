import { type Figure, isMet } from "./row.ts";

/** The last line of a run. */
export function verdictOn(figures: readonly Figure[]): string {
  const missed = figures.flatMap(({ rows }) => rows.filter((row) => !isMet(row)));
  return missed.length === 0 ? "All targets are met." : `${missed.length} not met.`;
}
