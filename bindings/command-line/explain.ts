import type { Explanation } from "../javascript/explanation_types.ts";
import { directoryClock, instantOption } from "./clock_option.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { explanationText } from "./explanation_text.ts";
import { ingestFile, openDirectory } from "./message_directory.ts";
import { noPositionals, parameterOverrides, parsedOptions, required } from "./parsed_options.ts";

const help = `Usage: fosterflow-segments explain --segments FILE --input NDJSON --contact ID --segment ID --at T [options]

Says why a contact is in a segment at an instant, or is not: the rule as written, each condition with
what was found, the events that decided, what is missing, and when it changes by time alone.

  --segments FILE         A .json file with one definition or an array of them, a folder of such files,
                          or - for standard input. Repeatable.
  --input NDJSON          Messages of the Segment Spec, one JSON object a line; a .gz file is unpacked;
                          - is standard input.
  --contact ID            The contact, by any of the ids that aliases have joined.
  --segment ID            The segment.
  --at T                  The instant: ISO 8601 with time and offset, epoch milliseconds, or now. Only events
                          are compared with it: attributes, channels and lists are those at the file's end.
  --parameter NAME=JSON   The value of a parameter, in every segment that declares it. Repeatable.
  --json                  The explanation as JSON, as contact.explain gives it.
  --help                  This text.

Lines that are refused are named on standard error, with their numbers; the others count.
Exit codes: 0 ok, 1 segments or lines refused, or no such contact or segment; 2 called wrongly.

Example:
  fosterflow-segments explain --segments segments/ --input events.ndjson \\
    --contact u1 --segment high-rollers --at now
`;

export const explainCommand: Command = {
  name: "explain",
  summary: "Say why a contact is in a segment, or what is missing",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      segments: { type: "string", multiple: true },
      input: { type: "string" },
      contact: { type: "string" },
      segment: { type: "string" },
      at: { type: "string" },
      parameter: { type: "string", multiple: true },
      json: { type: "boolean", default: false },
    });
    noPositionals(positionals);
    required(values.segments?.[0], "--segments");
    const inputPath = required(values.input, "--input");
    const contact = required(values.contact, "--contact");
    const segment = required(values.segment, "--segment");
    const atText = required(values.at, "--at");
    const overrides = parameterOverrides(values.parameter);

    const core = await startCore();
    const at = instantOption(directoryClock(core), atText, "--at");
    const directory = await openDirectory(
      core,
      {
        segmentPaths: values.segments ?? [],
        inputPath,
        parameters: overrides,
        live: false,
        source: "explain",
        epoch: "0",
      },
      terminal,
    );
    if (directory === undefined) return exitCode.refused;
    // Before the messages are read, which may take long.
    const segmentIndex = directory.segmentIndex(segment);
    const refusedLines = await ingestFile(directory, inputPath, terminal);
    const answer = directory.explain(contact, segmentIndex, at);
    if (answer === undefined) {
      await terminal.tellLine(`No message is about a contact "${contact}".`);
      return exitCode.refused;
    }
    if (values.json) await terminal.printLine(answer);
    else await terminal.print(explanationText(JSON.parse(answer) as Explanation));
    return refusedLines > 0 ? exitCode.refused : exitCode.ok;
  },
};
