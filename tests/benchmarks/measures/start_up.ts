import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PackageUnderTest } from "../package_under_test.ts";
import type { Figure, Row } from "../report/row.ts";
import { Samples } from "../timing.ts";
import { segmentsOf, shopMix } from "../workload/mix.ts";
import { Visitor } from "../workload/visitor.ts";
import { yearOfEvents } from "./messages.ts";

const target = 15e6;
const program = fileURLToPath(new URL("first_answer.mjs", import.meta.url));

interface Report {
  readonly started: number;
  readonly imported: number;
  readonly created: number;
  readonly answered: number;
  readonly total: number;
}

function runs(entry: string, segments: number, rounds: number): Report[] {
  const directory = mkdtempSync(join(tmpdir(), "segments-benchmark-"));
  try {
    const file = join(directory, "workload.json");
    const [first] = new Visitor(shopMix.trade, 1, yearOfEvents)
      .messages(10)
      .filter(({ isEvent }) => isEvent);
    const workload = { segments: segmentsOf(shopMix, segments), message: first?.message };
    writeFileSync(file, JSON.stringify(workload));
    return Array.from(
      { length: rounds },
      () =>
        JSON.parse(
          execFileSync(process.execPath, [program, entry, file], { encoding: "utf8" }),
        ) as Report,
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function plainStarts(rounds: number): Samples {
  const samples = new Samples();
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    execFileSync(process.execPath, ["--eval", "0"]);
    samples.add(from, performance.now());
  }
  return samples;
}

function medianOf(reports: readonly Report[], part: keyof Report): number {
  const samples = new Samples();
  for (const report of reports) samples.add(0, report[part]);
  return samples.median;
}

/** How long does a fresh process take to its first answer? Measured inside it, from before the import on. */
export function measureStartUp({ entry }: PackageUnderTest, rounds: number): Figure {
  const rows: Row[] = [];
  for (const segments of [1, 100]) {
    const reports = runs(entry, segments, rounds);
    const parts = [
      `import ${(medianOf(reports, "imported") / 1e6).toFixed(1)} ms`,
      `createEngine ${(medianOf(reports, "created") / 1e6).toFixed(1)} ms`,
      `message and answer ${(medianOf(reports, "answered") / 1e6).toFixed(1)} ms`,
    ];
    rows.push({
      question: `import, createEngine with ${segments === 1 ? "1 segment" : `${segments} segments`}, one message, has`,
      unit: "ms",
      value: medianOf(reports, "total"),
      target,
      note: `${rounds} processes; ${parts.join(", ")}`,
    });
  }
  rows.push({
    question: "Node.js alone, from spawn to exit",
    unit: "ms",
    value: plainStarts(rounds).median,
    note: "not part of the above",
  });
  return { title: "Start-up in a fresh Node.js process", rows };
}
