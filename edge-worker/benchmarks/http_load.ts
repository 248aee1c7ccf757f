import { Agent, request } from "node:http";

/** Sends POST requests over connections that are kept, without a client's own work in between. */
export class HttpLoad {
  readonly #url: URL;
  readonly #agent: Agent;
  readonly #authorization: string;

  constructor(url: string, writeKey: string, connections: number) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#authorization = `Basic ${btoa(`${writeKey}:`)}`;
  }

  /** The status and body of one answer. */
  post(path: string, body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: this.#url.hostname,
          port: this.#url.port,
          path,
          method: "POST",
          agent: this.#agent,
          headers: {
            authorization: this.#authorization,
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            text += part;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
          response.on("error", reject);
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

export interface LoadResult {
  readonly seconds: number;
  readonly requests: number;
  /** Milliseconds from when a request was due to its answer, sorted. */
  readonly latencies: Float64Array;
}

/** As many requests as so many connections carry, one after the other on each. */
export async function closedLoop(
  load: HttpLoad,
  path: string,
  bodies: readonly string[],
  connections: number,
): Promise<LoadResult> {
  const latencies: number[] = [];
  let next = 0;
  const begun = performance.now();
  const one = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const sent = performance.now();
      await checked(load.post(path, body));
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return result(begun, latencies);
}

/** Requests at a fixed rate, whether or not the answers come in time: waiting counts. */
export async function openLoop(
  load: HttpLoad,
  path: string,
  bodies: readonly string[],
  requestsPerSecond: number,
): Promise<LoadResult> {
  const latencies: number[] = [];
  const begun = performance.now();
  const waiting: Promise<void>[] = [];
  for (const [index, body] of bodies.entries()) {
    const dueAt = begun + (index * 1000) / requestsPerSecond;
    const early = dueAt - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    waiting.push(
      checked(load.post(path, body)).then(() => {
        latencies.push(performance.now() - dueAt);
      }),
    );
  }
  await Promise.all(waiting);
  return result(begun, latencies);
}

export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function result(begun: number, latencies: number[]): LoadResult {
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, requests: latencies.length, latencies: Float64Array.from(latencies).sort() };
}

async function checked(answer: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`status ${status}: ${text.slice(0, 300)}`);
}
