import { createRequire } from "node:module";
import { SegmentError } from "../javascript/segment_error.ts";
import { type Command, exitCode } from "./command.ts";
import { describeCommand } from "./describe.ts";
import { diffCommand } from "./diff.ts";
import { evaluateCommand } from "./evaluate.ts";
import { explainCommand } from "./explain.ts";
import { importCsvCommand } from "./import_csv.ts";
import { lintCommand } from "./lint.ts";
import { loadCommand } from "./load.ts";
import { personasCommand } from "./personas.ts";
import { replayCommand } from "./replay.ts";
import { sqlCommand } from "./sql.ts";
import { templatesCommand } from "./templates.ts";
import { Terminal } from "./terminal.ts";
import { UsageError } from "./usage_error.ts";
import { validateCommand } from "./validate.ts";

const commands: readonly Command[] = [
  validateCommand,
  evaluateCommand,
  replayCommand,
  explainCommand,
  describeCommand,
  lintCommand,
  diffCommand,
  templatesCommand,
  personasCommand,
  importCsvCommand,
  sqlCommand,
  loadCommand,
];

const help = `Usage: fosterflow-segments COMMAND [options]

Decides which segments contacts are in, from their messages.

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`).join("\n")}

  --help      This text; after a command, the help of that command.
  --version   The versions of this program and of the time zone tables.

Exit codes: 0 ok, 1 input refused, 2 called wrongly.
`;

async function run(parameters: readonly string[], terminal: Terminal): Promise<number> {
  const command = commands.find(({ name }) =>
    name.split(" ").every((word, index) => parameters[index] === word),
  );
  if (command === undefined) {
    const [first] = parameters;
    if (first === "--version") await terminal.print(versions());
    else if (first === "--help" || first === "-h") await terminal.print(help);
    else if (first === undefined) throw new UsageError("Say which command.");
    else throw new UsageError(`There is no command "${parameters.slice(0, 2).join(" ")}".`);
    return exitCode.ok;
  }
  const rest = parameters.slice(command.name.split(" ").length);
  const end = rest.indexOf("--");
  const options = end < 0 ? rest : rest.slice(0, end);
  if (options.includes("--help") || options.includes("-h")) {
    await terminal.print(command.help);
    return exitCode.ok;
  }
  return command.run(rest, terminal);
}

function versions(): string {
  const require = createRequire(import.meta.url);
  const { version } = require("@fosterflow/segments/package.json") as { version: string };
  return [
    `fosterflow-segments ${version} (segment language 1)`,
    `time zone tables ${process.versions["tz"] ?? "of unknown version"} (Node.js ${process.versions.node})\n`,
  ].join("\n");
}

async function main(): Promise<void> {
  const terminal = new Terminal();
  // Whoever reads our output may have seen enough: `fosterflow-segments replay … | head`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCode.ok);
    throw error;
  });
  const parameters = process.argv.slice(2);
  try {
    process.exitCode = await run(parameters, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      await terminal.tellLine(`${error.message}\nSee fosterflow-segments --help.`);
      process.exitCode = exitCode.usage;
    } else if (error instanceof SegmentError) {
      await terminal.tellLine(error.message);
      process.exitCode = exitCode.refused;
    } else if (isUnreadableInput(error)) {
      await terminal.tellLine(`The input cannot be read: ${error.message}`);
      process.exitCode = exitCode.refused;
    } else {
      throw error;
    }
  } finally {
    await terminal.flush();
  }
}

/** From the file system or from unpacking. */
function isUnreadableInput(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    /^(?:E[A-Z]+|Z_[A-Z_]+)$/.test((error as NodeJS.ErrnoException).code ?? "")
  );
}

await main();
