import type { Delta } from "../javascript/delta_types.ts";
import { directoryClock, instantOption } from "./clock_option.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { ingestFile, openDirectory } from "./message_directory.ts";
import { noPositionals, parameterOverrides, parsedOptions, required } from "./parsed_options.ts";

const help = `Usage: fosterflow-segments replay --segments FILE --input NDJSON [options]

Plays messages in file order under a clock that each message's timestamp moves forward, never back,
and prints every change of membership as a line of JSON, in order of its instant.

  --segments FILE         A .json file with one definition or an array of them, a folder of such files,
                          or - for standard input. Repeatable.
  --input NDJSON          Messages of the Segment Spec, one JSON object a line; a .gz file is unpacked;
                          - is standard input.
  --until T               Leaves later messages out and ends the clock at T: ISO 8601 with time and
                          offset, epoch milliseconds, or now. Without it, the clock ends at the last message.
  --parameter NAME=JSON   The value of a parameter, in every segment that declares it. Repeatable.
  --source TEXT           The deltas' source (default replay).
  --epoch TEXT            The deltas' epoch (default 0). Equal input and options give equal output.
  --help                  This text.

Lines that are refused are named on standard error, with their numbers; the others count.
Exit codes: 0 ok, 1 segments or lines refused, 2 called wrongly.

Example:
  fosterflow-segments replay --segments segments/ --input events.ndjson --until 2026-11-23T00:00:00Z
`;

export const replayCommand: Command = {
  name: "replay",
  summary: "Print every change of membership as messages come and time goes by",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      segments: { type: "string", multiple: true },
      input: { type: "string" },
      until: { type: "string" },
      parameter: { type: "string", multiple: true },
      source: { type: "string", default: "replay" },
      epoch: { type: "string", default: "0" },
    });
    noPositionals(positionals);
    required(values.segments?.[0], "--segments");
    const inputPath = required(values.input, "--input");
    const source = required(values.source, "--source");
    const epoch = required(values.epoch, "--epoch");
    const overrides = parameterOverrides(values.parameter);

    const core = await startCore();
    const until =
      values.until === undefined
        ? undefined
        : instantOption(directoryClock(core), values.until, "--until");
    const directory = await openDirectory(
      core,
      {
        segmentPaths: values.segments ?? [],
        inputPath,
        parameters: overrides,
        live: true,
        source,
        epoch,
      },
      terminal,
    );
    if (directory === undefined) return exitCode.refused;
    if (until !== undefined) directory.limitUntil(until);
    const print = async (deltas: readonly Delta[]) => {
      for (const delta of deltas) await terminal.printLine(JSON.stringify(delta));
    };
    const refusedLines = await ingestFile(directory, inputPath, terminal, print);
    await print(directory.finish());
    return refusedLines > 0 ? exitCode.refused : exitCode.ok;
  },
};
