import { writeFileSync } from "node:fs";
import type { Machine } from "../machine.ts";
import { clockCost } from "../timing.ts";
import { type Figure, inItsUnit } from "./row.ts";

/** The results for programs that know nothing of ours. */
export function writeJson(path: string, machine: Machine, figures: readonly Figure[]): void {
  const inUnits = figures.map(({ title, rows }) => ({ title, rows: rows.map(inItsUnit) }));
  const results = { machine, clockNanoseconds: clockCost(), figures: inUnits };
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}
