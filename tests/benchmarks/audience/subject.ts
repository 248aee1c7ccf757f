import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Audiences from "../../../bindings/javascript/entries/audience.ts";
import type * as Segments from "../../../bindings/javascript/entries/index.ts";

export type {
  Audience,
  AudienceStatistics,
} from "../../../bindings/javascript/entries/audience.ts";

/** The built package, as its users import it. */
export interface AudienceSubject {
  readonly createAudience: typeof Audiences.createAudience;
  readonly createEngine: typeof Segments.createEngine;
}

export async function loadSubject(directory: string): Promise<AudienceSubject> {
  const entry = join(resolve(directory), "audience.js");
  if (!existsSync(entry)) throw new Error(`${entry} is missing: no build of the package is there`);
  const { createAudience } = (await import(pathToFileURL(entry).href)) as typeof Audiences;
  const index = pathToFileURL(join(resolve(directory), "index.js")).href;
  const { createEngine } = (await import(index)) as typeof Segments;
  return { createAudience, createEngine };
}
