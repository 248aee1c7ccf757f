import { defineSegments } from "../javascript/define.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { parameterOverrides, parsedOptions } from "./parsed_options.ts";
import { type FileProblem, readSegments } from "./segment_files.ts";
import { defineSet, problemLine } from "./segment_problems.ts";
import { UsageError } from "./usage_error.ts";

const help = `Usage: fosterflow-segments validate FILE… [options]

Checks segments and tells every problem at once. The files are one set, so a segment may refer to
one in another file.

  FILE                    A .json file with one definition or an array of them, a folder of such files,
                          or - for standard input.
  --parameter NAME=JSON   Checks with this value of a parameter. Repeatable.
  --json                  {"valid":…,"segments":N,"problems":[{"file","path","code","severity","message"}]}
  --help                  This text.

A problem's place is a JSON Pointer inside its file: segments.json#/when/of/0/op.
Exit codes: 0 valid (there may be warnings), 1 refused, 2 called wrongly.

Examples:
  fosterflow-segments validate segments/
  fosterflow-segments validate segments.json --json
  cat segments.json | fosterflow-segments validate -
`;

export const validateCommand: Command = {
  name: "validate",
  summary: "Check segments and tell every problem with its place",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      parameter: { type: "string", multiple: true },
      json: { type: "boolean" },
    });
    if (positionals.length === 0) throw new UsageError("Say which files to validate.");
    const overrides = parameterOverrides(values.parameter);
    const core = await startCore();
    const set = await readSegments(core, positionals);
    const { problems, result } = defineSet(
      set,
      () => defineSegments(core, set.json, overrides),
      (defined) => defined.problems,
    );
    const valid = result !== undefined;
    if (values.json === true) {
      const report = { valid, segments: result?.segments.length ?? 0, problems };
      await terminal.printLine(JSON.stringify(report, null, 2));
    } else {
      for (const problem of problems) await terminal.printLine(problemLine(problem));
      await terminal.printLine(conclusion(result?.segments.length, problems));
    }
    return valid ? exitCode.ok : exitCode.refused;
  },
};

function conclusion(segments: number | undefined, problems: readonly FileProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const found = [counted(errors, "error"), counted(problems.length - errors, "warning")].join(", ");
  if (segments === undefined) return `Refused: ${found}.`;
  const verb = segments === 1 ? "is" : "are";
  return `${counted(segments, "segment")} ${verb} valid${problems.length > 0 ? `: ${found}` : ""}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
