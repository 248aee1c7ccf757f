export type Unit = "ns" | "µs" | "ms" | "B" | "kB" | "MB" | "MB/s" | "/s" | "×";

/**
 * One line of the result. Times are in nanoseconds, sizes in bytes, speeds in bytes a second, whatever the unit they are
 * shown in.
 */
export interface Row {
  readonly question: string;
  readonly unit: Unit;
  readonly value: number;
  /** Beside the median. */
  readonly p99?: number;
  readonly target?: number;
  /** More is better, as of speeds; else less is. */
  readonly isMoreBetter?: boolean;
  readonly note?: string;
}

export interface Figure {
  readonly title: string;
  readonly rows: readonly Row[];
}

const divisors: Record<Unit, number> = {
  ns: 1,
  µs: 1e3,
  ms: 1e6,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  "MB/s": 1e6,
  "/s": 1,
  "×": 1,
};

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function shown(value: number, unit: Unit): string {
  return `${digits(value / divisors[unit])} ${unit}`;
}

/** The same row with its numbers in its own unit, for readers that know nothing of ours. */
export function inItsUnit(row: Row): Row {
  const divisor = divisors[row.unit];
  return {
    ...row,
    value: row.value / divisor,
    ...(row.p99 === undefined ? {} : { p99: row.p99 / divisor }),
    ...(row.target === undefined ? {} : { target: row.target / divisor }),
  };
}

export function isMet({ value, target, isMoreBetter = false }: Row): boolean {
  if (target === undefined) return true;
  return isMoreBetter ? value >= target : value <= target;
}
