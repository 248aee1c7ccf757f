/**
 * Makes messages of the rows of a table, as the command `import csv` does: the same mapping, the same times and numbers,
 * the same reasons to skip a row. Cutting a file into rows and cells is left to whoever reads it.
 *
 * @example
 * import { BadRow, CsvMessages, headerOf, parseMapping } from "@fosterflow/segments/csv";
 *
 * const mapping = parseMapping({ map: ["contact=Customer,time=Date"], event: "Order Completed" }, headerOf(titles));
 * const messages = new CsvMessages(mapping);
 * for (const [line, cells] of rows) ndjson += messages.add(cells, line);   // throws BadRow, and goes on
 * ndjson += messages.finish();
 */

export { BadRow, MissingContact } from "./bad_row.ts";
export { type FieldType, fieldTypes, type Header, headerOf } from "./fields.ts";
export { type Mapping, type MappingOptions, parseMapping } from "./mapping.ts";
export { MappingError } from "./mapping_error.ts";
export { CsvMessages, type ImportCounts } from "./messages.ts";
