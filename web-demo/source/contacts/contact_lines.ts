import { contactIndex, customerLines } from "../shop/customer.ts";
import { current, type DataSet, database } from "../storage/database.ts";
import {
  idsOfMessage,
  type JsonObject,
  type MessageIndex,
  parsedMessage,
  piecesNaming,
} from "./message_index.ts";

/** A message as it was sent. */
export interface SentMessage {
  readonly line: string;
  readonly message: JsonObject;
}

/**
 * Finds the messages of single contacts, which an audience does not keep: those of the shop are made again, since each
 * customer is drawn apart from the others; those of an imported file are read from the pieces that name the contact.
 */
export class ContactLines {
  readonly #dataSet: DataSet;
  readonly #source: Blob | undefined;
  readonly #index: MessageIndex;
  readonly #appended: readonly SentMessage[];

  private constructor(
    dataSet: DataSet,
    kept: { source: Blob | undefined; index: MessageIndex; appended: readonly SentMessage[] },
  ) {
    this.#dataSet = dataSet;
    this.#source = kept.source;
    this.#index = kept.index;
    this.#appended = kept.appended;
  }

  /** Opens what this browser keeps; undefined when there are no contacts. */
  static async open(): Promise<ContactLines | undefined> {
    const store = await database();
    const dataSet = await store.get("dataSet", current);
    if (dataSet === undefined) return undefined;
    const [source, index = { pieces: [] }, parts] = await Promise.all([
      store.get("source", current),
      store.get("sourceIndex", current),
      store.getAll("appended"),
    ]);
    const lines = parts.filter((part) => part.dataSet === dataSet.id).map((part) => part.lines);
    return new ContactLines(dataSet, { source, index, appended: messagesIn(lines.join("\n")) });
  }

  /** The same while the contacts are the same. */
  get revision(): string {
    return `${this.#dataSet.id}.${this.#dataSet.revision}`;
  }

  /** All messages of the contact, and of those that aliases join to it; the aliases come first. */
  async of(id: string): Promise<SentMessage[]> {
    const known = new Set([id]);
    const aliases: SentMessage[] = [];
    const others: SentMessage[] = [];
    for (const next of known) {
      for (const sent of await this.#naming(next)) {
        const [own, previous] = idsOfMessage(sent.message);
        if (previous === undefined) {
          if (own === next) others.push(sent);
          continue;
        }
        if (own !== next && previous !== next) continue;
        aliases.push(sent);
        if (own !== undefined) known.add(own);
        known.add(previous);
      }
    }
    return [...aliases, ...others];
  }

  async #naming(id: string): Promise<SentMessage[]> {
    const { source } = this.#dataSet;
    const found: SentMessage[] = [];
    if (source.kind === "shop") {
      const index = contactIndex(id, source.options.contacts);
      if (index !== undefined) found.push(...messagesIn(customerLines(source.options, index)));
    } else {
      for (const { from, to } of piecesNaming(this.#index, id)) {
        const text = await this.#source?.slice(from, to).text();
        if (text !== undefined) found.push(...messagesIn(text, id));
      }
    }
    const appended = this.#appended.filter(({ message }) => idsOfMessage(message).includes(id));
    return [...found, ...appended];
  }
}

/** The messages of lines; with an id those alone that may name it. */
function messagesIn(lines: string, id?: string): SentMessage[] {
  const found: SentMessage[] = [];
  for (const line of lines.split("\n")) {
    const mayName = id === undefined || line.includes(id) || line.includes("\\");
    if (!mayName) continue;
    const message = parsedMessage(line);
    if (message === undefined) continue;
    if (id === undefined || idsOfMessage(message).includes(id)) found.push({ line, message });
  }
  return found;
}
