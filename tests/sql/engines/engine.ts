import { SegmentError } from "../../../bindings/javascript/segment_error.ts";
import type { ContactRows } from "../../../bindings/javascript/table_rows.ts";
import type { SqlDialect } from "../../../bindings/javascript/to_sql.ts";

/** A real database, of which the same is asked as of the core. */
export interface SqlEngine {
  readonly dialect: SqlDialect;
  readonly version: string;
  /** Why these rows cannot be in its tables; undefined when they can. */
  whyNot(rows: readonly ContactRows[]): string | undefined;
  /** Fills the tables with these rows and no others. */
  load(rows: readonly ContactRows[]): Promise<void>;
  /** The column `contact_id`, in the order in which it comes. */
  contactIds(sql: string): Promise<string[]>;
  /** How far a zone's local time is ahead of UTC at each instant, in milliseconds. */
  offsets(zone: string, instants: readonly number[]): Promise<number[]>;
  close(): Promise<void>;
}

/** Why the writer of a database's rows refuses some, without the contact's name. */
export function whyRefused(write: () => unknown): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (!(error instanceof SegmentError)) throw error;
    return error.message.replace(/^.*": |\. Nothing was loaded\.$/gs, "");
  }
}
