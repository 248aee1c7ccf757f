import { Directory } from "../javascript/directory.ts";
import { tableRows } from "../javascript/table_rows.ts";
import { type SqlDialect, sqlDialects } from "../javascript/to_sql.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { ingestFile } from "./message_directory.ts";
import { noPositionals, parsedOptions, required } from "./parsed_options.ts";
import { tableTargets } from "./table_targets.ts";
import { UsageError } from "./usage_error.ts";

const help = `Usage: fosterflow-segments load --to NAME FILE --input NDJSON

Fills the tables that the queries of \`sql\` read: contacts, events, channels and lists. Messages are read as
everywhere: events count once, aliases make contacts one, and what is kept of a contact is kept.

  --to duckdb FILE        A DuckDB database, which may be new; its four tables are replaced. Needs the package
                          @duckdb/node-api, which is not installed with this one.
  --to postgres FILE      A script for psql, which replaces the tables in one transaction.
  --to clickhouse FOLDER  A file of rows for each table, and load.sql, which replaces the tables with them when
                          clickhouse-client runs it in that folder.
  --input NDJSON          Messages of the Segment Spec, one JSON object a line; a .gz file is unpacked;
                          - is standard input.
  --help                  This text.

Lines that are refused are named on standard error, with their numbers; the others count. See docs/sql.md.
Exit codes: 0 ok, 1 lines or rows refused, 2 called wrongly.

Examples:
  fosterflow-segments load --to duckdb shop.db --input events.ndjson
  fosterflow-segments load --to postgres shop.sql --input events.ndjson && psql --file shop.sql
`;

export const loadCommand: Command = {
  name: "load",
  summary: "Fill a database's tables from messages",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      to: { type: "string" },
      input: { type: "string" },
    });
    const dialect = dialectOption(required(values.to, "--to"));
    const [path, ...others] = positionals;
    noPositionals(others);
    const targetPath = required(path, "The file after --to");
    const inputPath = required(values.input, "--input");

    const core = await startCore();
    const directory = new Directory(core, {
      segments: [],
      live: false,
      source: "load",
      epoch: "0",
    });
    const refusedLines = await ingestFile(directory, inputPath, terminal);
    const target = await tableTargets[dialect](targetPath);
    let contacts = 0;
    let events = 0;
    try {
      for (const rows of tableRows(core)) {
        await target.add(rows);
        contacts += rows.length;
        for (const contact of rows) events += contact.events.length;
      }
    } catch (error) {
      await target.abandon();
      throw error;
    }
    await target.finish();
    await terminal.tellLine(`${contacts} contacts and ${events} events written to ${targetPath}`);
    return refusedLines > 0 ? exitCode.refused : exitCode.ok;
  },
};

function dialectOption(name: string): SqlDialect {
  const dialect = sqlDialects.find((known) => known === name);
  if (dialect === undefined) {
    throw new UsageError(`--to ${name}: it is one of ${sqlDialects.join(", ")}.`);
  }
  return dialect;
}
