import { useSyncExternalStore } from "react";
import { setSearch, usePlace } from "../navigation/location.ts";
import { Observable } from "./observable.ts";

/** How often the page's instant moves on by itself, in milliseconds. */
const rhythm = 60_000;

const now = new Observable(Date.now());
setInterval(() => now.set(Date.now()), rhythm);

/** Moves the instant to now, so that everything is counted anew. */
export function refreshClock(): void {
  now.set(Date.now());
}

/**
 * The instant at which everything is counted, in epoch milliseconds: that of the address (`?at=2026-11-23T10:00:00Z`),
 * or a now that stands still for a minute, so that what an edit does not change need not be counted again.
 */
export function useInstant(): { at: number; isNow: boolean } {
  const { search } = usePlace();
  const current = useSyncExternalStore(now.subscribe, now.get);
  const chosen = Date.parse(search.get("at") ?? "");
  return Number.isNaN(chosen) ? { at: current, isNow: true } : { at: chosen, isNow: false };
}

/** Pins the instant in the address, or lets it go on. */
export function chooseInstant(at: number | undefined): void {
  setSearch({ at: at === undefined ? undefined : new Date(at).toISOString() });
}
