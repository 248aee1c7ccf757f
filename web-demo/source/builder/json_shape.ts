/** A definition that somebody typed may have any shape: these look without trusting it. */

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function jsonOf(value: unknown): Json {
  return isJson(value) ? value : {};
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first key of an object of one key, such as a duration's unit. */
export function onlyKey<Key extends string>(value: unknown, keys: readonly Key[]): Key | undefined {
  const json = jsonOf(value);
  return keys.find((key) => key in json);
}
