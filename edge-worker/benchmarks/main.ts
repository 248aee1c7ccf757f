import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { thisMachine } from "../../tests/benchmarks/machine.ts";
import { updateDocumentation } from "../../tests/benchmarks/report/documentation.ts";
import { writeJson } from "../../tests/benchmarks/report/json.ts";
import type { Figure } from "../../tests/benchmarks/report/row.ts";
import { machineLines, textOf } from "../../tests/benchmarks/report/text.ts";
import { verdictOn } from "../../tests/benchmarks/report/verdict.ts";
import { measureLoad, measureRest } from "./figures.ts";
import { MeasuredWorld } from "./measured_world.ts";

/**
 * Measures the edge worker on bare workerd over loopback, with its index and a backend on the same machine. The load generator takes its
 * share of the same cores.
 */

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8791" },
    contacts: { type: "string", default: "1000" },
    segments: { type: "string", default: "100" },
    messages: { type: "string", default: "20000" },
    batch: { type: "string", default: "10" },
    connections: { type: "string", default: "16" },
    /** Where the data go: each answer waits for that disk. */
    data: { type: "string", default: tmpdir() },
    json: { type: "string" },
    /** Also writes the results into docs/benchmarks-edge.md. */
    "update-docs": { type: "boolean", default: false },
  },
});

const machine = thisMachine();
console.log(machineLines(machine).join("\n"));
const connections = Number(options.connections);
const world = await MeasuredWorld.start(Number(options.port), connections, options.data);
const figures: Figure[] = [];
try {
  const sizes = {
    contacts: Number(options.contacts),
    segments: Number(options.segments),
    messages: Number(options.messages),
    batch: Number(options.batch),
    connections,
  };
  for (const measure of [measureLoad, measureRest]) {
    const figure = await measure(world, sizes);
    figures.push(figure);
    console.log(`\n${textOf(figure)}`);
  }
} finally {
  await world.stop();
}
if (options.json !== undefined) writeJson(options.json, machine, figures);
if (options["update-docs"]) {
  updateDocumentation("benchmarks-edge.md", "npm run bench:edge", machine, figures);
}
console.log(`\n${verdictOn(figures)}`);
