import { env } from "cloudflare:workers";

const levels = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof levels)[number];

const defaultLevel: LogLevel = "info";

/** Lines below it are not written: LOG_LEVEL. */
const least = Math.max(
  levels.indexOf((env as { LOG_LEVEL?: LogLevel }).LOG_LEVEL ?? defaultLevel),
  0,
);

/**
 * Writes one line of JSON. Callers hand in ids of requests, segments and endpoints, and numbers; never keys, secrets, addresses, ids of
 * contacts, or what messages say.
 */
export function log(
  level: LogLevel,
  event: string,
  fields: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
): void {
  if (levels.indexOf(level) < least) return;
  const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...fields });
  if (level === "error") console.error(line);
  else console.log(line);
}

/** What is told of an error: its name and message, bounded. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, 500);
}
