import type { Tracker } from "@fosterflow/segments/browser";
import { worldNow } from "./world_store.ts";

/** Tabs tell one another that something was decided, also when no membership changed: time may bring other things now. */
const channel = new BroadcastChannel("live-decided");
const listeners = new Set<() => void>();

function notify(): void {
  for (const listener of listeners) listener();
}

channel.onmessage = notify;

/** @returns ends it */
export function onDecided(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says when something that the tracker was told is decided. */
export async function decided(taken: Promise<void>): Promise<void> {
  await taken;
  notify();
  channel.postMessage("decided");
}

/** Tells the tracker what the visitor did, by the clock of the shop. */
export function tell(
  tracker: Tracker | undefined,
  event: string,
  properties: Readonly<Record<string, unknown>>,
): void {
  if (tracker === undefined) return;
  void decided(tracker.track(event, properties, { timestamp: new Date(worldNow()) }));
}
