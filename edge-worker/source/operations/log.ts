export type LogLevel = "info" | "warning" | "error";

/**
 * Writes one line of JSON. Callers hand in ids and numbers, never keys, secrets, addresses with credentials, or what messages say.
 */
export function log(
  level: LogLevel,
  event: string,
  fields: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
): void {
  const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...fields });
  if (level === "error") console.error(line);
  else console.log(line);
}

/** What is told of an error: its name and message, bounded. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, 500);
}
