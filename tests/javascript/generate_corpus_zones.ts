import { writeFileSync } from "node:fs";
import { wholeZone } from "./whole_zone.ts";

// Writes tests/corpus/zones.json for runners that have no time zones of their own: every zone that a case may name, from
// the tables of this runtime, for the years that the cases are about.
// Run: npx tsx tests/javascript/generate_corpus_zones.ts

const from = Date.UTC(2000, 0, 1);
const until = Date.UTC(2100, 0, 1);
const names = [
  "America/New_York",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "Europe/Berlin",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];

/** [offset at `from`, instant, offset from then on, …] */
function cutTable(name: string): number[] {
  const whole = wholeZone(name);
  if (whole === null) throw new Error(`this runtime has no zone ${name}`);
  let offset = whole[0] ?? 0;
  const table: number[] = [];
  for (let index = 1; index + 1 < whole.length; index += 2) {
    const instant = whole[index] ?? 0;
    const next = whole[index + 1] ?? 0;
    if (instant <= from) offset = next;
    else if (instant < until) table.push(instant, next);
  }
  return [offset, ...table];
}

const zones = names.map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(cutTable(name))}`);
const text = `{
  "corpus": 1,
  "from": "${new Date(from).toISOString()}",
  "until": "${new Date(until).toISOString()}",
  "zones": {
${zones.join(",\n")}
  }
}
`;
writeFileSync(new URL("../corpus/zones.json", import.meta.url), text);
