import type { ParameterOverrides, SegmentDefinition } from "@fosterflow/segments";

/** What the studio worker is asked. Only the edge worker can reach it. */

interface RulesInForce {
  readonly workspace: string;
  readonly version: number;
  /** The definitions, a JSON array. */
  readonly segments: string;
  readonly parameters: ParameterOverrides;
}

export interface EvaluateRequest extends RulesInForce {
  readonly sampleRate: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly definition: SegmentDefinition;
}

export interface ExplainRequest extends RulesInForce {
  readonly contact: string;
  /** Base64. */
  readonly snapshot: string;
  readonly segment: string;
  /** Epoch milliseconds. */
  readonly at: number;
}
