import type { Messages } from "./contact.ts";
import { boundedLine, byteChunks, byteLineCount, lineCount, textChunks } from "./line_chunks.ts";
import { messageLine } from "./message_line.ts";
import type { LineNotice } from "./problem_types.ts";

/** Whole lines, and how many came before them. */
export interface MessageLines {
  lines: string | Uint8Array;
  linesBefore: number;
}

/** Messages in any form as pieces of NDJSON. What JSON cannot say is put down as refused. */
export function* messageLines(messages: Messages, refused: LineNotice[]): Generator<MessageLines> {
  let linesBefore = 0;
  if (messages instanceof Uint8Array) {
    for (const lines of byteChunks(messages)) {
      yield { lines, linesBefore };
      linesBefore += byteLineCount(lines);
    }
    return;
  }
  for (const lines of textChunks(textOf(messages, refused))) {
    yield { lines, linesBefore };
    linesBefore += lineCount(lines);
  }
}

function textOf(messages: Exclude<Messages, Uint8Array>, refused: LineNotice[]): string {
  if (typeof messages === "string") return messages;
  const list: readonly unknown[] = Array.isArray(messages) ? messages : [messages];
  let text = "";
  for (let index = 0; index < list.length; index += 1) {
    text += `${boundedLine(messageLine(list[index], index + 1, refused))}\n`;
  }
  return text;
}
