import { useSyncExternalStore } from "react";
import { Observable } from "../application/observable.ts";
import { realWorld, type World, type WorldMessage, worldChannel } from "./world.ts";

const key = "live-world";
const channel = new BroadcastChannel(worldChannel);
const world = new Observable<World>(kept());

function kept(): World {
  try {
    return { ...realWorld, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<World>) };
  } catch {
    return realWorld;
  }
}

function tell(): void {
  channel.postMessage({ type: "world", world: world.get() } satisfies WorldMessage);
}

/** The tracker looks at clock and network when the page says that it is looked at again. */
function wakeTracker(): void {
  window.dispatchEvent(new Event("focus"));
  if (!world.get().isOffline) window.dispatchEvent(new Event("online"));
}

channel.onmessage = ({ data }: MessageEvent<WorldMessage>) => {
  if (data.type === "ask") tell();
  else world.set(data.world);
};

export function useWorld(): World {
  return useSyncExternalStore(world.subscribe, world.get);
}

/** Changes the world of all tabs. */
export function changeWorld(part: Partial<World>): void {
  world.set({ ...world.get(), ...part });
  localStorage.setItem(key, JSON.stringify(world.get()));
  tell();
  // The worker hears of it before it looks.
  setTimeout(wakeTracker, 50);
}

/** Now, by the clock of this world. */
export function worldNow(): number {
  return Date.now() + world.get().ahead;
}
