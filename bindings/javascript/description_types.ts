import type { ParameterOverrides } from "./definition_types.ts";

/** The languages in which rules are described. */
export type AuthoringLanguage = "en" | "de";

export interface DescribeOptions {
  /** Default `en`. */
  language?: AuthoringLanguage;
  /** Values that replace those of the definitions' parameters. */
  parameters?: ParameterOverrides;
}

/** What a definition says, for people. */
export interface Description {
  id: string;
  name: string;
  description: string;
  /** The rule as one sentence: `A contact is in "High Rollers" if …`. */
  sentence: string;
  /** The rule as a tree of short phrases, in the order in which it is written. */
  condition: DescribedPart;
}

/** A condition, a step of a sequence, or a filter of events. */
export interface DescribedPart {
  /** The kind in the definition; `step` for a step of a sequence. */
  kind: string;
  /** JSON Pointer into the definition, such as `/when/of/0`. */
  path: string;
  /** Begins in lower case and has no full stop. */
  phrase: string;
  /** What the phrase leaves out: the conditions of a group, the steps of a sequence, the filter of the events. */
  of?: DescribedPart[];
}
