import { type World, type WorldMessage, worldChannel } from "./world.ts";

/**
 * The tracker's worker in a world of its own: the clock can be pushed forward, and the network taken away. What the
 * tracker does is the package's code, which knows nothing of it.
 */
const channel = new BroadcastChannel(worldChannel);
const clock = Date.now.bind(Date);
const network = self.fetch.bind(self);
let world: World | undefined;

Date.now = () => clock() + (world?.ahead ?? 0);
self.fetch = (...request) =>
  world?.isOffline === true
    ? Promise.reject(new TypeError("There is no network"))
    : network(...request);

const isKnown = new Promise<void>((resolve) => {
  channel.onmessage = ({ data }: MessageEvent<WorldMessage>) => {
    if (data.type !== "world") return;
    world = data.world;
    resolve();
  };
});
channel.postMessage({ type: "ask" } satisfies WorldMessage);
await isKnown;
await import("@fosterflow/segments/browser-worker");
