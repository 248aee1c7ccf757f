import type { Random } from "./random.ts";

/** Raw JSON text to be placed where a value stands: forms that JSON.stringify never writes. */
export class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Writes JSON with −0 kept and now and then another spelling of the same value. */
export function writeJson(value: unknown, random: Random): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => writeJson(item, random)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([key, member]) => `${JSON.stringify(key)}:${writeJson(member, random)}`,
    );
    return `{${members.join(random.chance(0.02) ? " ,\t" : ",")}}`;
  }
  if (Object.is(value, -0)) return "-0";
  if (Number.isInteger(value) && Math.abs(value as number) < 1e15 && random.chance(0.02)) {
    return random.pick([`${value}.0`, `${value}e0`, `${value}.00E+0`]);
  }
  if (typeof value === "string" && random.chance(0.02)) {
    return `"${[...value.matchAll(/[\s\S]/g)].map(([unit]) => escaped(unit)).join("")}"`;
  }
  return JSON.stringify(value);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
