import type { MessageLine } from "./protocol.ts";

/** So many messages that come twice are known. Others are, too, by the engine; the tracking API then gets them twice. */
const mostKnownMessages = 5000;

/** Messages that have come and are not written yet, each once, in the order in which they came. */
export class Arrivals {
  #lines = new Map<string, MessageLine>();
  /** Written lately: a page that has not heard of it yet may tell them again. */
  readonly #known = new Set<string>();

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  add(lines: readonly MessageLine[]): void {
    for (const line of lines) this.#lines.set(line.messageId, line);
  }

  /** Before all others: they have waited since another leader. */
  addFirst(lines: readonly MessageLine[]): void {
    const all = [...lines, ...this.#lines.values()];
    this.#lines = new Map(all.map((line) => [line.messageId, line]));
  }

  /** The first of them, at most so many. */
  first(most = Number.POSITIVE_INFINITY): MessageLine[] {
    return [...this.#lines.values()].slice(0, most);
  }

  isKnown(messageId: string): boolean {
    return this.#known.has(messageId);
  }

  /** These are written. */
  settle(lines: readonly MessageLine[]): void {
    for (const { messageId } of lines) {
      this.#lines.delete(messageId);
      this.#known.add(messageId);
    }
    for (const messageId of this.#known) {
      if (this.#known.size <= mostKnownMessages) break;
      this.#known.delete(messageId);
    }
  }
}
