import { customerLines, type ShopOptions } from "./customer.ts";

/** Characters of a piece; much more would keep the reader waiting, much less costs turns. */
const pieceLength = 512 * 1024;

/** The messages of all customers, made as they are read: the same options give the same bytes. */
export function shopStream(
  options: ShopOptions,
  onContacts?: (contacts: number) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      let text = "";
      while (next < options.contacts && text.length < pieceLength) {
        text += customerLines(options, next);
        next += 1;
      }
      if (text !== "") controller.enqueue(encoder.encode(text));
      onContacts?.(next);
      if (next >= options.contacts) controller.close();
    },
  });
}
