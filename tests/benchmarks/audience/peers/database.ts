import { createRequire } from "node:module";
import type { BaseFiles } from "../base/files.ts";
import type { RuleId } from "../rules.ts";

/** A program that keeps the base in tables and counts by SQL, with one thread. */
export interface Database {
  readonly name: string;
  /** Reads the messages into a table of typed columns: what its JSON reader takes. */
  load(files: BaseFiles): Promise<void>;
  /**
   * Makes of it what one would query: events once each, in the order that is fastest for these rules, contacts as
   * numbers, and texts as numbers of a dictionary.
   */
  prepare(files: BaseFiles): Promise<void>;
  count(rule: RuleId, number: number, now: number): Promise<number>;
  close(): void;
}

/** One of the packages beside this file, which `npm run bench:audience` has installed. */
export function peerPackage(name: string): unknown {
  return createRequire(import.meta.url)(name);
}

/** The events of one name in a stretch of days that ends now, as a condition. */
export function recent(event: string, days: number, now: number): string {
  return `name = '${event}' AND time > ${now - days * 86_400_000} AND time <= ${now}`;
}

export const millisecondsPerHour = 3_600_000;
