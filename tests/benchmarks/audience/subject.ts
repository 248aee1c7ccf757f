import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { SegmentDefinition } from "../../../bindings/javascript/definition_types.ts";
import type * as Segments from "../../../bindings/javascript/index.ts";

/** What is measured of `@fosterflow/segments/audience`. */
export interface Audience {
  load(source: ReadableStream<Uint8Array>): Promise<{ readonly refusedCount: number }>;
  count(segment: string | SegmentDefinition, options: { at: number }): number;
  counts(options: { at: number }): Record<string, number>;
  members(segment: string, options: { at: number; limit: number }): string[];
  statistics(): AudienceStatistics;
  /** What was counted before answers no count after this. */
  forgetAnswers(): void;
}

export interface AudienceStatistics {
  readonly contacts: number;
  readonly events: number;
  /** All that is held, what finds doubles included. */
  readonly bytes: number;
  /** Of the WebAssembly instance, which has at most 4 GB. */
  readonly memoryBytes: number;
}

/** The built package, as its users import it. */
export interface AudienceSubject {
  readonly createAudience: (options: {
    segments: readonly SegmentDefinition[];
  }) => Promise<Audience>;
  readonly createEngine: typeof Segments.createEngine;
}

export async function loadSubject(directory: string): Promise<AudienceSubject> {
  const entry = join(resolve(directory), "audience.js");
  if (!existsSync(entry)) throw new Error(`${entry} is missing: no build of the package is there`);
  const { createAudience } = (await import(pathToFileURL(entry).href)) as Pick<
    AudienceSubject,
    "createAudience"
  >;
  const index = pathToFileURL(join(resolve(directory), "index.js")).href;
  const { createEngine } = (await import(index)) as typeof Segments;
  return { createAudience, createEngine };
}
