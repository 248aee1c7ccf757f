import { isZone, zoneStretch } from "../../bindings/javascript/zone_stretches.ts";

/**
 * All that is known of a zone, asked for from the beginning on: [offset before the first change, instant, offset from
 * then on, …]. Null when there is no such zone.
 */
export function wholeZone(name: string): number[] | null {
  if (!isZone(name)) return null;
  const table: number[] = [];
  let instant = Number.NEGATIVE_INFINITY;
  while (instant < Number.POSITIVE_INFINITY) {
    const stretch = zoneStretch(name, instant);
    if (stretch === null) throw new Error(`${name} ends at ${instant}`);
    const [from, offset, until] = stretch;
    if (table.length === 0) table.push(offset);
    else if (offset !== table.at(-1)) table.push(from, offset);
    instant = until;
  }
  return table;
}
