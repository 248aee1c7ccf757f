import { contactIdRule, isContactId } from "../ingest/contact_id.ts";

export interface RefusedRow {
  /** From 1. */
  readonly line: number;
  readonly code: "id_invalid" | "row_empty" | "quote_open";
  readonly message: string;
}

/** Names that a header may give to the column of the contacts, in lower case. */
const contactColumns = ["contact", "contact_id", "contactid", "user_id", "userid", "id"];

/**
 * The contacts of a CSV (RFC 4180; commas, semicolons or tabs): one a row, in the column that the header calls `contact` or the like,
 * else in the first. Without such a header the first row is a contact, too.
 */
export function listContacts(text: string): { contacts: string[]; refused: RefusedRow[] } {
  const contacts = new Set<string>();
  const refused: RefusedRow[] = [];
  let column = 0;
  let isFirst = true;
  const separator = separatorOf(text);
  for (const { line, cells, isOpen } of rows(text.replace(/^\ufeff/, ""), separator)) {
    if (isFirst) {
      isFirst = false;
      const header = cells.findIndex((cell) => contactColumns.includes(cell.trim().toLowerCase()));
      if (header >= 0) {
        column = header;
        continue;
      }
    }
    const contact = (cells[column] ?? "").trim();
    if (isOpen) {
      refused.push({ line, code: "quote_open", message: "A quotation mark is never closed." });
    } else if (contact === "") {
      if (cells.length > 1)
        refused.push({ line, code: "row_empty", message: "The row names no contact." });
    } else if (!isContactId(contact)) {
      refused.push({ line, code: "id_invalid", message: contactIdRule });
    } else {
      contacts.add(contact);
    }
  }
  return { contacts: [...contacts], refused };
}

function separatorOf(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1);
  return [",", ";", "\t"].find((separator) => first.includes(separator)) ?? ",";
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  readonly isOpen: boolean;
}

function* rows(text: string, separator: string): Generator<Row> {
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "\n") line += 1;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === "") {
      isQuoted = true;
    } else if (character === separator) {
      cells.push(cell);
      cell = "";
    } else if (character === "\n") {
      yield { line: begun, cells: [...cells, cell.replace(/\r$/, "")], isOpen: false };
      cells = [];
      cell = "";
      begun = line;
    } else {
      cell += character;
    }
  }
  if (cell !== "" || cells.length > 0)
    yield { line: begun, cells: [...cells, cell], isOpen: isQuoted };
}
