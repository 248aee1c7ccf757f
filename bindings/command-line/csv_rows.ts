import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { LineCutter } from "../javascript/line_chunks.ts";

export type Separator = "," | ";" | "|" | "\t" | "spaces";

/** A row of the file, or what is wrong with it. The line is the row's last. */
export type Row = { line: number; cells: string[] } | { line: number; problem: string };

/** A row with more text than this is taken for a quote that was never closed. */
const longestRow = 1_048_576;

export function csvRows(
  bytes: AsyncIterable<Uint8Array>,
  separator: Separator,
): AsyncGenerator<Row> {
  return separator === "spaces" ? spacedRows(bytes) : separatedRows(bytes, separator);
}

async function* separatedRows(
  bytes: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<Row> {
  let isUnreadable = false;
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    // A quote inside a cell is itself; one that opens a cell and is not closed swallows what follows.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRow,
    on_skip: () => {
      isUnreadable = true;
      return undefined;
    },
  });
  const source = Readable.from(bytes, { objectMode: false });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 0;
  for await (const row of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    line = row.info.lines;
    yield { line, cells: row.record };
  }
  if (isUnreadable) {
    const problem = "a quote is opened here and not closed, so nothing from here on can be read";
    yield { line: line + 1, problem };
  }
}

/** Columns with any number of spaces between them and around. */
async function* spacedRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const decoder = new TextDecoder();
  let line = 0;
  for await (const lines of wholeLines(bytes)) {
    for (const text of decoder.decode(lines).replace(/\n$/, "").split("\n")) {
      line += 1;
      const trimmed = text.trim();
      if (trimmed !== "") yield { line, cells: trimmed.split(/\s+/) };
    }
  }
}

async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const cutter = new LineCutter();
  for await (const piece of bytes) yield* cutter.push(piece);
  yield* cutter.end();
}
