import { BadRow, MissingContact } from "../csv/bad_row.ts";
import { headerOf } from "../csv/fields.ts";
import { type MappingOptions, parseMapping } from "../csv/mapping.ts";
import { MappingError } from "../csv/mapping_error.ts";
import { CsvMessages, type ImportCounts } from "../csv/messages.ts";
import { type Command, exitCode } from "./command.ts";
import { csvRows, type Separator } from "./csv_rows.ts";
import { importCsvHelp } from "./import_csv_help.ts";
import { inputName, readInput } from "./input_file.ts";
import { parsedOptions } from "./parsed_options.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage_error.ts";

interface ImportRequest {
  path: string;
  separator: Separator;
  /** Names of the columns, where the file's first row does not say them. */
  columns: string | undefined;
  itemsName: string;
  /** Rows without contact are expected: counted, not named. */
  allowMissingContact: boolean;
  mapping: MappingOptions;
}

export const importCsvCommand: Command = {
  name: "import csv",
  summary: "Turn the rows of a CSV file into messages",
  help: importCsvHelp,
  async run(parameters, terminal) {
    const request = readRequest(parameters);
    const counts = await importRows(request, terminal).catch(asUsageError);
    await terminal.tellLine(conclusion(counts));
    const refused = counts.bad + (request.allowMissingContact ? 0 : counts.withoutContact);
    return refused > 0 ? exitCode.refused : exitCode.ok;
  },
};

function asUsageError(error: unknown): never {
  throw error instanceof MappingError ? new UsageError(error.message) : error;
}

function readRequest(parameters: readonly string[]): ImportRequest {
  const { values, positionals } = parsedOptions(parameters, {
    map: { type: "string", multiple: true, default: [] },
    event: { type: "string" },
    "event-map": { type: "string", multiple: true, default: [] },
    property: { type: "string", multiple: true, default: [] },
    trait: { type: "string", multiple: true, default: [] },
    group: { type: "string" },
    item: { type: "string", multiple: true, default: [] },
    items: { type: "string", default: "products" },
    "message-id": { type: "string" },
    timezone: { type: "string", default: "UTC" },
    separator: { type: "string", default: "," },
    columns: { type: "string" },
    "allow-missing-contact": { type: "boolean", default: false },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError("Say which one file to import.");
  return {
    path,
    separator: separatorOf(values.separator),
    columns: values.columns,
    itemsName: values.items,
    allowMissingContact: values["allow-missing-contact"],
    mapping: {
      map: values.map,
      event: values.event,
      eventMap: values["event-map"],
      properties: values.property,
      traits: values.trait,
      group: values.group,
      itemFields: values.item,
      messageId: values["message-id"],
      timezone: values.timezone,
    },
  };
}

async function importRows(request: ImportRequest, terminal: Terminal): Promise<ImportCounts> {
  let header = request.columns === undefined ? undefined : headerOf(request.columns.split(","));
  let messages =
    header && new CsvMessages(parseMapping(request.mapping, header), request.itemsName);
  const name = inputName(request.path);
  for await (const row of csvRows(readInput(request.path, terminal), request.separator)) {
    if (header === undefined || messages === undefined) {
      if ("problem" in row) throw new UsageError(`${name}: the row of titles: ${row.problem}`);
      header = headerOf(row.cells);
      messages = new CsvMessages(parseMapping(request.mapping, header), request.itemsName);
      continue;
    }
    const { counts } = messages;
    try {
      if ("problem" in row) throw new BadRow(row.problem);
      await terminal.print(messages.add(row.cells, row.line));
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      if (error instanceof MissingContact) {
        counts.withoutContact += 1;
        if (request.allowMissingContact) continue;
      } else {
        counts.bad += 1;
      }
      await terminal.tellLine(`${name}:${row.line}: skipped: ${error.message}`);
    }
  }
  if (messages === undefined) throw new UsageError(`${name} is empty.`);
  await terminal.print(messages.finish());
  return messages.counts;
}

function separatorOf(text: string): Separator {
  if (text === "tab") return "\t";
  if (text === "," || text === ";" || text === "|" || text === "spaces") return text;
  throw new UsageError(`--separator ${text}: one of , ; | tab spaces.`);
}

function conclusion(counts: ImportCounts): string {
  const { messages, used, leftOut, withoutContact, bad, itemsLeftOut } = counts;
  const skipped = withoutContact + bad;
  const rows = used + leftOut + skipped;
  const reasons = [
    withoutContact > 0 ? `${withoutContact} without contact` : "",
    bad > 0 ? `${bad} unreadable` : "",
  ].filter((reason) => reason !== "");
  return [
    `${rows} rows: ${messages} messages written`,
    leftOut > 0 ? `, ${leftOut} rows left out by --event-map` : "",
    `, ${skipped} rows skipped`,
    reasons.length > 0 ? ` (${reasons.join(", ")})` : "",
    itemsLeftOut > 0 ? `; ${itemsLeftOut} items had no room in their message (64 KiB)` : "",
    ".",
  ].join("");
}
