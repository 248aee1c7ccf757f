import type { LocalText } from "./local_text.ts";
import type { MessageLine } from "./protocol.ts";

const start = "journal:";

/**
 * Messages that no leader has confirmed yet. They are written before `track` returns, so that a page that goes or crashes in the
 * next moment loses none: the next page of the origin finds them. A message that comes twice counts once, by its `messageId`.
 */
export class Journal {
  readonly #texts: LocalText;
  readonly #lines = new Map<string, { readonly key: string; readonly line: MessageLine }>();
  #count = 0;

  constructor(texts: LocalText) {
    this.#texts = texts;
  }

  /** In the order in which they came. */
  get lines(): MessageLine[] {
    return [...this.#lines.values()].map(({ line }) => line);
  }

  add(lines: readonly MessageLine[]): void {
    for (const line of lines) {
      // Sorted by time, and within a page by count.
      this.#count += 1;
      const key = `${start}${Date.now()}-${String(this.#count).padStart(7, "0")}-${line.messageId}`;
      this.#texts.set(key, entryOf(line));
      this.#lines.set(line.messageId, { key, line });
    }
  }

  /** These are kept elsewhere. Those of other pages are deleted, too. */
  confirm(messageIds: readonly string[], isDurable: boolean): void {
    for (const messageId of messageIds) {
      const entry = this.#lines.get(messageId);
      if (entry === undefined) continue;
      this.#lines.delete(messageId);
      // What is kept in memory only may be told again by the next page.
      if (isDurable) this.#texts.delete(entry.key);
    }
  }

  /** Takes in what pages that are gone have left, and what others have not had confirmed yet. */
  recover(): MessageLine[] {
    const found: MessageLine[] = [];
    for (const key of this.#texts.keys(start)) {
      const line = lineOf(this.#texts.get(key));
      if (line === undefined) this.#texts.delete(key);
      else if (!this.#lines.has(line.messageId)) {
        this.#lines.set(line.messageId, { key, line });
        found.push(line);
      }
    }
    return found;
  }

  clear(): void {
    for (const key of this.#texts.keys(start)) this.#texts.delete(key);
    this.#lines.clear();
  }
}

/** The message as it is, below a line of what must be known without reading it. */
function entryOf({ messageId, contact, previousId, text }: MessageLine): string {
  const head = previousId === undefined ? [messageId, contact] : [messageId, contact, previousId];
  return `${JSON.stringify(head)}\n${text}`;
}

function lineOf(entry = ""): MessageLine | undefined {
  const end = entry.indexOf("\n");
  try {
    const head = JSON.parse(entry.slice(0, end)) as unknown[];
    const text = entry.slice(end + 1);
    const [messageId, contact, previousId] = head;
    const isLine = [messageId, contact, text].every(
      (part) => typeof part === "string" && part !== "",
    );
    if (!isLine) return undefined;
    const line = { messageId: String(messageId), contact: String(contact), text };
    return typeof previousId === "string" ? { ...line, previousId } : line;
  } catch {
    return undefined;
  }
}
