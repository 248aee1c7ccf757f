import { BadRow } from "./bad_row.ts";
import { type TimeForm, type TimeReader, timeReader } from "./cell_time.ts";
import {
  columnAt,
  type Field,
  type Header,
  integerText,
  isSum,
  parseField,
  parseSum,
  type SumField,
} from "./fields.ts";
import { MappingError } from "./mapping_error.ts";
import { splitAt } from "./split_at.ts";

/** What becomes of a row, in the words of the command `import csv`: each is one of its options. */
export interface MappingOptions {
  /** `contact=Column`, `time=Column` and, without `event`, `event=Column`; more than one in a text with commas between. */
  map: readonly string[];
  event?: string | undefined;
  eventMap?: readonly string[];
  properties?: readonly string[];
  traits?: readonly string[];
  group?: string | undefined;
  itemFields?: readonly string[];
  messageId?: string | undefined;
  /** The zone of times without offset (default UTC). */
  timezone?: string;
}

/** How a row is read. All readers throw BadRow for a row that cannot be one. */
export interface Mapping {
  /** Cells of a row. */
  width: number;
  /** Undefined when the cell is empty. */
  contact(cells: readonly string[]): string | undefined;
  time(cells: readonly string[]): number;
  /** The event's name; empty when the row is to be left out. */
  event(cells: readonly string[]): string;
  /** Undefined without --message-id, or when the cell is empty. */
  messageId(cells: readonly string[], line: number): string | undefined;
  /** The value that rows of one message share; undefined when each row is a message. */
  group: ((cells: readonly string[]) => string) | undefined;
  properties: Field[];
  sums: SumField[];
  traits: Field[];
  itemFields: Field[];
}

/** Puts the options together with the names of the columns; mistakes are MappingErrors. */
export function parseMapping(options: MappingOptions, header: Header): Mapping {
  const { group, properties = [], traits = [], itemFields = [], timezone = "UTC" } = options;
  const targets = parseTargets(options.map);
  const sums = properties.filter(isSum);
  if (group === undefined && (sums.length > 0 || itemFields.length > 0)) {
    throw new MappingError(
      "Sums and --item need --group: the column that rows of one message share.",
    );
  }
  return {
    width: header.size,
    contact: contactReader(targets, header),
    time: timeOfRow(targets, timezone, header),
    event: eventReader(targets, options, header),
    messageId: messageIdReader(options.messageId, header),
    group: group === undefined ? undefined : textReader(group, "--group", header),
    properties: properties
      .filter((text) => !isSum(text))
      .map((text) => parseField(text, "--property", header)),
    sums: sums.map((text) => parseSum(text, header)),
    traits: traits.map((text) => parseField(text, "--trait", header)),
    itemFields: itemFields.map((text) => parseField(text, "--item", header)),
  };
}

interface Target {
  column: string;
  form: string | undefined;
}

const targetNames = ["contact", "time", "event"];

/** Reads `contact=CustomerID,time:seconds=Timestamp`; a comma in a column's name is written `\,`. */
function parseTargets(maps: readonly string[]): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const text of maps.flatMap((map) => map.split(/(?<!\\),/))) {
    const [left, column] = splitAt(text.replaceAll("\\,", ","), "=");
    const [name, form] = splitAt(left, ":");
    if (!targetNames.includes(name) || column === undefined || column === "") {
      throw new MappingError(`--map ${text}: write contact=Column,time=Column,event=Column.`);
    }
    targets.set(name, { column, form });
  }
  return targets;
}

function targetNamed(targets: Map<string, Target>, name: string, forms: readonly string[]): Target {
  const target = targets.get(name);
  if (target === undefined) throw new MappingError(`--map says no column for ${name}.`);
  if (target.form !== undefined && !forms.includes(target.form)) {
    throw new MappingError(
      `--map ${name}:${target.form}: only ${forms.map((form) => `${name}:${form}`).join(", ")}.`,
    );
  }
  return target;
}

function textReader(column: string, where: string, header: Header) {
  const place = columnAt(column, where, header);
  return (cells: readonly string[]) => cells[place] ?? "";
}

function contactReader(targets: Map<string, Target>, header: Header): Mapping["contact"] {
  const { column, form } = targetNamed(targets, "contact", ["text", "integer"]);
  const read = textReader(column, "--map contact", header);
  return (cells) => {
    const cell = read(cells).trim();
    if (cell === "") return undefined;
    return form === "integer" ? integerText(cell, column) : cell;
  };
}

function timeOfRow(
  targets: Map<string, Target>,
  timezone: string,
  header: Header,
): Mapping["time"] {
  const { column, form } = targetNamed(targets, "time", ["text", "seconds", "milliseconds"]);
  const read = textReader(column, "--map time", header);
  const parse: TimeReader = timeReader((form ?? "text") as TimeForm, timezone);
  return (cells) => {
    const cell = read(cells).trim();
    const instant = parse(cell);
    if (instant === undefined) throw new BadRow(`${column} is not a time: "${cell}"`);
    return instant;
  };
}

function eventReader(
  targets: Map<string, Target>,
  { event, eventMap = [] }: MappingOptions,
  header: Header,
): Mapping["event"] {
  if (event !== undefined) {
    if (targets.has("event")) throw new MappingError("Give --event or --map event=…, not both.");
    return () => event;
  }
  const { column } = targetNamed(targets, "event", []);
  const read = textReader(column, "--map event", header);
  const names = eventMap.map(parseEventName);
  return (cells) => {
    const cell = read(cells);
    const known = names.find(({ pattern }) => pattern.test(cell));
    if (known === undefined && cell === "") throw new BadRow(`${column} is empty`);
    return known?.name ?? cell;
  };
}

/** Reads `view=Product Viewed` or, with * for any text, `C*=Order Refunded`. */
function parseEventName(text: string): { pattern: RegExp; name: string } {
  const [pattern, name] = splitAt(text, "=");
  if (name === undefined)
    throw new MappingError(`--event-map ${text}: write it as cell=Event Name.`);
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return { pattern: new RegExp(`^${parts.join(".*")}$`, "s"), name };
}

function messageIdReader(messageId: string | undefined, header: Header): Mapping["messageId"] {
  if (messageId === undefined) return () => undefined;
  if (messageId === "#") return (_, line) => `line-${line}`;
  const read = textReader(messageId, "--message-id", header);
  return (cells) => read(cells).trim() || undefined;
}
