/**
 * The leader's place: a worker of its own, or, where there can be none, the page. Imported by a page it does nothing by
 * itself.
 */

import { Leader } from "./leader.ts";
import {
  channelName,
  type LeaderMessage,
  type LeaderPort,
  type PageMessage,
  type TrackerSetup,
} from "./protocol.ts";

/** What starts a leader. */
export interface LeaderStart {
  readonly type: "start";
  readonly setup: TrackerSetup;
  readonly current: string;
  readonly isPaused: boolean;
}

/** The way to the page that started the leader. */
export interface OwnPage {
  send(message: LeaderMessage): void;
  listen(listener: (message: PageMessage) => void): void;
}

/** Leads; fulfilled once it does. */
export function lead(page: OwnPage, { setup, current, isPaused }: LeaderStart): Promise<void> {
  return new Leader(portOf(page, setup.tracker), setup, current).start(isPaused);
}

function portOf(page: OwnPage, tracker: string): LeaderPort {
  const channel =
    typeof BroadcastChannel === "function" ? new BroadcastChannel(channelName(tracker)) : undefined;
  return {
    tell(message) {
      page.send(message);
      channel?.postMessage(message);
    },
    tellOwn: (message) => page.send(message),
    listen(listener) {
      page.listen(listener);
      channel?.addEventListener("message", ({ data }) => {
        // What other leaders say is not for this one.
        if (isPageMessage(data)) listener(data);
      });
    },
    close: () => channel?.close(),
  };
}

const pageMessages = new Set(["hello", "submit", "current", "pause", "wake", "call"]);

function isPageMessage(data: unknown): data is PageMessage {
  return pageMessages.has((data as PageMessage).type);
}

/** What the page calls the workers that it starts. */
export const workerName = "fosterflow-segments";

interface WorkerScope {
  readonly name: string;
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
const isWorker = typeof document === "undefined" && "WorkerGlobalScope" in globalThis;
if (isWorker && scope.name === workerName) {
  const listeners: ((message: PageMessage) => void)[] = [];
  scope.addEventListener("message", ({ data }: { data: PageMessage | LeaderStart }) => {
    if (data.type !== "start") {
      for (const listener of listeners) listener(data);
      return;
    }
    const page: OwnPage = {
      send: (message) => scope.postMessage(message),
      listen: (listener) => listeners.push(listener),
    };
    void lead(page, data);
  });
  scope.postMessage({ type: "up" });
}
