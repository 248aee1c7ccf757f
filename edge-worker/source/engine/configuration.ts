import type { DeltaCause, ParameterOverrides } from "@fosterflow/segments";

/** What the contacts of a workspace are decided by, and who is told. The registry numbers each change of it. */
export interface Configuration {
  /** 0: nothing was ever defined. Grows with each change. */
  readonly version: number;
  /** The definitions in force, a JSON array. */
  readonly segments: string;
  readonly parameters: ParameterOverrides;
  readonly endpoints: readonly Endpoint[];
}

/** A backend that deltas are sent to. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  /** `whsec_…`, the newest first; each request is signed with each. */
  readonly secrets: readonly string[];
  readonly filter: EndpointFilter;
  /** Epoch milliseconds: a 410 before this no longer counts. */
  readonly resumedAt: number;
}

/** What an endpoint is told; without a member, everything. */
export interface EndpointFilter {
  readonly segments?: readonly string[];
  readonly causes?: readonly DeltaCause[];
}

export const emptyConfiguration: Configuration = {
  version: 0,
  segments: "[]",
  parameters: {},
  endpoints: [],
};
