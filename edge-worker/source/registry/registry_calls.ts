import type { ParameterOverrides, Problem, SegmentSummary } from "@fosterflow/segments";
import type { EndpointFilter } from "../engine/configuration.ts";

/** What is asked of a registry object, and answered. */

export interface StoredSegment {
  readonly id: string;
  /** The definition as JSON. */
  readonly definition: string;
  /** Hash of the definition, as deltas have it: its entity tag. */
  readonly hash: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The version of the workspace's rules that it came with. */
  readonly version: number;
}

export interface SegmentVersion {
  readonly version: number;
  readonly at: number;
  /** As JSON; null: it was deleted. */
  readonly definition: string | null;
}

/** How far a refresh is. */
export interface Refresh {
  readonly state: "running" | "done";
  /** The version of the rules that contacts are brought to. */
  readonly version: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly contactsDone: number;
  /** How many there were when it began. */
  readonly contacts: number;
}

export interface Listing {
  readonly version: number;
  readonly segments: readonly StoredSegment[];
  readonly summaries: readonly SegmentSummary[];
  readonly parameters: ParameterOverrides;
  readonly refresh: Refresh | null;
}

export interface PlacedProblem extends Problem {
  /** The segment that it is about; absent: the parameters. */
  readonly segment?: string;
}

export type ChangeAnswer =
  | {
      readonly kind: "changed";
      readonly version: number;
      readonly isNew: boolean;
      readonly segment: StoredSegment | null;
      /** Warnings. */
      readonly problems: readonly PlacedProblem[];
    }
  | {
      readonly kind: "refused";
      readonly problems: readonly PlacedProblem[];
      readonly message: string;
    }
  | { readonly kind: "not_found" }
  | { readonly kind: "changed_meanwhile"; readonly hash: string | null }
  | { readonly kind: "exists" }
  | { readonly kind: "too_many"; readonly message: string };

/** `If-Match` and `If-None-Match: *`; undefined: neither was given. */
export interface Precondition {
  readonly hash?: string;
  readonly mustBeNew?: boolean;
}

/** An endpoint as the API shows it: secrets are told once, when they are made. */
export interface ShownEndpoint {
  readonly id: string;
  readonly url: string;
  readonly filter: EndpointFilter;
  /** The first 8 hexadecimal digits of the SHA-256 of each secret, the newest first. */
  readonly secretFingerprints: readonly string[];
  readonly createdAt: number;
}

export interface ListSummary {
  readonly id: string;
  readonly updatedAt: number;
}
