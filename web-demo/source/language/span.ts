import type { Language } from "./language.ts";

const second = 1000;
const units = [
  ["day", 86_400 * second],
  ["hour", 3600 * second],
  ["minute", 60 * second],
  ["second", second],
] as const;

/**
 * A span of milliseconds in its largest units, such as "2 days, 3 hr"; with `parts` as many as there are, down to
 * seconds. Rounded up, so that it says nothing before its time has come.
 */
export function spanText(milliseconds: number, language: Language, parts = 2): string {
  let rest = Math.max(0, Math.ceil(milliseconds / second) * second);
  const texts: string[] = [];
  for (const [unit, length] of units) {
    const isLast = unit === "second";
    const amount = Math.floor(rest / length);
    rest -= amount * length;
    if (amount === 0 && !(isLast && texts.length === 0)) continue;
    const format = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" });
    texts.push(format.format(amount));
    if (texts.length === parts) break;
  }
  return texts.join(" ");
}
