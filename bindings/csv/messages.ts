import { BadRow, MissingContact } from "./bad_row.ts";
import { add, type Decimal, toNumber } from "./decimal.ts";
import type { Field, FieldValue } from "./fields.ts";
import type { Mapping } from "./mapping.ts";

/** Groups whose rows may be mixed with one another; beyond, the oldest is complete. */
const mostOpenGroups = 64;
/** Room for the items of one message, which may have 64 KiB in all. */
const mostItemsLength = 60_000;

const encoder = new TextEncoder();

export interface ImportCounts {
  messages: number;
  /** Rows that are part of a message. */
  used: number;
  /** Rows that --event-map leaves out. */
  leftOut: number;
  withoutContact: number;
  /** Rows that could not be read otherwise. */
  bad: number;
  /** Items that had no room in their message. */
  itemsLeftOut: number;
}

interface OpenMessage {
  /** The lines that come before. */
  before: string;
  contact: string;
  event: string;
  time: number;
  messageId: string | undefined;
  properties: Record<string, FieldValue>;
  sums: Map<string, Decimal>;
  items: Record<string, FieldValue>[];
  itemsLength: number;
}

/** Turns rows into lines of NDJSON, in the order of their first rows. */
export class CsvMessages {
  readonly #mapping: Mapping;
  readonly #itemsName: string;
  readonly #traitsOf = new Map<string, string>();
  /** Messages to which rows may be added, the oldest first. */
  readonly #open = new Map<string, OpenMessage>();
  readonly counts: ImportCounts = {
    messages: 0,
    used: 0,
    leftOut: 0,
    withoutContact: 0,
    bad: 0,
    itemsLeftOut: 0,
  };

  constructor(mapping: Mapping, itemsName = "products") {
    this.#mapping = mapping;
    this.#itemsName = itemsName;
  }

  /** The lines that are complete with this row. Throws BadRow; then the row changes nothing. */
  add(cells: readonly string[], line: number): string {
    const mapping = this.#mapping;
    if (cells.length !== mapping.width) {
      throw new BadRow(`it has ${cells.length} cells, not ${mapping.width}`);
    }
    const contact = mapping.contact(cells);
    if (contact === undefined) throw new MissingContact();
    const event = mapping.event(cells);
    if (event === "") {
      this.counts.leftOut += 1;
      return "";
    }
    const time = mapping.time(cells);
    const traits = this.#traits(cells);
    const group = mapping.group?.(cells);
    const key = JSON.stringify([group, contact, event]);
    let open = this.#open.get(key);
    // All is read before anything is changed.
    const properties = open === undefined ? values(mapping.properties, cells) : {};
    const item = values(mapping.itemFields, cells);
    const sums = mapping.sums.map(({ name, read }) => ({ name, value: read(cells) }));

    this.counts.used += 1;
    if (open === undefined) {
      const before = this.#identifyLine(contact, time, traits);
      const messageId = mapping.messageId(cells, line);
      const parts = { sums: new Map<string, Decimal>(), items: [], itemsLength: 0 };
      open = { before, contact, event, time, messageId, properties, ...parts };
      this.#open.set(key, open);
    }
    this.#addItem(open, item);
    for (const { name, value } of sums) {
      if (value === undefined) continue;
      const sum = open.sums.get(name);
      open.sums.set(name, sum === undefined ? value : add(sum, value));
    }
    return this.#complete(group === undefined ? 0 : mostOpenGroups);
  }

  /** The lines of the messages that are still open. */
  finish(): string {
    return this.#complete(0);
  }

  /** The lines of the oldest messages, so that only so many stay open. */
  #complete(mostOpen: number): string {
    let lines = "";
    for (const [key, open] of this.#open) {
      if (this.#open.size <= mostOpen) break;
      this.#open.delete(key);
      lines += this.#lines(open);
    }
    return lines;
  }

  #lines({
    before,
    contact,
    event,
    time,
    messageId,
    properties,
    sums,
    items,
  }: OpenMessage): string {
    for (const [name, sum] of sums) properties[name] = toNumber(sum);
    if (items.length > 0) properties[this.#itemsName] = items;
    this.counts.messages += 1;
    return (
      before +
      jsonLine({
        type: "track",
        ...(messageId === undefined ? {} : { messageId }),
        userId: contact,
        event,
        timestamp: new Date(time).toISOString(),
        properties,
      })
    );
  }

  #addItem(open: OpenMessage, item: Record<string, FieldValue>): void {
    if (Object.keys(item).length === 0) return;
    const length = encoder.encode(JSON.stringify(item)).length + 1;
    if (open.itemsLength + length > mostItemsLength) {
      this.counts.itemsLeftOut += 1;
      return;
    }
    open.itemsLength += length;
    open.items.push(item);
  }

  #traits(cells: readonly string[]): string | undefined {
    if (this.#mapping.traits.length === 0) return undefined;
    return JSON.stringify(values(this.#mapping.traits, cells));
  }

  /** Says the contact's traits when they are other than before. */
  #identifyLine(contact: string, time: number, traits: string | undefined): string {
    if (traits === undefined || traits === "{}" || this.#traitsOf.get(contact) === traits)
      return "";
    this.#traitsOf.set(contact, traits);
    this.counts.messages += 1;
    return jsonLine({
      type: "identify",
      userId: contact,
      timestamp: new Date(time).toISOString(),
      traits: JSON.parse(traits) as object,
    });
  }
}

function values(fields: readonly Field[], cells: readonly string[]): Record<string, FieldValue> {
  const object: Record<string, FieldValue> = {};
  for (const { name, read } of fields) {
    const value = read(cells);
    if (value !== undefined) object[name] = value;
  }
  return object;
}

function jsonLine(message: object): string {
  return `${JSON.stringify(message)}\n`;
}
