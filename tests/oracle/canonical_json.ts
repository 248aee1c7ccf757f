import { compareCodePoints } from "./code_points.ts";
import type { JsonValue } from "./json_text.ts";

/** RFC 8785 with keys ordered by code point (appendix, "Definitions"). */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value).sort(compareCodePoints);
    const members = keys.map(
      (key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as JsonValue)}`,
    );
    return `{${members.join(",")}}`;
  }
  // The platform's number and string forms are those of RFC 8785, -0 written as 0 included.
  return JSON.stringify(value);
}
