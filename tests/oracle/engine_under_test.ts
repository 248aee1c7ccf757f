import type { Explanation } from "../../bindings/javascript/explanation_types.ts";
import type { Line } from "./messages.ts";
import type { Delta } from "./replay.ts";

/** What the differential run asks of an engine. An adapter module exports `createEngineUnderTest`. */
export interface EngineUnderTest {
  /** Everybody's membership at an instant, as `evaluate --at` and the audience have it. */
  evaluate(input: {
    definitions: unknown[];
    lines: Line[];
    at: number;
    parameters?: Record<string, unknown>;
  }): { segments: Record<string, string[]>; refusedLines: number[] };

  /** The deltas of `replay`, in the order of its output; an engine may answer `evaluate` alone. */
  replay?(input: {
    definitions: unknown[];
    lines: Line[];
    until?: number;
    parameters?: Record<string, unknown>;
    source: string;
    epoch: string;
  }): { deltas: Delta[]; refusedLines: number[] };

  /**
   * One contact's next change at a clock. `lines` are good messages of that contact alone, without
   * aliases and each with a timestamp; they are applied in order with `now` = clock.
   */
  nextChangeAt?(input: {
    definitions: unknown[];
    lines: Line[];
    contact: string;
    clock: number;
    parameters?: Record<string, unknown>;
  }): number | null;

  /**
   * Why one contact is in segments at an instant, which need not be the clock. Lines as of `nextChangeAt`; the ids of
   * the segments are asked for one after the other.
   */
  explain?(input: {
    definitions: unknown[];
    lines: Line[];
    contact: string;
    clock: number;
    at: number;
    segments: string[];
    parameters?: Record<string, unknown>;
  }): Explanation[];
}

export interface EngineModule {
  createEngineUnderTest(): Promise<EngineUnderTest>;
}
