import {
  BadRow,
  CsvMessages,
  headerOf,
  type ImportCounts,
  MissingContact,
  parseMapping,
} from "@fosterflow/segments/csv";
import Papa from "papaparse";
import { type CsvPlan, mappingOptions } from "./csv_plan.ts";

export interface SkippedRow {
  /** The last line of the row in the file, from 1. */
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

export interface ConvertedRows {
  readonly counts: ImportCounts;
  /** The first of the rows that were skipped, up to `mostSkippedTold`. */
  readonly skipped: readonly SkippedRow[];
}

export const mostSkippedTold = 1000;
const mostTextTold = 200;

/** Makes messages of the rows of a file, as they come. */
export class CsvConverter {
  readonly #plan: CsvPlan;
  readonly #skipped: SkippedRow[] = [];
  #messages: CsvMessages | undefined;
  #line = 0;

  constructor(plan: CsvPlan) {
    this.#plan = plan;
  }

  /**
   * The lines of NDJSON that are complete with this row.
   *
   * @throws MappingError, with the row of titles
   */
  add(cells: readonly string[], isUnreadable = false): string {
    this.#line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
    if (cells.length === 1 && cells[0] === "") return "";
    if (this.#messages === undefined) {
      this.#messages = new CsvMessages(parseMapping(mappingOptions(this.#plan), headerOf(cells)));
      return "";
    }
    try {
      if (isUnreadable) throw new BadRow("a quote is opened here and not closed");
      return this.#messages.add(cells, this.#line);
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      if (error instanceof MissingContact) this.#messages.counts.withoutContact += 1;
      else this.#messages.counts.bad += 1;
      if (this.#skipped.length < mostSkippedTold) {
        const text = cells.join(this.#plan.separator).slice(0, mostTextTold);
        this.#skipped.push({ line: this.#line, reason: error.message, text });
      }
      return "";
    }
  }

  /** The lines that were still open. */
  finish(): string {
    return this.#messages?.finish() ?? "";
  }

  result(): ConvertedRows {
    const none = { messages: 0, used: 0, leftOut: 0, withoutContact: 0, bad: 0, itemsLeftOut: 0 };
    return { counts: this.#messages?.counts ?? none, skipped: this.#skipped };
  }
}

/** Rows that a quote has swallowed are one row with an error. */
export function unreadableRows(errors: readonly Papa.ParseError[]): ReadonlySet<number> {
  return new Set(errors.flatMap(({ code, row }) => (code === "MissingQuotes" ? [row ?? 0] : [])));
}

/** The cells of a text, and its separator. */
export function csvRows(text: string): { separator: string; rows: string[][] } {
  const { data, meta } = Papa.parse<string[]>(text);
  return { separator: meta.delimiter, rows: data };
}
