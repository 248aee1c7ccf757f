import type { Contact } from "../javascript/contact.ts";
import type { ApplyResult, Delta, Membership } from "../javascript/delta_types.ts";
import type { Engine } from "../javascript/engine.ts";
import type { LineNotice } from "../javascript/problem_types.ts";
import { uuidV7 } from "../javascript/uuid_v7.ts";
import type { MessageLine } from "./protocol.ts";
import type { ContactRecord, LogEntry, StoreTransaction } from "./store.ts";

/** A contact is written anew when so many entries were logged since … */
const mostLogEntries = 64;
/** … or so many characters. */
const mostLoggedLength = 128 * 1024;

/** What was decided and is not written yet. */
export class Changes {
  readonly deltas: Delta[] = [];
  readonly refused: { readonly messageId: string; readonly notice: LineNotice }[] = [];
  /** Contacts that are new here. */
  readonly opened: string[] = [];
  readonly #records = new Map<string, ContactRecord>();
  #log: { readonly key: string; readonly place: number; readonly entry: LogEntry }[] = [];
  readonly #snapshots = new Map<string, Uint8Array>();
  readonly #gone: string[] = [];

  get isEmpty(): boolean {
    return this.#records.size === 0 && this.#gone.length === 0 && this.deltas.length === 0;
  }

  record(record: ContactRecord): void {
    this.#records.set(record.key, record);
  }

  log(key: string, place: number, entry: LogEntry): void {
    this.#log.push({ key, place, entry });
  }

  /** What was logged before is in it; what is logged from now on is not. */
  snapshot(key: string, bytes: Uint8Array): void {
    this.#log = this.#log.filter((logged) => logged.key !== key);
    this.#snapshots.set(key, bytes);
  }

  remove(key: string): void {
    this.#records.delete(key);
    this.#snapshots.delete(key);
    this.#log = this.#log.filter((logged) => logged.key !== key);
    this.#gone.push(key);
  }

