import { instantOption } from "./clock_option.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { ingestFile, openDirectory } from "./message_directory.ts";
import { noPositionals, parameterOverrides, parsedOptions, required } from "./parsed_options.ts";
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

    const core = await startCore();
    const at = instantOption(core, atText, "--at");
    const directory = await openDirectory(
      core,
      {
        segmentPaths: values.segments ?? [],
        inputPath,
        parameters: overrides,
        live: false,
        source: "evaluate",
        epoch: "0",
      },
      terminal,
    );
    if (directory === undefined) return exitCode.refused;
    const refusedLines = await ingestFile(directory, inputPath, terminal);
    const answer = directory.evaluate(at, values.members || values.json);
    if (values.json) {
      await terminal.printLine(answer);
    } else {
      const contacts = directory.statistics().contacts;
      const segments = JSON.parse(answer) as Answer;
      await terminal.print(values.members ? memberLists(segments) : countTable(segments, contacts));
      await terminal.printLine(`\n${contacts} contacts, at ${new Date(at).toISOString()}`);
    }
    return refusedLines > 0 ? exitCode.refused : exitCode.ok;
  },
};

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
