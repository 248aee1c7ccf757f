import type { FieldType, MappingOptions } from "@fosterflow/segments/csv";

/** What becomes of a column that is not the contact, the time or the event. */
export interface ColumnPlan {
  readonly column: string;
  readonly use: "property" | "trait" | "item" | "nothing";
  /** In the message. */
  readonly name: string;
  readonly type: FieldType;
}

/** How the rows of a CSV file become messages, as somebody chooses it. */
export interface CsvPlan {
  readonly separator: string;
  readonly contact: string;
  /** Numbers that a spreadsheet has written with decimals, such as `17850.0`. */
  readonly isContactNumber: boolean;
  readonly time: string;
  readonly timeForm: "text" | "seconds" | "milliseconds";
  /** The zone of times without offset. */
  readonly timezone: string;
  /** A column, or one name for all rows. */
  readonly event: { readonly kind: "column" | "name"; readonly text: string };
  readonly columns: readonly ColumnPlan[];
  /** A column, the row's number, or nothing. */
  readonly messageId: string | undefined;
  /** The column that rows of one message share. */
  readonly group: string | undefined;
}

/** In the place of a column: the number of the row. */
export const rowNumber = "#";

/** The plan in the words of the mapping. */
export function mappingOptions(plan: CsvPlan): MappingOptions {
  const { contact, isContactNumber, time, timeForm, event, columns, messageId, group } = plan;
  const fields = (use: ColumnPlan["use"]) =>
    columns
      .filter((column) => column.use === use && column.name !== "")
      .map(({ name, type, column }) => `${name}:${type}=${column}`);
  const target = (name: string, column: string) => `${name}=${column.replaceAll(",", "\\,")}`;
  return {
    map: [
      target(isContactNumber ? "contact:integer" : "contact", contact),
      target(timeForm === "text" ? "time" : `time:${timeForm}`, time),
      ...(event.kind === "column" ? [target("event", event.text)] : []),
    ],
    event: event.kind === "name" ? event.text : undefined,
    properties: fields("property"),
    traits: fields("trait"),
    itemFields: group === undefined ? [] : fields("item"),
    group,
    messageId,
    timezone: plan.timezone,
  };
}

const likely = {
  contact: /(customer|contact|user|client|kunde)?[ _-]?(id|no|number|nr)?$|email/i,
  strongContact: /^(customer|contact|user|client|kunden?)[ _-]?(id|no|number|nr|key)?$/i,
  time: /time|date|datum|zeit|when|_at$|timestamp/i,
  event: /^(event|type|action|ereignis)([ _-]?(name|type))?$/i,
};

/** What a file most likely means, by its titles and the first of its cells. */
export function likelyPlan(
  separator: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): CsvPlan {
  const find = (pattern: RegExp) => titles.find((title) => pattern.test(title));
  const contact = find(likely.strongContact) ?? find(likely.contact) ?? titles[0] ?? "";
  const time =
    titles.find((title) => likely.time.test(title) && title !== contact) ?? titles[1] ?? "";
  const event = find(likely.event);
  const cellsOf = (title: string) =>
    rows.map((row) => (row[titles.indexOf(title)] ?? "").trim()).filter((cell) => cell !== "");
  const taken = new Set([contact, time, event]);
  return {
    separator,
    contact,
    isContactNumber: cellsOf(contact).some((cell) => /^\d+\.0+$/.test(cell)),
    time,
    timeForm: timeFormOf(cellsOf(time)),
    timezone: "UTC",
    event:
      event === undefined
        ? { kind: "name", text: "Order Completed" }
        : { kind: "column", text: event },
    columns: titles.map((column) => ({
      column,
      use: taken.has(column) ? "nothing" : "property",
      name: column.replace(/\s+/g, "_").toLowerCase(),
      type: typeOf(cellsOf(column)),
    })),
    messageId: rowNumber,
    group: undefined,
  };
}

function timeFormOf(cells: readonly string[]): CsvPlan["timeForm"] {
  if (cells.length === 0 || !cells.every((cell) => /^\d{9,13}(\.\d+)?$/.test(cell))) return "text";
  return cells.every((cell) => Number(cell) < 1e11) ? "seconds" : "milliseconds";
}

/** So many of the cells must be of a type; the others are told as bad rows. More of them are codes, such as `85123A`. */
const mostly = 0.97;

function typeOf(cells: readonly string[]): FieldType {
  const areMostly = (pattern: RegExp) =>
    cells.length > 0 && cells.filter((cell) => pattern.test(cell)).length >= cells.length * mostly;
  // What begins with a zero is a code and no number.
  if (areMostly(/^-?(0|[1-9]\d*)?(\.\d+)?$/)) return "number";
  if (areMostly(/^(true|false|yes|no)$/i)) return "boolean";
  return "text";
}
