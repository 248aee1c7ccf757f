import * as Comlink from "comlink";
import type { LoadedAudience, LoaderService, LoadSource, LoadStep } from "./loader_service.ts";

/**
 * Loads messages in a worker of their own. The signal ends it at once, and nothing has changed then.
 *
 * @throws the signal's reason; an Error, when the messages do not fit into memory.
 */
export async function loadAudience(
  source: LoadSource,
  options: { onStep: (step: LoadStep) => void; signal: AbortSignal },
): Promise<LoadedAudience> {
  const { onStep, signal } = options;
  signal.throwIfAborted();
  const worker = new Worker(new URL("./loader_worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise<LoadedAudience>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      worker.onerror = ({ message }) => reject(new Error(message || "The worker could not start."));
      Comlink.wrap<LoaderService>(worker).load(source, Comlink.proxy(onStep)).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
