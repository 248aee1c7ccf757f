/** A value of a message as people read it. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The first properties of an event, in one line. */
export function shownProperties(properties: Readonly<Record<string, unknown>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}: ${shownValue(value)}`)
    .join(", ");
}
