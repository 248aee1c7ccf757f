import { readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "../machine.ts";
import type { Figure } from "./row.ts";
import { machineLines, markdownOf } from "./text.ts";

const documents = new URL("../../../docs/", import.meta.url);
const end = "<!-- end of results -->";

/**
 * Puts the results of a command between a page's two marks, so that its numbers are always those of a run.
 * @param command as people type it; the first mark names it
 */
export function updateDocumentation(
  pageName: string,
  command: string,
  machine: Machine,
  figures: readonly Figure[],
): void {
  const page = new URL(pageName, documents);
  const begin = `<!-- results: ${command} -- --update-docs -->`;
  const text = readFileSync(page, "utf8");
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page.pathname} has lost its marks`);
  const results = [
    begin,
    machineLines(machine).join("  \n"),
    ...figures.map((figure) => markdownOf(figure)),
  ].join("\n\n");
  writeFileSync(page, `${text.slice(0, from)}${results}\n\n${text.slice(to)}`);
}
