import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Difference } from "./differential.ts";
import type { Case } from "./generator.ts";
import type { Line } from "./messages.ts";

/** A case as a file: bytes that are no text travel as base64. */
type WrittenLine = string | { base64: string };

function writeLine(line: Line): WrittenLine {
  return typeof line === "string" ? line : { base64: Buffer.from(line).toString("base64") };
}

function readLine(line: WrittenLine): Line {
  return typeof line === "string" ? line : new Uint8Array(Buffer.from(line.base64, "base64"));
}

const folder = new URL("./failures/", import.meta.url);

export function saveFailure(smallest: Case, original: Case, difference: Difference): string {
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL(`${original.seed}.json`, folder));
  const written = {
    seed: original.seed,
    difference,
    case: { ...smallest, lines: smallest.lines.map(writeLine) },
    original: { ...original, lines: original.lines.map(writeLine) },
  };
  writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`);
  return file;
}

/** Either the whole file of a failure or a case alone. */
export function readCase(file: string): Case {
  const read = JSON.parse(readFileSync(file, "utf8"));
  const written = read.case ?? read;
  return { ...written, lines: written.lines.map(readLine) };
}
