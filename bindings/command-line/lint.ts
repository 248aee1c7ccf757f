import { Authoring } from "../javascript/authoring_service.ts";
import type { LintReport, LintSummary } from "../javascript/lint_types.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { languageOption } from "./describe.ts";
import { parameterOverrides, parsedOptions } from "./parsed_options.ts";
import { seenVocabulary } from "./seen_vocabulary.ts";
import { readSegments } from "./segment_files.ts";
import { defineSet, problemLine } from "./segment_problems.ts";
import { textTable } from "./table.ts";
import { UsageError } from "./usage_error.ts";

const help = `Usage: fosterflow-segments lint FILE… [options]

Warns of what a rule can never or must always be, of conditions that change nothing, of rules that let in
contacts of whom nothing is known, and of names that the data never had; and says what each rule costs.

  FILE                    A .json file with one definition or an array of them, a folder of such files,
                          or - for standard input. Segments that a rule names need not be among them.
  --input NDJSON          Messages of the Segment Spec: names that they do not have are told, with the
                          nearest that they have. A .gz file is unpacked; - is standard input.
  --retention-days N      Events are kept for so many days: windows that reach further back are told.
  --language CODE         en (the default) or de.
  --parameter NAME=JSON   The value of a parameter, in every segment that declares it. Repeatable.
  --json                  {"findings":[{"file","segment","path","code","severity","message",…}],"segments":[…]}
  --help                  This text.

Exit codes: 0 ok, there may be findings; 1 refused, 2 called wrongly.

Examples:
  fosterflow-segments lint segments/
  fosterflow-segments lint segments/ --input events.ndjson --retention-days 365
`;

export const lintCommand: Command = {
  name: "lint",
  summary: "Warn of rules that cannot be meant so, and say what they cost",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      input: { type: "string" },
      "retention-days": { type: "string" },
      language: { type: "string", default: "en" },
      parameter: { type: "string", multiple: true },
      json: { type: "boolean", default: false },
    });
    if (positionals.length === 0) throw new UsageError("Say which files to look at.");
    if (values.input === "-" && positionals.includes("-")) {
      throw new UsageError("Standard input can be read for FILE or for --input, not for both.");
    }
    const language = languageOption(values.language);
    const retentionDays = daysOption(values["retention-days"]);
    const overrides = parameterOverrides(values.parameter);
    const core = await startCore();
    const set = await readSegments(core, positionals);
    const seen =
      values.input === undefined ? undefined : await seenVocabulary(values.input, terminal);
    const { problems, result } = defineSet(
      set,
      () =>
        new Authoring(core).lint(set.json, {
          language,
          ...(seen === undefined ? {} : { seen }),
          ...(retentionDays === undefined ? {} : { retentionDays }),
          ...(overrides === undefined ? {} : { parameters: overrides }),
        }),
      () => [],
    );
    for (const problem of problems) await terminal.tellLine(problemLine(problem));
    if (result === undefined) return exitCode.refused;
    const findings = result.findings.map((finding) => {
      const { file, path } = set.locate({ ...finding, severity: "warning" });
      return { ...finding, file, path };
    });
    if (values.json) {
      await terminal.printLine(JSON.stringify({ findings, segments: result.segments }, null, 2));
      return exitCode.ok;
    }
    for (const { file, path, severity, message, code } of findings) {
      const place = `${file}${path === "" ? "" : `#${path}`}`;
      await terminal.printLine(`${place}: ${severity}: ${message} [${code}]`);
    }
    if (findings.length > 0) await terminal.printLine("");
    await terminal.print(summaryTable(result));
    return exitCode.ok;
  },
};

function daysOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const days = Number(text);
  if (Number.isInteger(days) && days > 0) return days;
  throw new UsageError(`--retention-days ${text}: write a whole number of days, such as 365.`);
}

function summaryTable({ segments }: LintReport): string {
  return textTable(
    [
      { title: "Segment", align: "left" },
      { title: "Cost", align: "left" },
      { title: "Bytes a contact", align: "right" },
      { title: "Bytes an event", align: "right" },
      { title: "Runs locally", align: "left" },
    ],
    segments.map(({ id, cost, state, local }) => [
      id,
      cost.class,
      String(state.bytes),
      String(state.bytesPerEvent),
      localText(local),
    ]),
  );
}

function localText({ runs, reasons }: LintSummary["local"]): string {
  if (runs) return "yes";
  return `no: ${[...new Set(reasons.map(({ message }) => message))].join(" ")}`;
}
