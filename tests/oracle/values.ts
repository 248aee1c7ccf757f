import { canonicalJson } from "./canonical_json.ts";
import { compareCodePoints } from "./code_points.ts";
import { isObject, type JsonValue } from "./json_text.ts";

/** A value that may be missing; null is missing everywhere (appendix, "Values"). */
export type Observed = JsonValue | undefined;
export type Scalar = string | number | boolean;

export function isMissing(value: Observed): value is null | undefined {
  return value === undefined || value === null;
}

export function isScalar(value: Observed): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function rank(value: Observed): number {
  if (isMissing(value)) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  if (typeof value === "number") return 3;
  if (typeof value === "string") return 4;
  return Array.isArray(value) ? 5 : 6;
}

/** The order of values of section 1. */
export function compareValues(left: Observed, right: Observed): number {
  const ranks = rank(left) - rank(right);
  if (ranks !== 0) return ranks;
  if (typeof left === "number" && typeof right === "number") {
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (typeof left === "string" && typeof right === "string") return compareCodePoints(left, right);
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let index = 0; index < left.length && index < right.length; index += 1) {
      const order = compareValues(left[index], right[index]);
      if (order !== 0) return order;
    }
    return left.length - right.length;
  }
  if (isObject(left) && isObject(right)) {
    return compareCodePoints(canonicalJson(left), canonicalJson(right));
  }
  return 0;
}

const parsedPaths = new Map<string, string[]>();

/** Section 2.3: dotted; `\.` is a dot, `\\` a backslash, any other backslash is itself. */
export function parsePath(text: string): string[] {
  const known = parsedPaths.get(text);
  if (known !== undefined) return known;
  const keys: string[] = [];
  let key = "";
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position] as string;
    const next = text[position + 1];
    if (character === "\\" && (next === "." || next === "\\")) {
      key += next;
      position += 1;
    } else if (character === ".") {
      keys.push(key);
      key = "";
    } else {
      key += character;
    }
  }
  keys.push(key);
  parsedPaths.set(text, keys);
  return keys;
}

/** The dotted path that `parsePath` reads back: the form by which leaves are ordered. */
export function writePath(keys: readonly string[]): string {
  return keys.map((key) => key.replace(/[\\.]/g, "\\$&")).join(".");
}

/** A path walks the own keys of objects, never an array (appendix, "Values"). */
export function readPath(root: Observed, text: string): Observed {
  let current: Observed = root;
  for (const key of parsePath(text)) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return isMissing(current) ? undefined : current;
}
