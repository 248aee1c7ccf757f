import type { ParameterOverrides } from "./definition_types.ts";
import type { AuthoringLanguage } from "./description_types.ts";

/** Names that were seen in data: a list of them, or an object by them. */
export type SeenNames = readonly string[] | Readonly<Record<string, unknown>>;

/** What was seen in data; a part that is left out is not looked at. */
export interface SeenVocabulary {
  /** By name, with the dotted paths of their properties; `products[].sku` lies in the entries of an array. */
  events?: Readonly<Record<string, { count?: number; properties?: SeenNames }>>;
  /** Dotted paths. */
  traits?: SeenNames;
  channels?: SeenNames;
  lists?: SeenNames;
}

export interface LintOptions {
  seen?: SeenVocabulary;
  /** How long the host keeps events, in days of 24 hours. */
  retentionDays?: number;
  /** Values that replace those of the definitions' parameters. */
  parameters?: ParameterOverrides;
  /** Default `en`. */
  language?: AuthoringLanguage;
}

/** Something that the author of a rule should know. */
export interface LintFinding {
  /** The id of the segment. */
  segment: string;
  /** JSON Pointer from the root of what was given. */
  path: string;
  /**
   * - `nobody`, `everybody`: the rule as a whole, by the law and with the parameters in force.
   * - `always_false`, `always_true`: a condition or filter, likewise.
   * - `duplicate`, `redundant`: without it, the same contacts are in the segment.
   * - `admits_unknown`: contacts of whom nothing is known are in the segment.
   * - `window_beyond_retention`, `window_unbounded`: it looks back further than events are kept.
   * - `unknown_event`, `unknown_property`, `unknown_trait`, `unknown_channel`, `unknown_list`: never seen in the data.
   * - or the code of a warning of `validate`.
   */
  code: string;
  severity: "warning" | "info";
  message: string;
  /** The name that was probably meant. */
  suggestion?: string;
  /** JSON Pointers of other conditions that are the reason. */
  related?: string[];
}

/** What a rule costs and needs. */
export interface LintSummary {
  id: string;
  /** `low` up to 10 points, `medium` up to 50: docs/authoring.md says what counts. */
  cost: { class: "low" | "medium" | "high"; points: number };
  /** What a contact keeps for this rule alone besides its events, and what each event adds that the rule looks at. */
  state: { bytes: number; bytesPerEvent: number };
  /** Whether a device that sees the contact's own messages can decide the rule, or else why not. */
  local: { runs: boolean; reasons: { path: string; code: string; message: string }[] };
}

export interface LintReport {
  /** In the order of the definitions. */
  findings: LintFinding[];
  segments: LintSummary[];
}
