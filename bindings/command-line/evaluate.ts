import { type AudienceCore, setInForce } from "../javascript/audience_core.ts";
import { defineSegments, type SegmentSummary } from "../javascript/define.ts";
import { audienceClock, instantOption } from "./clock_option.ts";
import { type Command, exitCode } from "./command.ts";
import { startAudienceCore } from "./core_file.ts";
import { checkStandardInput } from "./message_directory.ts";
import { type LineNotices, readLines } from "./message_lines.ts";
import { noPositionals, parameterOverrides, parsedOptions, required } from "./parsed_options.ts";
import { readSegments } from "./segment_files.ts";
import { defineSet, problemLine } from "./segment_problems.ts";
import { textTable } from "./table.ts";

const help = `Usage: fosterflow-segments evaluate --segments FILE --input NDJSON --at T [options]

Reads messages and says how many contacts are in each segment at an instant.

  --segments FILE         A .json file with one definition or an array of them, a folder of such files,
                          or - for standard input. Repeatable.
  --input NDJSON          Messages of the Segment Spec, one JSON object a line; a .gz file is unpacked;
                          - is standard input.
  --at T                  The instant: ISO 8601 with time and offset, epoch milliseconds, or now.
  --parameter NAME=JSON   The value of a parameter, in every segment that declares it. Repeatable.
  --members               The contacts' ids too.
  --json                  {"<segment>":{"count":N,"members":["<contact>",…]}}
  --help                  This text.

Lines that are refused are named on standard error, with their numbers; the others count.
Exit codes: 0 ok, 1 segments or lines refused, 2 called wrongly.

Examples:
  fosterflow-segments evaluate --segments segments/ --input events.ndjson --at now
  fosterflow-segments evaluate --segments vip.json --input - --at 2026-11-23T10:00:00Z --members \\
    --parameter highValue=500 < events.ndjson
`;

type Answer = Record<string, { count: number; members?: string[] }>;

export const evaluateCommand: Command = {
  name: "evaluate",
  summary: "Count each segment's contacts at an instant",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      segments: { type: "string", multiple: true },
      input: { type: "string" },
      at: { type: "string" },
      parameter: { type: "string", multiple: true },
      members: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    });
    noPositionals(positionals);
    required(values.segments?.[0], "--segments");
    const inputPath = required(values.input, "--input");
    const atText = required(values.at, "--at");
    const overrides = parameterOverrides(values.parameter);

    checkStandardInput(values.segments ?? [], inputPath);
    const core = await startAudienceCore();
    const at = instantOption(audienceClock(core), atText, "--at");
    const set = await readSegments(core, values.segments ?? []);
    const { problems, result } = defineSet(
      set,
      () => defineSegments(core, set.json, overrides),
      (defined) => defined.problems,
    );
    for (const problem of problems) await terminal.tellLine(problemLine(problem));
    if (result === undefined) return exitCode.refused;

    core.beginLoad();
    const refusedLines = await readLines(inputPath, terminal, (lines) => {
      const notices = core.ingest(core.writeBytes(lines));
      return notices === undefined ? { refused: [] } : (JSON.parse(notices) as LineNotices);
    });
    core.commitLoad();
    const answers = answersOf(core, result.segments, at, values.members || values.json);
    if (values.json) {
      await terminal.printLine(answers);
    } else {
      const { contacts } = JSON.parse(core.statistics()) as { contacts: number };
      const segments = JSON.parse(answers) as Answer;
      await terminal.print(values.members ? memberLists(segments) : countTable(segments, contacts));
      await terminal.printLine(`\n${contacts} contacts, at ${new Date(at).toISOString()}`);
    }
    return refusedLines > 0 ? exitCode.refused : exitCode.ok;
  },
};

/** `{"<id>":{"count":N,"members":[ids]}}` as JSON text. */
function answersOf(
  core: AudienceCore,
  segments: readonly SegmentSummary[],
  at: number,
  withMembers: boolean,
): string {
  const counts = JSON.parse(core.counts(at)) as number[];
  const all = { limit: Number.POSITIVE_INFINITY, after: undefined };
  const answers = segments.map(({ id }, index) => {
    const members = withMembers ? `,"members":${core.members(setInForce, index, at, all)}` : "";
    return `${JSON.stringify(id)}:{"count":${counts[index]}${members}}`;
  });
  return `{${answers.join(",")}}`;
}

function countTable(answer: Answer, contacts: number): string {
  return textTable(
    [
      { title: "Segment", align: "left" },
      { title: "Contacts", align: "right" },
      { title: "Share", align: "right" },
    ],
    Object.entries(answer).map(([id, { count }]) => [
      id,
      String(count),
      contacts === 0 ? "" : `${((count / contacts) * 100).toFixed(1)} %`,
    ]),
  );
}

function memberLists(answer: Answer): string {
  return Object.entries(answer)
    .map(([id, { count, members = [] }]) => {
      const lines = members.map((member) => `  ${member}\n`).join("");
      return `${id}  ${count}\n${lines}`;
    })
    .join("\n");
}
