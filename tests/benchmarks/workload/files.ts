import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Mix, segmentsOf, shopMix, streamingMix } from "./mix.ts";
import { type Habit, linesOf, Visitor } from "./visitor.ts";

const contacts = 20;
const freshMessages = 100;

/** Writes the same workload as files, for programs that are not JavaScript. */
export function writeWorkload(directory: string, habit: Habit): void {
  for (const mix of [shopMix, streamingMix]) writeMix(join(directory, mix.name), mix, habit);
}

function writeMix(directory: string, mix: Mix, habit: Habit): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "segments.json"), JSON.stringify(segmentsOf(mix, 100)));
  for (let index = 0; index < contacts; index += 1) {
    const visitor = new Visitor(mix.trade, 1 + index, habit);
    const history = visitor.history(habit.events);
    const name = join(directory, visitor.id);
    writeFileSync(`${name}.history.ndjson`, linesOf(history));
    writeFileSync(`${name}.fresh.ndjson`, linesOf(visitor.messages(freshMessages)));
  }
}
