import type { ParameterOverrides, SegmentDefinition } from "@fosterflow/segments";

/** What the worker with the audience engine is asked. */
export interface SampleRequest {
  readonly workspace: string;
  readonly sampleRate: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly definition: SegmentDefinition;
  readonly segments: readonly SegmentDefinition[];
  readonly parameters: ParameterOverrides;
}
