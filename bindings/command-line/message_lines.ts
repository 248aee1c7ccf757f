import { LineCutter } from "../javascript/line_chunks.ts";
import type { LineNotice } from "../javascript/problem_types.ts";
import { inputName, readInput } from "./input_file.ts";
import type { Terminal } from "./terminal.ts";

/** What there is to tell of some lines. */
export interface LineNotices {
  refused: readonly LineNotice[];
  warnings?: readonly LineNotice[];
}

/** Reads a file piece by piece, each of whole lines; names those that are refused, and answers how many they are. */
export async function readLines(
  path: string,
  terminal: Terminal,
  take: (lines: Uint8Array) => LineNotices | Promise<LineNotices>,
): Promise<number> {
  const cutter = new LineCutter();
  let refusedLines = 0;
  const takePiece = async (lines: Uint8Array) => {
    const result = await take(lines);
    refusedLines += result.refused.length;
    await tellNotices(terminal, inputName(path), result);
  };
  for await (const bytes of readInput(path, terminal)) {
    for (const lines of cutter.push(bytes)) await takePiece(lines);
  }
  for (const lines of cutter.end()) await takePiece(lines);
  return refusedLines;
}

/** Names the lines that were refused, or about which there is something to say. */
async function tellNotices(terminal: Terminal, file: string, result: LineNotices): Promise<void> {
  for (const { line, message, code } of result.refused) {
    await terminal.tellLine(`${file}:${line}: refused: ${message} [${code}]`);
  }
  for (const { line, message, code } of result.warnings ?? []) {
    await terminal.tellLine(`${file}:${line}: warning: ${message} [${code}]`);
  }
}
