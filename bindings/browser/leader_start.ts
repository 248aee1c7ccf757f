import type { LeaderMessage, PageMessage } from "./protocol.ts";
import type { LeaderStart } from "./worker.ts";

/** A worker that does not answer after so many milliseconds is not there. */
const longestWorkerStart = 10_000;

/** Where a leader may run: a worker's address, a function that makes the worker, or false for the page's own thread. */
export type WorkerSource = string | URL | (() => Worker) | false;

/** A leader that this page has started. */
export interface OwnLeader {
  send(message: PageMessage): void;
  /** Ends it at once: what it has not written, others will. */
  end(): void;
}

interface StartOptions {
  readonly start: LeaderStart;
  readonly worker: WorkerSource | undefined;
  readonly onMessage: (message: LeaderMessage) => void;
  /** There is no worker, for this reason; the leader is in this thread. */
  readonly onSameThread: (reason: unknown) => void;
}

/**
 * Starts a leader in a worker, or in this thread where there can be none: no workers, a policy that forbids them, a bundler that
 * has not published the file.
 */
export async function startLeader(options: StartOptions): Promise<OwnLeader> {
  if (options.worker === false) return startInThread(options);
  try {
    return await startInWorker(options, options.worker);
  } catch (reason) {
    options.onSameThread(reason);
    return startInThread(options);
  }
}

async function startInWorker(
  { start, onMessage }: StartOptions,
  source: Exclude<WorkerSource, false> | undefined,
): Promise<OwnLeader> {
  const worker = createWorker(source);
  try {
    await isUp(worker);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  worker.addEventListener("message", ({ data }: MessageEvent<LeaderMessage>) => onMessage(data));
  worker.postMessage(start);
  return {
    send: (message) => worker.postMessage(message),
    end: () => worker.terminate(),
  };
}

function createWorker(source: Exclude<WorkerSource, false> | undefined): Worker {
  if (typeof source === "function") return source();
  if (source === undefined) {
    const address = new URL("./browser-worker.js", import.meta.url);
    if (isForeign(address)) return foreignWorker(address);
    // As it stands here, bundlers see that the file is a worker of its own.
    return new Worker(new URL("./browser-worker.js", import.meta.url), {
      type: "module",
      name: "fosterflow-segments",
    });
  }
  const address = new URL(source, document.baseURI);
  if (isForeign(address)) return foreignWorker(address);
  return new Worker(address, { type: "module", name: "fosterflow-segments" });
}

function isForeign({ origin, protocol }: URL): boolean {
  return protocol !== "blob:" && origin !== location.origin;
}

/** Workers are of the page's origin; one that imports from elsewhere is allowed where the policy has `worker-src blob:`. */
function foreignWorker(address: URL): Worker {
  const script = new Blob([`import ${JSON.stringify(address.href)};`], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  try {
    return new Worker(url, { type: "module", name: "fosterflow-segments" });
  } finally {
    // It is fetched by then, or will be from what the worker holds.
    setTimeout(() => URL.revokeObjectURL(url), longestWorkerStart);
  }
}

function isUp(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the worker did not start within ${longestWorkerStart} milliseconds`)),
      longestWorkerStart,
    );
    const settle = (error?: Error) => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error);
    };
    worker.addEventListener("message", () => settle(), { once: true });
    worker.addEventListener(
      "error",
      ({ message }) => settle(new Error(message || "the worker's script could not be loaded")),
      { once: true },
    );
  });
}

async function startInThread({ start, onMessage }: StartOptions): Promise<OwnLeader> {
  const { lead } = await import("./worker.ts");
  const listeners: ((message: PageMessage) => void)[] = [];
  let hasEnded = false;
  const send = (message: PageMessage) => {
    // As over a port: nobody is called back while they call.
    setTimeout(() => {
      if (!hasEnded || message.type === "stop") for (const listener of listeners) listener(message);
    });
  };
  void lead(
    {
      send: (message) => {
        setTimeout(() => {
          if (!hasEnded) onMessage(message);
        });
      },
      listen: (listener) => listeners.push(listener),
    },
    start,
  );
  return {
    send,
    end() {
      for (const listener of listeners) listener({ type: "stop" });
      hasEnded = true;
    },
  };
}
