import { zoneStretch } from "../javascript/zone_stretches.ts";

/**
 * The smallest instant whose local time is not earlier: the end of a gap, the first of an overlap.
 *
 * @param timezone a zone that `isZone` knows
 * @param local milliseconds, as if the local clock were UTC
 */
export function instantOfLocal(timezone: string, local: number): number {
  // No zone is further from UTC than this.
  let earliest = local - 86_400_000;
  for (;;) {
    const [, offset, until] = zoneStretch(timezone, earliest) ?? [0, 0, Infinity];
    const reached = Math.max(earliest, local - offset);
    if (reached < until) return reached;
    earliest = until;
  }
}
