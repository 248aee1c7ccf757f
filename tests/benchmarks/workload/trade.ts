import type { Random } from "./random.ts";

/** A line of business: what its contacts do, and what its marketers ask about. */
export interface Trade {
  readonly name: string;
  readonly events: readonly EventKind[];
  /** Events in the order in which a contact comes nearer to the last of them. */
  readonly funnel: readonly [string, string, string, string];
  readonly traits: (random: Random) => Record<string, unknown>;
  /** Where its contacts live; each stays in one. */
  readonly timezones: readonly string[];
  readonly attributes: readonly TextField[];
  readonly channels: readonly string[];
  readonly lists: readonly string[];
}

export interface EventKind {
  readonly type: "track" | "page" | "screen";
  readonly name: string;
  /** How often it happens, beside the others. */
  readonly weight: number;
  readonly properties: (random: Random) => Record<string, unknown>;
  readonly numbers: readonly NumberField[];
  readonly texts: readonly TextField[];
  readonly items?: ItemsField;
}

export interface NumberField {
  readonly property: string;
  readonly low: number;
  readonly high: number;
}

export interface TextField {
  readonly property: string;
  readonly values: readonly string[];
}

/** An array of objects. */
export interface ItemsField {
  readonly property: string;
  readonly numbers: readonly NumberField[];
  readonly texts: readonly TextField[];
}
