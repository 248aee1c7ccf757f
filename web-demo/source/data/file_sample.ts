import { csvRows } from "./csv_convert.ts";
import { isPacked } from "./data_task.ts";

/** What the beginning of a file shows. */
export type FileSample =
  | { readonly kind: "messages"; readonly lines: readonly string[] }
  | {
      readonly kind: "rows";
      readonly separator: string;
      readonly titles: readonly string[];
      /** Without the titles. */
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: "empty" };

const sampleBytes = 256 * 1024;
const mostRows = 200;

/** Looks at the beginning of a file: lines that begin with a brace are messages, others rows. */
export async function fileSample(file: File): Promise<FileSample> {
  const { text, isWhole } = await beginning(file);
  const end = isWhole ? text.length : text.lastIndexOf("\n") + 1;
  const whole = text.slice(0, end).replace(/^\uFEFF/, "");
  const lines = whole.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length === 0) return { kind: "empty" };
  if (lines[0]?.trimStart().startsWith("{")) return { kind: "messages", lines: lines.slice(0, 5) };
  const { separator, rows } = csvRows(whole);
  const [titles = [], ...others] = rows.filter((row) => row.some((cell) => cell !== ""));
  return {
    kind: "rows",
    separator,
    titles: titles.map((title) => title.trim()),
    rows: others.slice(0, mostRows),
  };
}

async function beginning(file: File): Promise<{ text: string; isWhole: boolean }> {
  if (!isPacked(file)) {
    return { text: await file.slice(0, sampleBytes).text(), isWhole: file.size <= sampleBytes };
  }
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text, isWhole: true };
    text += decoder.decode(value, { stream: true });
    if (text.length >= sampleBytes) {
      await reader.cancel();
      return { text, isWhole: false };
    }
  }
}
