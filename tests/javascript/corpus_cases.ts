import { readdirSync, readFileSync } from "node:fs";

/** The cases of tests/corpus, as its README describes them. */

/** A text put together of pieces, for what is long or no valid UTF-8. */
export interface Pieces {
  parts: readonly (string | { repeat: number; text: string } | { hex: string })[];
}

export interface ExpectedProblem {
  path: string;
  code: string;
  severity: "error" | "warning";
}

export interface CorpusCase {
  /** The file, without `.json`. */
  file: string;
  name: string;
  spec: string;
  definitions: unknown;
  parameters?: Record<string, unknown>;
  messages?: readonly unknown[];
  evaluate?: readonly { at: string | number; members: Record<string, string[]> }[];
  replay?: { until?: string | number; deltas: readonly Record<string, unknown>[] };
  nextChange?: readonly { contact: string; clock: string | number; at: string | number | null }[];
  refused?: readonly { line: number; code: string }[];
  warnings?: readonly { line: number; code: string }[];
  problems?: readonly ExpectedProblem[];
  hashes?: Record<string, string>;
}

interface CorpusFile {
  corpus: number;
  language: number;
  section: string;
  cases: Omit<CorpusCase, "file">[];
}

const directory = new URL("../corpus/", import.meta.url);

/** Every case of every file but the one of the time zones. */
export function corpusCases(): CorpusCase[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".json") && name !== "zones.json")
    .sort()
    .flatMap((name) => {
      const { cases } = JSON.parse(readFileSync(new URL(name, directory), "utf8")) as CorpusFile;
      return cases.map((one) => ({ ...one, file: name.slice(0, -".json".length) }));
    });
}

export function instantOf(written: string | number): number {
  return typeof written === "number" ? written : Date.parse(written);
}

/** The bytes that a text, pieces of one, or a JSON value stand for. */
function bytesOf(written: unknown): Buffer {
  if (typeof written === "string") return Buffer.from(written);
  const { parts } = written as Partial<Pieces>;
  if (!Array.isArray(parts)) return Buffer.from(JSON.stringify(written));
  return Buffer.concat((parts as Pieces["parts"]).map(bytesOfPiece));
}

function bytesOfPiece(piece: Pieces["parts"][number]): Buffer {
  if (typeof piece === "string") return Buffer.from(piece);
  if ("hex" in piece) return Buffer.from(piece.hex, "hex");
  const count = Array.from({ length: piece.repeat }, (_, index) =>
    piece.text.replaceAll("{{n}}", `${index}`),
  );
  return Buffer.from(count.join(""));
}

export function definitionsOf(one: CorpusCase): Buffer {
  return bytesOf(one.definitions);
}

/** The messages as a file of NDJSON. */
export function messageFileOf(one: CorpusCase): Buffer {
  const lines = one.messages ?? [];
  return Buffer.concat(lines.flatMap((line) => [bytesOf(line), Buffer.from("\n")]));
}

/** The same as one text or array of bytes a line. */
export function linesOf(one: CorpusCase): Uint8Array[] {
  const file = messageFileOf(one);
  const lines: Uint8Array[] = [];
  for (let start = 0; start < file.length; ) {
    const found = file.indexOf("\n", start);
    const end = found < 0 ? file.length : found;
    lines.push(file.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

export function isRefused(one: CorpusCase): boolean {
  return one.problems?.some(({ severity }) => severity === "error") ?? false;
}

/** Of each delta the members that the case names; null stands for one that is absent. */
export function membersNamed(
  deltas: readonly object[],
  expected: readonly Record<string, unknown>[],
): Record<string, unknown>[] {
  return deltas.map((delta, index) => {
    const given = delta as Record<string, unknown>;
    const names = Object.keys(expected[index] ?? given);
    return Object.fromEntries(names.map((name) => [name, given[name] ?? null]));
  });
}
