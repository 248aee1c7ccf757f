import { defineSegments } from "../javascript/define.ts";
import { type SqlDialect, type SqlQuery, sqlDialects, toSql } from "../javascript/to_sql.ts";
import { directoryClock, instantOption } from "./clock_option.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { noPositionals, parameterOverrides, parsedOptions, required } from "./parsed_options.ts";
import { readSegments } from "./segment_files.ts";
import { defineSet, problemLine } from "./segment_problems.ts";
import { UsageError } from "./usage_error.ts";

const help = `Usage: fosterflow-segments sql --dialect NAME --segments FILE --at T [options]

Writes each segment as one query that gives its contacts, over the tables that \`load\` fills.

  --dialect NAME          duckdb, postgres or clickhouse.
  --segments FILE         A .json file with one definition or an array of them, a folder of such files,
                          or - for standard input. Repeatable.
  --at T                  The instant: ISO 8601 with time and offset, or epoch milliseconds; or now, the
                          database's clock when the query runs.
  --segment ID            Only this segment, of those in the files.
  --parameter NAME=JSON   The value of a parameter, in every segment that declares it. Repeatable.
  --json                  {"<segment>":{"sql":"…" or null,"refusals":[{"path":…,"what":…,"message":…}]}}
  --help                  This text.

What a dialect cannot say is named on standard error, with its place in the file; the queries of the other
segments are written. See docs/sql.md.
Exit codes: 0 ok, 1 segments or conditions refused, 2 called wrongly.

Examples:
  fosterflow-segments sql --dialect duckdb --segments segments/ --at now --segment vip | duckdb shop.db
  fosterflow-segments sql --dialect postgres --segments vip.json --at 2026-11-23T10:00:00Z
`;

export const sqlCommand: Command = {
  name: "sql",
  summary: "Write each segment as a query for a database",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      dialect: { type: "string" },
      segments: { type: "string", multiple: true },
      at: { type: "string" },
      segment: { type: "string" },
      parameter: { type: "string", multiple: true },
      json: { type: "boolean", default: false },
    });
    noPositionals(positionals);
    const dialect = dialectOption(required(values.dialect, "--dialect"));
    required(values.segments?.[0], "--segments");
    const atText = required(values.at, "--at");
    const overrides = parameterOverrides(values.parameter);

    const core = await startCore();
    const at = atText === "now" ? "now" : instantOption(directoryClock(core), atText, "--at");
    const set = await readSegments(core, values.segments ?? []);
    const { problems, result } = defineSet(
      set,
      () => ({
        defined: defineSegments(core, set.json, overrides),
        queries: toSql(core, set.json, {
          dialect,
          at,
          ...(overrides === undefined ? {} : { parameters: overrides }),
          ...(values.segment === undefined ? {} : { segment: values.segment }),
        }),
      }),
      ({ defined }) => defined.problems,
    );
    for (const problem of problems) await terminal.tellLine(problemLine(problem));
    if (result === undefined) return exitCode.refused;
    const { queries } = result;
    const refusals = Object.values(queries).flatMap((query) => query.refusals);
    for (const { path, message } of refusals) {
      const place = set.locate({ path, code: "sql_refused", severity: "error", message });
      await terminal.tellLine(problemLine(place));
    }
    if (values.json) await terminal.printLine(JSON.stringify(queries));
    else await terminal.print(written(queries));
    return refusals.length > 0 ? exitCode.refused : exitCode.ok;
  },
};

function dialectOption(name: string): SqlDialect {
  const dialect = sqlDialects.find((known) => known === name);
  if (dialect === undefined) {
    throw new UsageError(`--dialect ${name}: it is one of ${sqlDialects.join(", ")}.`);
  }
  return dialect;
}

/** Statements that a database's own command line takes as they are. */
function written(queries: Record<string, SqlQuery>): string {
  return Object.values(queries)
    .flatMap(({ sql }) => (sql === null ? [] : [`${sql.trimEnd()};\n`]))
    .join("\n");
}
