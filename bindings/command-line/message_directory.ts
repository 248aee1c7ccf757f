import type { ParameterOverrides } from "../javascript/definition_types.ts";
import type { ApplyResult, Delta } from "../javascript/delta_types.ts";
import { Directory } from "../javascript/directory.ts";
import { LineCutter } from "../javascript/line_chunks.ts";
import type { StudioCore } from "../javascript/studio_core.ts";
import { inputName, readInput } from "./input_file.ts";
import { readSegments } from "./segment_files.ts";
import { defineSet, problemLine } from "./segment_problems.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage_error.ts";

export interface DirectoryRequest {
  segmentPaths: readonly string[];
  inputPath: string;
  parameters: ParameterOverrides | undefined;
  live: boolean;
  source: string;
  epoch: string;
}

/** Opens a directory with the segments of the files; undefined when they are refused, which is told. */
export async function openDirectory(
  core: StudioCore,
  request: DirectoryRequest,
  terminal: Terminal,
): Promise<Directory | undefined> {
  const { segmentPaths, inputPath, parameters, ...options } = request;
  if (inputPath === "-" && segmentPaths.includes("-")) {
    throw new UsageError("Standard input can be read for --segments or for --input, not for both.");
  }
  const set = await readSegments(core, segmentPaths);
  const { problems, result } = defineSet(
    set,
    () =>
      new Directory(core, {
        ...options,
        segments: set.json,
        ...(parameters === undefined ? {} : { parameters }),
      }),
    ({ defined }) => defined.problems,
  );
  for (const problem of problems) await terminal.tellLine(problemLine(problem));
  return result;
}

/** Reads the messages of a file into the directory; answers how many lines were refused. */
export async function ingestFile(
  directory: Directory,
  path: string,
  terminal: Terminal,
  onDeltas?: (deltas: readonly Delta[]) => Promise<void>,
): Promise<number> {
  const cutter = new LineCutter();
  let refusedLines = 0;
  const take = async (lines: Uint8Array) => {
    const result = directory.ingest(lines);
    refusedLines += result.refused.length;
    await tellNotices(terminal, inputName(path), result);
    await onDeltas?.(result.deltas);
  };
  for await (const bytes of readInput(path, terminal)) {
    for (const lines of cutter.push(bytes)) await take(lines);
  }
  for (const lines of cutter.end()) await take(lines);
  return refusedLines;
}

/** Names the lines that were refused, or about which there is something to say. */
async function tellNotices(terminal: Terminal, file: string, result: ApplyResult): Promise<void> {
  for (const { line, message, code } of result.refused) {
    await terminal.tellLine(`${file}:${line}: refused: ${message} [${code}]`);
  }
  for (const { line, message, code } of result.warnings ?? []) {
    await terminal.tellLine(`${file}:${line}: warning: ${message} [${code}]`);
  }
}
