import { BadRow } from "./bad_row.ts";
import { absolute, type Decimal, multiply, parseDecimal, toNumber } from "./decimal.ts";
import { MappingError } from "./mapping_error.ts";
import { splitAt } from "./split_at.ts";

/** Place of each column, by name. */
export type Header = ReadonlyMap<string, number>;

/** The columns by their titles, without spaces around. */
export function headerOf(names: readonly string[]): Header {
  const header = new Map(names.map((name, index) => [name.trim(), index]));
  if (header.size < names.length) throw new MappingError("Two columns have the same name.");
  return header;
}

export type FieldValue = string | number | boolean | object;

export const fieldTypes = ["text", "number", "integer", "boolean", "json", "sum"] as const;
export type FieldType = (typeof fieldTypes)[number];

/** A named value of a message, read from a row. */
export interface Field {
  name: string;
  type: FieldType;
  /** Undefined when the cell is empty: then the message has no such key. */
  read(cells: readonly string[]): FieldValue | undefined;
}

/** A field whose values are added up over the rows of a group. */
export interface SumField {
  name: string;
  read(cells: readonly string[]): Decimal | undefined;
}

/** Reads `name:type=Column`, or with an expression or a constant in the column's place. */
export function parseField(text: string, option: string, header: Header): Field {
  const { name, type, expression } = parts(text, option);
  if (type === "sum") {
    throw new MappingError(`${option} ${text}: only --property adds up, and only with --group.`);
  }
  if (expression.startsWith('"') && !header.has(expression)) {
    const constant = parsedConstant(expression, `${option} ${text}`);
    return { name, type, read: () => constant };
  }
  if (type === "number" && !header.has(expression)) {
    const product = parseProduct(expression, `${option} ${text}`, header);
    return { name, type, read: (cells) => numberOf(product(cells)) };
  }
  const column = columnAt(expression, `${option} ${text}`, header);
  return { name, type, read: (cells) => converted(cells[column] ?? "", type, expression) };
}

export function isSum(text: string): boolean {
  return parts(text, "--property").type === "sum";
}

export function parseSum(text: string, header: Header): SumField {
  const { name, expression } = parts(text, "--property");
  return { name, read: parseProduct(expression, `--property ${text}`, header) };
}

export function columnAt(name: string, where: string, header: Header): number {
  const column = header.get(name);
  if (column === undefined) {
    const columns = [...header.keys()].join(", ");
    throw new MappingError(`${where}: there is no column "${name}". The columns are: ${columns}.`);
  }
  return column;
}

/** A whole number that may be written with decimals of zero, as spreadsheets do: `17850.0`. */
export function integerText(cell: string, column: string): string {
  const match = /^\s*([+-]?)0*(\d+)(?:\.0*)?\s*$/.exec(cell);
  if (match === null) throw new BadRow(`${column} is not a whole number: "${cell}"`);
  return (match[1] === "-" ? "-" : "") + match[2];
}

function parts(text: string, option: string) {
  const [left, expression] = splitAt(text, "=");
  const match = /^(.*):([a-z]+)$/.exec(left);
  const name = match?.[1] ?? left;
  const type = match?.[2] ?? "text";
  if (name === "" || expression === undefined || expression === "") {
    throw new MappingError(`${option} ${text}: write it as name=Column or name:number=Column.`);
  }
  if (!isFieldType(type)) {
    throw new MappingError(
      `${option} ${text}: there is no type "${type}", only ${fieldTypes.join(", ")}.`,
    );
  }
  return { name, type, expression };
}

function isFieldType(type: string): type is FieldType {
  return (fieldTypes as readonly string[]).includes(type);
}

function parsedConstant(json: string, where: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    throw new MappingError(`${where}: ${json} is not a text in double quotes.`);
  }
}

function converted(cell: string, type: FieldType, column: string): FieldValue | undefined {
  if (type === "text") return cell === "" ? undefined : cell;
  const trimmed = cell.trim();
  if (trimmed === "") return undefined;
  if (type === "integer") return Number(integerText(trimmed, column));
  if (type === "boolean") return booleanOf(trimmed, column);
  if (type === "json") return jsonOf(trimmed, column);
  return numberOf(decimalOf(trimmed, column));
}

function booleanOf(cell: string, column: string): boolean {
  const text = cell.toLowerCase();
  if (["true", "yes", "1"].includes(text)) return true;
  if (["false", "no", "0"].includes(text)) return false;
  throw new BadRow(`${column} is not true or false: "${cell}"`);
}

function jsonOf(cell: string, column: string): FieldValue | undefined {
  try {
    return (JSON.parse(cell) as FieldValue | null) ?? undefined;
  } catch {
    throw new BadRow(`${column} is not JSON: "${cell}"`);
  }
}

function decimalOf(cell: string, column: string): Decimal {
  const decimal = parseDecimal(cell);
  if (decimal === undefined) throw new BadRow(`${column} is not a number: "${cell}"`);
  return decimal;
}

function numberOf(decimal: Decimal | undefined): number | undefined {
  if (decimal === undefined) return undefined;
  const number = toNumber(decimal);
  if (!Number.isFinite(number)) throw new BadRow("a number is out of range");
  return number;
}

type Product = (cells: readonly string[]) => Decimal | undefined;

/** Reads `Quantity*UnitPrice`, where |Quantity| is the number without its sign, and 1.2 is itself. */
function parseProduct(expression: string, where: string, header: Header): Product {
  const texts = header.has(expression) ? [expression] : expression.split("*");
  const factors = texts.map((text) => parseFactor(text.trim(), where, header));
  return (cells) => {
    let product: Decimal | undefined;
    for (const factor of factors) {
      const value = factor(cells);
      if (value === undefined) return undefined;
      product = product === undefined ? value : multiply(product, value);
    }
    return product;
  };
}

function parseFactor(text: string, where: string, header: Header): Product {
  const constant = header.has(text) ? undefined : parseDecimal(text);
  if (constant !== undefined) return () => constant;
  const isAbsolute = text.length > 2 && text.startsWith("|") && text.endsWith("|");
  const name = isAbsolute ? text.slice(1, -1) : text;
  const column = columnAt(name, where, header);
  return (cells) => {
    const cell = (cells[column] ?? "").trim();
    if (cell === "") return undefined;
    const value = decimalOf(cell, name);
    return isAbsolute ? absolute(value) : value;
  };
}
