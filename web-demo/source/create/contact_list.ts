import Papa from "papaparse";

/** The largest file that is taken, in bytes. */
export const mostListBytes = 64 * 1024 * 1024;

export interface ListTable {
  readonly columns: readonly { readonly place: number; readonly title: string }[];
  /** Without the head. */
  readonly rows: readonly (readonly string[])[];
  /** The line of the first row in the file, from 1. */
  readonly firstLine: number;
}

export interface BadRow {
  /** The row's number in the file, from 1, the head counted. */
  readonly line: number;
  readonly reason: "empty" | "duplicate" | "unknown" | "fields";
  readonly text: string;
}

export interface ContactList {
  /** Each once. */
  readonly contacts: readonly string[];
  readonly bad: readonly BadRow[];
}

/** Reads CSV of whatever delimiter. */
export function listTable(text: string, hasHead: boolean): ListTable {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: "greedy" });
  const [first = [], ...others] = data;
  const width = Math.max(first.length, 1);
  const columns = Array.from({ length: width }, (_, place) => ({
    place,
    title: (hasHead && first[place]?.trim()) || String(place + 1),
  }));
  return { columns, rows: hasHead ? others : data, firstLine: hasHead ? 2 : 1 };
}

const likelyNames = /^(contact|user|customer)?[ _-]?(id|key)?$/i;

/** The column that most likely names the contacts. */
export function likelyColumn({ columns }: ListTable): number {
  return Math.max(
    0,
    columns.findIndex(({ title }) => likelyNames.test(title)),
  );
}

/** Takes a column's contacts, and names the rows that give none. */
export function contactList(table: ListTable, column: number): ContactList {
  const seen = new Set<string>();
  const bad: BadRow[] = [];
  for (const [index, row] of table.rows.entries()) {
    const line = table.firstLine + index;
    const id = row[column]?.trim() ?? "";
    const text = row.join(", ");
    if (row.length !== table.columns.length) bad.push({ line, reason: "fields", text });
    else if (id === "") bad.push({ line, reason: "empty", text });
    else if (seen.has(id)) bad.push({ line, reason: "duplicate", text });
    else seen.add(id);
  }
  return { contacts: [...seen], bad };
}

/** Without the contacts that the data do not have; each becomes a bad row. */
export function withoutUnknown(
  { contacts, bad }: ContactList,
  unknown: ReadonlySet<string>,
  table: ListTable,
  column: number,
): ContactList {
  const lineOf = new Map<string, number>();
  for (const [index, row] of table.rows.entries()) {
    const id = row[column]?.trim() ?? "";
    if (unknown.has(id) && !lineOf.has(id)) lineOf.set(id, table.firstLine + index);
  }
  const unknownRows = [...lineOf].map(
    ([text, line]): BadRow => ({ line, reason: "unknown", text }),
  );
  return {
    contacts: contacts.filter((id) => !unknown.has(id)),
    bad: [...bad, ...unknownRows].sort((left, right) => left.line - right.line),
  };
}

/** The messages that put contacts on a list, as NDJSON. */
export function listMessages(list: string, contacts: readonly string[], timestamp: number): string {
  return contacts
    .map(
      (userId) => `${JSON.stringify({ type: "list", userId, list, action: "add", timestamp })}\n`,
    )
    .join("");
}
