/** What surrounds the tracker of the live screen and can be changed there: its clock, and whether there is a network. */
export interface World {
  /** Milliseconds that its clock is ahead. */
  readonly ahead: number;
  readonly isOffline: boolean;
}

export const realWorld: World = { ahead: 0, isOffline: false };

/** Pages tell what the world is on it; a worker that has just started asks. */
export const worldChannel = "live-world";

export type WorldMessage =
  | { readonly type: "ask" }
  | { readonly type: "world"; readonly world: World };
