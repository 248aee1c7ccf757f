import { checkedInstant } from "./arguments.ts";
import { defineSegments, type SegmentsInput } from "./define.ts";
import type { ParameterOverrides } from "./definition_types.ts";
import { SegmentError, unknownSegment } from "./segment_error.ts";
import type { StudioCore } from "./studio_core.ts";

/** The databases that a segment can be asked of; the core knows them by their places in this list. */
export const sqlDialects = ["duckdb", "postgres", "clickhouse"] as const;
export type SqlDialect = (typeof sqlDialects)[number];

export interface ToSqlOptions {
  dialect: SqlDialect;
  /** The instant asked about, in epoch milliseconds; or `"now"`, the database's clock when the query runs. */
  at: number | "now";
  /** Values that replace those of the definitions' parameters. */
  parameters?: ParameterOverrides;
  /** The id of the one segment that is wanted; by default all are. */
  segment?: string;
}

/** Something that a dialect cannot say. */
export interface SqlRefusal {
  /** JSON Pointer to the condition, from the root of what was given. */
  path: string;
  /** The kind or the operator, as the definition writes it. */
  what: string;
  /** Why, for people. */
  message: string;
}

export interface SqlQuery {
  /** Gives one column, `contact_id`; null when something is refused. */
  sql: string | null;
  refusals: SqlRefusal[];
}

/**
 * One query a segment, by its id, over the tables that docs/sql.md describes. What a dialect cannot say is refused, and
 * never approximated.
 *
 * @throws SegmentError `definitions_refused`, with all problems; `invalid_argument`; `unknown_segment`.
 */
export function toSql(
  core: StudioCore,
  segments: SegmentsInput,
  options: ToSqlOptions,
): Record<string, SqlQuery> {
  const dialect = sqlDialects.indexOf(options.dialect);
  if (dialect < 0) {
    throw new SegmentError(
      "invalid_argument",
      `\`dialect\` must be one of ${sqlDialects.map((name) => `"${name}"`).join(", ")}.`,
    );
  }
  const at = options.at === "now" ? Number.NaN : checkedInstant(options.at, "at");
  const defined = defineSegments(core, segments, options.parameters);
  let index = -1;
  if (options.segment !== undefined) {
    index = defined.segments.findIndex(({ id }) => id === options.segment);
    if (index < 0) throw unknownSegment(options.segment);
  }
  return JSON.parse(core.sql(dialect, at, index)) as Record<string, SqlQuery>;
}
