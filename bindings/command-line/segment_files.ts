import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { CoreMemory, MemoryModule } from "../javascript/core_memory.ts";
import { defineSegments } from "../javascript/define.ts";
import type { Problem } from "../javascript/problem_types.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import { inputName } from "./input_file.ts";
import { UsageError } from "./usage_error.ts";

/** Any core, to check definitions. */
export type AnyCore = CoreMemory<MemoryModule>;

/** A problem and the file that it is in; its path starts at that file's root. */
export interface FileProblem extends Problem {
  file: string;
}

/** The segments of one or more files, as one set. */
export interface SegmentSet {
  json: string | Uint8Array;
  fileCount: number;
  /** What is wrong with files that cannot be read as JSON; these are not part of the set. */
  broken: FileProblem[];
  /** Says where in which file a problem of the set is. */
  locate(problem: Problem): FileProblem;
}

interface SegmentFile {
  name: string;
  bytes: Uint8Array;
}

/** Reads files, folders of .json files (and folders in them), and `-` as standard input. */
export async function readSegments(core: AnyCore, paths: readonly string[]): Promise<SegmentSet> {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const [onlyFile] = files;
  if (onlyFile !== undefined && files.length === 1) {
    // Whatever it is, the core says it best.
    return {
      json: onlyFile.bytes,
      fileCount: 1,
      broken: [],
      locate: (problem) => ({ file: onlyFile.name, ...problem }),
    };
  }
  return joinedFiles(core, files);
}

function joinedFiles(core: AnyCore, files: readonly SegmentFile[]): SegmentSet {
  const parts: string[] = [];
  const broken: FileProblem[] = [];
  /** For each segment of the set: its file, and its own path there. */
  const places: { file: string; path: string }[] = [];
  for (const { name, bytes } of files) {
    const text = jsonText(bytes);
    if (text === undefined) {
      broken.push(...problemsOf(core, bytes).map((problem) => ({ file: name, ...problem })));
      continue;
    }
    const value = JSON.parse(text) as unknown;
    if (!Array.isArray(value)) {
      parts.push(text);
      places.push({ file: name, path: "" });
    } else if (value.length > 0) {
      // The texts themselves are joined: the core sees what JSON.parse would lose, such as keys given twice.
      parts.push(text.trim().slice(1, -1));
      for (const index of value.keys()) places.push({ file: name, path: `/${index}` });
    }
  }
  return {
    json: `[${parts.join(",\n")}]`,
    fileCount: files.length,
    broken,
    locate(problem) {
      const [, index, rest = ""] = /^\/(\d+)(.*)$/s.exec(problem.path) ?? [];
      const place = index === undefined ? undefined : places[Number(index)];
      if (place === undefined) return { file: "all files", ...problem };
      return { ...problem, file: place.file, path: place.path + rest };
    },
  };
}

async function filesAt(path: string): Promise<SegmentFile[]> {
  if (path === "-") return [{ name: inputName(path), bytes: await buffer(process.stdin) }];
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw new UsageError(`There is no file ${path}.`);
  if (!status.isDirectory()) return [{ name: path, bytes: readFileSync(path) }];
  const names = (readdirSync(path, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".json"))
    .sort();
  if (names.length === 0) throw new UsageError(`The folder ${path} holds no .json file.`);
  return names.map((name) => ({ name: join(path, name), bytes: readFileSync(join(path, name)) }));
}

function jsonText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function problemsOf(core: AnyCore, bytes: Uint8Array): readonly Problem[] {
  try {
    defineSegments(core, bytes, undefined);
    return [];
  } catch (error) {
    if (error instanceof SegmentError && error.code === "definitions_refused") {
      return error.problems;
    }
    throw error;
  }
}
