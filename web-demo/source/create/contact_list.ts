import Papa from "papaparse";

/** The largest file that is taken, in bytes. */
export const mostListBytes = 64 * 1024 * 1024;

/** So many rows tell the delimiter. */
const rowsToGuess = 100;

export interface ListTable {
  readonly columns: readonly { readonly place: number; readonly title: string }[];
  /** Without the head and rows that are blank. */
  readonly rows: readonly ListRow[];
}

export interface ListRow {
  /** Its number in the file, from 1, the head and blank rows counted. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface BadRow {
  /** As of `ListRow`. */
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
  // Blank rows would mislead whoever guesses the delimiter, and without them the rows cannot be numbered.
  const { meta } = Papa.parse<string[]>(text, { skipEmptyLines: "greedy", preview: rowsToGuess });
  const { data } = Papa.parse<string[]>(text, { delimiter: meta.delimiter });
  const all = data
    .map((cells, index): ListRow => ({ line: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const first = all[0]?.cells ?? [];
  const width = Math.max(first.length, 1);
  const columns = Array.from({ length: width }, (_, place) => ({
    place,
    title: (hasHead && first[place]?.trim()) || String(place + 1),
  }));
  return { columns, rows: hasHead ? all.slice(1) : all };
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
  for (const { line, cells } of table.rows) {
    const id = cells[column]?.trim() ?? "";
    const text = cells.join(", ");
    if (cells.length !== table.columns.length) bad.push({ line, reason: "fields", text });
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
  // Those that are there twice, or have too many fields, are told as that already.
  const told = new Set(bad.map(({ line }) => line));
  const unknownRows = table.rows
    .filter(({ line, cells }) => unknown.has(cells[column]?.trim() ?? "") && !told.has(line))
    .map(({ line, cells }): BadRow => ({ line, reason: "unknown", text: cells.join(", ") }));
  return {
    contacts: contacts.filter((id) => !unknown.has(id)),
    bad: [...bad, ...unknownRows].sort((left, right) => left.line - right.line),
  };
}

/** The messages that put contacts on a list, or take them off, as NDJSON. */
export function listMessages(
  action: "add" | "remove",
  list: string,
  contacts: readonly string[],
  timestamp: number,
): string {
  return contacts
    .map((userId) => `${JSON.stringify({ type: "list", userId, list, action, timestamp })}\n`)
    .join("");
}
