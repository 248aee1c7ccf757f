import { Authoring } from "../javascript/authoring_service.ts";
import type {
  AuthoringLanguage,
  DescribedPart,
  Description,
} from "../javascript/description_types.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { parameterOverrides, parsedOptions } from "./parsed_options.ts";
import { readSegments } from "./segment_files.ts";
import { defineSet, problemLine } from "./segment_problems.ts";
import { UsageError } from "./usage_error.ts";

const help = `Usage: fosterflow-segments describe FILE… [options]

Says each segment as one sentence. Segments that a rule names need not be among the files.

  FILE                    A .json file with one definition or an array of them, a folder of such files,
                          or - for standard input.
  --tree                  Each condition on a line of its own, below what it belongs to.
  --language CODE         en (the default) or de.
  --parameter NAME=JSON   The value of a parameter, in every segment that declares it. Repeatable.
  --json                  The sentences and the trees as JSON, as describe() gives them.
  --help                  This text.

Exit codes: 0 ok, 1 refused, 2 called wrongly.

Examples:
  fosterflow-segments describe segments/
  fosterflow-segments templates cart-abandonment | fosterflow-segments describe - --tree
`;

export const describeCommand: Command = {
  name: "describe",
  summary: "Say each segment as a sentence",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      tree: { type: "boolean", default: false },
      language: { type: "string", default: "en" },
      parameter: { type: "string", multiple: true },
      json: { type: "boolean", default: false },
    });
    if (positionals.length === 0) throw new UsageError("Say which files to describe.");
    const language = languageOption(values.language);
    const overrides = parameterOverrides(values.parameter);
    const core = await startCore();
    const set = await readSegments(core, positionals);
    const { problems, result } = defineSet(
      set,
      () =>
        new Authoring(core).describe(set.json, {
          language,
          ...(overrides === undefined ? {} : { parameters: overrides }),
        }),
      () => [],
    );
    for (const problem of problems) await terminal.tellLine(problemLine(problem));
    if (result === undefined) return exitCode.refused;
    if (values.json) await terminal.printLine(JSON.stringify(result, null, 2));
    else for (const described of result) await terminal.print(textOf(described, values.tree));
    return exitCode.ok;
  },
};

/** One of the languages that there are. */
export function languageOption(code: string): AuthoringLanguage {
  if (code === "en" || code === "de") return code;
  throw new UsageError(`--language ${code}: write en or de.`);
}

function textOf({ id, sentence, condition }: Description, asTree: boolean): string {
  if (!asTree) return `${id}: ${sentence}\n`;
  return [`${id}: ${sentence}`, ...linesOf(condition, "  ")].map((line) => `${line}\n`).join("");
}

function linesOf({ phrase, of = [] }: DescribedPart, indent: string): string[] {
  return [`${indent}${phrase}`, ...of.flatMap((part) => linesOf(part, `${indent}  `))];
}
