import { createServer } from "node:net";
import { type Command, StartedProgram } from "./processes.ts";

const longestAnswer = 120_000;

/** A program that serves HTTP on a port of this machine. */
export interface ServerProgram {
  readonly origin: string;
  /** What it answers. @throws Error with what it printed, when that is no success. */
  answer(path: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startedServer(command: (port: number) => Command): Promise<ServerProgram> {
  const port = await freePort();
  const started = new StartedProgram(command(port));
  const origin = `http://127.0.0.1:${port}`;
  const ended = started.exited.then((status): never => {
    throw started.failure(`ended with ${status}`);
  });
  // Stopping it is such an end, and nobody waits for it then.
  ended.catch(() => undefined);
  return {
    origin,
    answer: async (path) => {
      const { ok, text } = await Promise.race([firstAnswer(origin + path), ended]);
      if (!ok) throw started.failure(`answered: ${text.slice(0, 500)}`);
      return text;
    },
    stop: () => started.stop(),
  };
}

/** The server listens some time after it was started. */
async function firstAnswer(address: string): Promise<{ ok: boolean; text: string }> {
  const signal = AbortSignal.timeout(longestAnswer);
  for (;;) {
    try {
      const response = await fetch(address, { signal });
      return { ok: response.ok, text: await response.text() };
    } catch (error) {
      if (signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
