import type { ParameterOverrides } from "../javascript/definition_types.ts";
import type { Delta } from "../javascript/delta_types.ts";
import { Directory } from "../javascript/directory.ts";
import type { StudioCore } from "../javascript/studio_core.ts";
import { readLines } from "./message_lines.ts";
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

/** Standard input is read once. */
export function checkStandardInput(segmentPaths: readonly string[], inputPath: string): void {
  if (inputPath === "-" && segmentPaths.includes("-")) {
    throw new UsageError("Standard input can be read for --segments or for --input, not for both.");
  }
}

/** Opens a directory with the segments of the files; undefined when they are refused, which is told. */
export async function openDirectory(
  core: StudioCore,
  request: DirectoryRequest,
  terminal: Terminal,
): Promise<Directory | undefined> {
  const { segmentPaths, inputPath, parameters, ...options } = request;
  checkStandardInput(segmentPaths, inputPath);
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
  return readLines(path, terminal, async (lines) => {
    const result = directory.ingest(lines);
    await onDeltas?.(result.deltas);
    return result;
  });
}