  /** All but the deltas. */
  write(transaction: StoreTransaction): void {
    for (const [key, bytes] of this.#snapshots) {
      transaction.delete("log", { prefix: key });
      transaction.put("snapshots", key, bytes);
    }
    for (const { key, place, entry } of this.#log) transaction.put("log", [key, place], entry);
    for (const [key, record] of this.#records) transaction.put("contacts", key, record);
    for (const key of this.#gone) {
      transaction.delete("log", { prefix: key });
      transaction.delete("snapshots", key);
      transaction.delete("contacts", key);
    }
  }
}

/** A contact as the store has it: what it is opened from. */
interface StoredContact {
  readonly snapshot: Uint8Array | undefined;
  readonly log: readonly LogEntry[];
}

/**
 * The contacts of this installation, each opened when it is needed. What calls bring about is put down in `Changes`; when those
 * cannot be written, the book is thrown away and read anew.
 */
export class ContactBook {
  readonly #engine: Engine;
  readonly #read: (key: string) => Promise<StoredContact>;
  readonly #records = new Map<string, ContactRecord>();
  readonly #keys = new Map<string, string>();
  readonly #open = new Map<string, Contact>();

  constructor(
    engine: Engine,
    records: readonly ContactRecord[],
    read: (key: string) => Promise<StoredContact>,
  ) {
    this.#engine = engine;
    this.#read = read;
    for (const record of records) this.#know(record);
  }

  get records(): readonly ContactRecord[] {
    return [...this.#records.values()];
  }

  recordOf(id: string): ContactRecord | undefined {
    const key = this.#keys.get(id);
    return key === undefined ? undefined : this.#records.get(key);
  }

  /** The first instant at which a contact changes by time alone. */
  nextChangeAt(): number | null {
    let first: number | null = null;
    for (const { nextChangeAt } of this.#records.values()) {
      if (nextChangeAt !== null && (first === null || nextChangeAt < first)) first = nextChangeAt;
    }
    return first;
  }

  /** Applies messages in order, each to its contact. */
  async apply(lines: readonly MessageLine[], now: number, changes: Changes): Promise<void> {
    for (let place = 0; place < lines.length; ) {
      const first = lines[place] as MessageLine;
      if (first.previousId !== undefined) {
        await this.#alias(first, first.previousId, now, changes);
        place += 1;
        continue;
      }
      let end = place + 1;
      while (lines[end]?.contact === first.contact && lines[end]?.previousId === undefined) {
        end += 1;
      }
      const own = lines.slice(place, end);
      const record = this.recordOf(first.contact) ?? this.#create(first.contact, changes);
      await this.#applyTo(record, own, now, changes);
      place = end;
    }
  }

  /** Moves on the contacts that change up to `now`. */
  async advanceTo(now: number, changes: Changes): Promise<void> {
    for (const record of this.records) {
      const { nextChangeAt } = record;
      if (nextChangeAt !== null && nextChangeAt <= now) {
        await this.#applyTo(record, [], now, changes);
      }
    }
  }

  /** Has every contact say what other segments change for it, and write itself anew: the log is of the old ones. */
  async redecide(now: number, changes: Changes): Promise<void> {
    for (const { key } of this.records) {
      const record = this.#records.get(key) as ContactRecord;
      const contact = await this.#opened(record);
      changes.deltas.push(...contact.advanceTo(now));
      this.#save(record, contact, now, changes);
    }
  }

  async memberships(id: string): Promise<readonly Membership[]> {
    const record = this.recordOf(id);
    return record === undefined ? [] : (await this.#opened(record)).memberships();
  }

  /** The contact as bytes; undefined when nothing is known of it. */
  async snapshotOf(id: string): Promise<Uint8Array | undefined> {
    const record = this.recordOf(id);
    return record && (await this.#opened(record)).snapshot();
  }

  /** Opens all contacts, before the segments change under them. */
  async openAll(): Promise<void> {
    for (const record of this.records) await this.#opened(record);
  }

  #create(id: string, changes: Changes): ContactRecord {
    const key = uuidV7();
    const record: ContactRecord = {
      ...{ key, ids: [id], logged: 0, loggedLength: 0, nextChangeAt: null, clock: 0 },
    };
    this.#open.set(key, this.#engine.contact(id));
    changes.opened.push(id);
    return this.#know(record);
  }

  async #applyTo(
    record: ContactRecord,
    lines: readonly MessageLine[],
    now: number,
    changes: Changes,
  ): Promise<void> {
    const contact = await this.#opened(record);
    const text = lines.map((line) => line.text).join("\n");
    const result = contact.apply(text, { now });
    collect(result, lines, changes);
    const logged = record.logged + 1;
    const loggedLength = record.loggedLength + text.length;
    if (logged > mostLogEntries || loggedLength > mostLoggedLength) {
      this.#save(record, contact, now, changes);
      return;
    }
    changes.log(record.key, record.logged, { lines: text, now });
    const nextChangeAt = contact.nextChangeAt();
    changes.record(this.#know({ ...record, logged, loggedLength, nextChangeAt, clock: now }));
  }

  async #alias(line: MessageLine, previousId: string, now: number, changes: Changes) {
    const own = this.recordOf(line.contact);
    const other = this.recordOf(previousId);
    const record = own ?? other ?? this.#create(line.contact, changes);
    const contact = await this.#opened(record);
    const isTwo = own !== undefined && other !== undefined && own !== other;
    const result = isTwo
      ? contact.join(await this.#opened(other), JSON.parse(line.text), { now })
      : contact.apply(line.text, { now });
    collect(result, [line], changes);
    if (result.refused.length > 0) return;
    const ids = [...new Set([...record.ids, line.contact, previousId, ...(other?.ids ?? [])])];
    if (isTwo) {
      this.#open.delete(other.key);
      this.#records.delete(other.key);
      changes.remove(other.key);
    }
    // The log of one contact cannot say that another one was joined.
    this.#save({ ...record, ids }, contact, now, changes);
  }

  #save(record: ContactRecord, contact: Contact, now: number, changes: Changes): void {
    changes.snapshot(record.key, contact.snapshot());
    const nextChangeAt = contact.nextChangeAt();
    changes.record(this.#know({ ...record, logged: 0, loggedLength: 0, nextChangeAt, clock: now }));
  }

  async #opened(record: ContactRecord): Promise<Contact> {
    const known = this.#open.get(record.key);
    if (known !== undefined) return known;
    const { snapshot, log } = await this.#read(record.key);
    const contact = this.#engine.contact(record.ids[0] as string, snapshot);
    // Their deltas are in the outbox, or delivered.
    for (const { lines, now } of log) contact.apply(lines, { now });
    this.#open.set(record.key, contact);
    return contact;
  }

  #know(record: ContactRecord): ContactRecord {
    this.#records.set(record.key, record);
    for (const id of record.ids) this.#keys.set(id, record.key);
    return record;
  }
}

function collect(result: ApplyResult, lines: readonly MessageLine[], changes: Changes): void {
  changes.deltas.push(...result.deltas);
  for (const notice of result.refused) {
    const line = lines[notice.line - 1];
    if (line !== undefined) changes.refused.push({ messageId: line.messageId, notice });
  }
}
