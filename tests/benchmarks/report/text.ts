import { isBusy, type Machine } from "../machine.ts";
import { type Figure, isMet, type Row, shown } from "./row.ts";

const heads = ["", "ours", "p99", "target", ""];

function verdict(row: Row): string {
  if (row.target === undefined) return "";
  const bound = row.isMoreBetter ? "≥ " : "";
  return `${bound}${shown(row.target, row.unit)} ${isMet(row) ? "met" : "NOT MET"}`;
}

function cellsOf(row: Row): string[] {
  return [
    row.question,
    shown(row.value, row.unit),
    row.p99 === undefined ? "" : shown(row.p99, row.unit),
    verdict(row),
    row.note ?? "",
  ];
}

export function machineLines(machine: Machine): string[] {
  const { processor, cores, memory, system, node, compiler, commit, date, load } = machine;
  const busy = isBusy(machine) ? " (busy: times are too long, and their p99 says nothing)" : "";
  return [
    `${date}, commit ${commit}`,
    `${processor}, ${cores} cores, ${memory}, ${system}, Node.js ${node}`,
    compiler,
    `load ${load.toFixed(1)}${busy}`,
  ];
}

/** A table for a terminal. Times are medians. */
export function textOf({ title, rows }: Figure): string {
  const table = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) =>
    Math.max(...table.map((cells) => (cells[column] ?? "").length)),
  );
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 1 || column === 2 ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  return [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

export function markdownOf({ title, rows }: Figure): string {
  const lines = rows.map((row) => `| ${cellsOf(row).join(" | ")} |`);
  return [
    `### ${title}`,
    "",
    "| | median | p99 | target | |",
    "|---|--:|--:|---|---|",
    ...lines,
  ].join("\n");
}
