import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LocalRun, putEndpoint, startLocal } from "../local/start.mjs";
import { HttpLoad } from "./http_load.ts";
import type { StoredBytes } from "./stored_bytes.ts";

const workspace = "measured";
const writeKey = "measured-write-key";
const adminKey = "measured-admin-key";

/** The edge worker on bare workerd, with its index, and a backend in a process of its own on the same machine. */
export class MeasuredWorld {
  readonly #options: { readonly port: number; readonly dataFolder: string };
  readonly load: HttpLoad;
  #run: LocalRun;
  readonly #backend: LocalRun;

  private constructor(
    options: { readonly port: number; readonly dataFolder: string },
    run: LocalRun,
    backend: LocalRun,
    connections: number,
  ) {
    this.#options = options;
    this.#run = run;
    this.#backend = backend;
    this.load = new HttpLoad(run.url, writeKey, connections);
  }

  /** @param folder where the data go: on the disk whose speed is to count */
  static async start(port: number, connections: number, folder: string): Promise<MeasuredWorld> {
    const dataFolder = mkdtempSync(join(folder, "edge-bench-"));
    const options = {
      port,
      dataFolder,
      logLevel: "error" as const,
      // That of the local run keeps all messages for the sample; this one has what a deployment has by default.
      workspaces: { [workspace]: { writeKeys: [writeKey], adminKeys: [adminKey] } },
      endpointUrl: null,
      entry: "benchmarks/worker/measured_worker.ts",
    };
    const run = await startLocal(options);
    const backend = await startLocal({
      ...{ port: port + 1, dataFolder: join(dataFolder, "backend") },
      ...{ logLevel: "error", endpointUrl: null },
    });
    const keys = { ...backend.keys, adminKey };
    await putEndpoint(run.url, keys, `${backend.url}/backend/v1/deltas`);
    return new MeasuredWorld(options, run, backend, connections);
  }

  async stop(): Promise<void> {
    this.load.close();
    await Promise.all([this.#run.stop(), this.#backend.stop()]);
    rmSync(this.#options.dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Ends the process and starts another over the same data: nothing is in memory any more. */
  async restart(): Promise<void> {
    await this.#run.stop();
    this.#run = await startLocal(this.#options);
  }

  /** Sends batches one after the other. */
  async send(bodies: readonly string[]): Promise<void> {
    for (const body of bodies) {
      const { status, text } = await this.load.post("/v1/batch", body);
      if (status !== 200) throw new Error(`status ${status}: ${text.slice(0, 300)}`);
    }
  }

  /** Asks the management API, slower where the rate asks for it. */
  async managed(method: string, path: string, body?: unknown): Promise<unknown> {
    for (;;) {
      const response = await fetch(`${this.#run.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${adminKey}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      if (response.status !== 429) {
        throw new Error(`${method} ${path}: ${response.status} ${text}`);
      }
      await sleep(300);
    }
  }

  async stored(contact: string): Promise<StoredBytes> {
    const name = encodeURIComponent(`${workspace}/${contact}`);
    return (await this.managed("GET", `/v1/stored/${name}`)) as StoredBytes;
  }

  /** Until all deltas are delivered: what is left over is not to be part of the next measure. */
  async settle(): Promise<void> {
    let last = "";
    for (let calm = 0; calm < 3; ) {
      await sleep(500);
      const { newestDelta } = (await this.managed("GET", "/v1/segments")) as {
        newestDelta: string;
      };
      calm = newestDelta === last ? calm + 1 : 0;
      last = newestDelta;
    }
  }
}
