import type { AuthoringLanguage } from "./description_types.ts";

export interface DiffOptions {
  /** Default `en`. */
  language?: AuthoringLanguage;
}

/** How a definition differs from the version before. */
export interface DefinitionDiff {
  /** Both have one normal form, so they decide alike; names and descriptions may differ. */
  same: boolean;
  changes: DefinitionChange[];
}

export interface DefinitionChange {
  change: "added" | "removed" | "changed";
  what: "condition" | "parameter" | "timezone" | "id" | "name" | "description";
  /** JSON Pointer into the new version; into the old one for what was removed. */
  path: string;
  /** As it was written; null where there was nothing. */
  before: unknown;
  after: unknown;
  /** The change for people, such as `highValue changed from 200 to 250`. */
  line: string;
}
