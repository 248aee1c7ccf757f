import { readFileSync } from "node:fs";

// Run in a process of its own: node first_answer.mjs ENTRY WORKLOAD.json. Plain JavaScript, so that no loader is timed.

const [entry, workload] = process.argv.slice(2);
const { segments, message } = JSON.parse(readFileSync(workload, "utf8"));

const before = performance.now();
const { createEngine } = await import(entry);
const imported = performance.now();
const engine = await createEngine({ segments });
const created = performance.now();
const contact = engine.contact(message.userId);
contact.apply(message, { now: Date.parse(message.timestamp) });
const answer = contact.has(segments[0].id);
const after = performance.now();

console.log(
  JSON.stringify({
    answer,
    started: before,
    imported: imported - before,
    created: created - imported,
    answered: after - created,
    total: after - before,
  }),
);
