import { readFileSync, statSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { Authoring } from "../javascript/authoring_service.ts";
import type { SegmentDefinition } from "../javascript/definition_types.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { languageOption } from "./describe.ts";
import { inputName } from "./input_file.ts";
import { parsedOptions } from "./parsed_options.ts";
import { problemLine } from "./segment_problems.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage_error.ts";

const help = `Usage: fosterflow-segments diff OLD NEW [options]

Says how a segment differs from the version before: conditions, parameters, names. Conditions that only
moved, or that are written otherwise, are no change.

  OLD, NEW                A .json file with one definition, or with an array of them, which are compared by
                          their ids; one of the two may be - for standard input.
  --language CODE         en (the default) or de.
  --json                  [{"id","same","changes":[{"change","what","path","before","after","line"}]}]
  --help                  This text.

Exit codes: 0 ok, whether there are differences or not; 1 refused, 2 called wrongly.

Example:
  git show HEAD~1:segments/vip.json | fosterflow-segments diff - segments/vip.json
`;

const signs = { added: "+", removed: "-", changed: "~" } as const;

export const diffCommand: Command = {
  name: "diff",
  summary: "Say how a segment differs from the version before",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      language: { type: "string", default: "en" },
      json: { type: "boolean", default: false },
    });
    const [oldPath, newPath, ...more] = positionals;
    if (oldPath === undefined || newPath === undefined || more.length > 0) {
      throw new UsageError("Say which two files to compare.");
    }
    if (oldPath === "-" && newPath === "-") {
      throw new UsageError("Standard input can be read for one of the two only.");
    }
    const language = languageOption(values.language);
    const authoring = new Authoring(await startCore());
    const before = await definitionsIn(authoring, oldPath, terminal);
    const after = await definitionsIn(authoring, newPath, terminal);
    if (before === undefined || after === undefined) return exitCode.refused;
    const isPair = before.size === 1 && after.size === 1;
    const ids = isPair ? [...after.keys()] : [...new Set([...before.keys(), ...after.keys()])];
    const report: unknown[] = [];
    const lines: string[] = [];
    for (const id of ids) {
      const old = isPair ? [...before.values()][0] : before.get(id);
      const now = after.get(id);
      if (old === undefined || now === undefined) {
        const change = old === undefined ? "added" : "removed";
        report.push({ id, same: false, changes: [{ change, what: "segment" }] });
        lines.push(`${signs[change]} ${id}`);
        continue;
      }
      const { same, changes } = authoring.diff(old, now, { language });
      report.push({ id, same, changes });
      if (changes.length === 0) continue;
      lines.push(`${id}${same ? " (decides the same)" : ""}`);
      for (const { change, line } of changes) lines.push(`  ${signs[change]} ${line}`);
    }
    if (values.json) await terminal.printLine(JSON.stringify(report, null, 2));
    else for (const line of lines) await terminal.printLine(line);
    return exitCode.ok;
  },
};

/** By id; undefined, which is told, when the core refuses them. */
async function definitionsIn(
  authoring: Authoring,
  path: string,
  terminal: Terminal,
): Promise<Map<string, SegmentDefinition> | undefined> {
  if (path !== "-" && statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no file ${path}.`);
  }
  const bytes = path === "-" ? await buffer(process.stdin) : readFileSync(path);
  try {
    // What the core has read without a problem is JSON.
    authoring.describe(bytes);
  } catch (error) {
    if (!(error instanceof SegmentError) || error.code !== "definitions_refused") throw error;
    for (const problem of error.problems) {
      await terminal.tellLine(problemLine({ ...problem, file: inputName(path) }));
    }
    return undefined;
  }
  const value = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, "")) as unknown;
  const list = (Array.isArray(value) ? value : [value]) as SegmentDefinition[];
  return new Map(list.map((definition) => [definition.id, definition]));
}
