/**
 * The smallest instant whose local time is not earlier: the end of a gap, the first of an overlap.
 *
 * @param table a zone's table, as zone_tables.ts makes it
 * @param local milliseconds, as if the local clock were UTC
 */
export function instantOfLocal(table: Float64Array, local: number): number {
  // No zone is further from UTC than this.
  let piece = lastPieceBefore(table, local - 2 * 86_400_000);
  for (;;) {
    const start = piece === 0 ? Number.NEGATIVE_INFINITY : Number(table[2 * piece - 1]);
    const end = table[2 * piece + 1] ?? Number.POSITIVE_INFINITY;
    const candidate = Math.max(start, local - Number(table[2 * piece]));
    if (candidate < end) return candidate;
    piece += 1;
  }
}

/** Pieces are counted from the one before the first transition. */
function lastPieceBefore(table: Float64Array, instant: number): number {
  let low = 0;
  let high = (table.length - 1) / 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (Number(table[2 * middle - 1]) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}
