import type { StudioCore } from "./studio_core.ts";

/** What the tables that queries read hold of one contact. */
export interface ContactRows {
  id: string;
  /** JSON text. */
  attributes: string;
  channels: [channel: string, reachable: boolean][];
  lists: string[];
  /** Times in epoch milliseconds, properties as JSON text. */
  events: [messageId: string | null, name: string, time: number, properties: string][];
}

/**
 * The rows of all contacts of the core's directory, some at a time: the events that are kept, each once, and what
 * attributes, channels and lists are now. JSON is canonical (RFC 8785), but integers from 2^63 on end in `.0`.
 */
export function* tableRows(core: StudioCore): Generator<ContactRows[]> {
  for (let first: number | null = 0; first !== null; ) {
    const { next, contacts } = JSON.parse(core.tableRows(first)) as {
      next: number | null;
      contacts: ContactRows[];
    };
    yield contacts;
    first = next;
  }
}
