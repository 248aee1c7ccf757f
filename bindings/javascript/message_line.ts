import type { LineNotice } from "./problem_types.ts";

/**
 * The message as one line of JSON; undefined when JSON cannot say it, which is then put down as refused.
 * An empty line stands for it where lines are joined, so that the others keep their numbers.
 */
export function messageLine(message: unknown, line: number, refused: LineNotice[]): string {
  let reason = "it is not a JSON value";
  try {
    const text = JSON.stringify(message) as string | undefined;
    if (text !== undefined) return text;
  } catch (cause) {
    reason = cause instanceof Error ? firstLine(cause.message) : String(cause);
  }
  refused.push({
    line,
    code: "not_json",
    message: `This message cannot be written as JSON: ${reason}.`,
  });
  return "";
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").replace(/[.:]+$/, "");
}
