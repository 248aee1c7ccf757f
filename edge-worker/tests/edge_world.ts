import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LocalOptions, type LocalRun, startLocal } from "../local/start.mjs";
import { checkExchange } from "./api_document.ts";

/** In memory where there is such a folder: the faster the storage, the more races there are to be lost. */
const fastFolder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** The edge worker in a process of workerd, with data of its own, and short ways to ask it. Each answer is held to the document. */
export class EdgeWorld {
  run: LocalRun;
  readonly #options: LocalOptions & { readonly dataFolder: string };

  private constructor(run: LocalRun, options: LocalOptions & { readonly dataFolder: string }) {
    this.run = run;
    this.#options = options;
  }

  static async start(port: number, given: LocalOptions = {}): Promise<EdgeWorld> {
    const dataFolder = mkdtempSync(join(fastFolder, "edge-test-"));
    const options = { port, dataFolder, quiet: true, ...given };
    return new EdgeWorld(await startLocal(options), options);
  }

  async stop(): Promise<void> {
    await this.run.stop();
    rmSync(this.#options.dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Ends the process and starts another over the same data, otherwise configured. */
  async restart(options: LocalOptions): Promise<void> {
    await this.run.stop();
    this.run = await startLocal({ ...this.#options, ...options });
  }

  get url(): string {
    return this.run.url;
  }

  /** Sends messages with the write key. */
  async write(path: string, body: unknown, init: RequestInit = {}): Promise<Answer> {
    return this.ask("POST", path, body, {
      authorization: `Basic ${btoa(`${this.run.keys.writeKey}:`)}`,
      ...(init.headers as Record<string, string> | undefined),
    });
  }

  /** Asks the management API with the admin key. */
  async admin(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.ask(method, path, body, {
      authorization: `Bearer ${this.run.keys.adminKey}`,
      ...headers,
    });
  }

  async ask(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    const sent = isRaw ? (body as BodyInit) : JSON.stringify(body);
    const response = await fetch(`${this.url}${path}`, {
      ...{ method, headers },
      ...(body === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    const isJson = /json/.test(type);
    checkExchange({ method, path, requestBody: sent, status: response.status, type, text });
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : {},
    };
  }

  /** The definition in force from the answer on. */
  async define(id: string, when: unknown, parts: Record<string, unknown> = {}): Promise<void> {
    const { status, text } = await this.admin("PUT", `/v1/segments/${id}`, {
      version: 1,
      when,
      ...parts,
    });
    assert.ok(status === 200 || status === 201, text);
  }

  /** The segments that a contact is in. */
  async segmentsOf(contact: string): Promise<string[]> {
    const { status, json, text } = await this.admin(
      "GET",
      `/v1/contacts/${encodeURIComponent(contact)}/segments`,
    );
    assert.equal(status, 200, text);
    return (json["segments"] as { segment: string }[]).map(({ segment }) => segment);
  }

  /** What the backend of the local run has applied of a contact. */
  async applied(contact: string): Promise<AppliedDelta[]> {
    const { json } = await this.ask(
      "GET",
      `/backend/v1/deltas?contact=${encodeURIComponent(contact)}`,
      undefined,
      {},
    );
    return (json["deltas"] as { delta: AppliedDelta }[]).map(({ delta }) => delta);
  }

  /** The sum of a metric's series that have these labels. */
  async metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const { status, text } = await this.ask("GET", "/metrics", undefined, {
      authorization: `Bearer ${this.run.keys.metricsKey}`,
    });
    assert.equal(status, 200, text);
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return text
      .split("\n")
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .filter((line) => wanted.every((label) => line.includes(label)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }

  /** Asks again and again until it is so. */
  async until<Result>(
    ask: () => Promise<Result | undefined | false>,
    what: string,
  ): Promise<Result> {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      const result = await ask();
      if (result !== undefined && result !== false) return result;
      await sleep(50);
    }
    throw new Error(`it did not come: ${what}`);
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What a JSON answer says. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface AppliedDelta {
  readonly id: string;
  readonly contact: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly segment: string;
  readonly change: string;
  readonly cause: string;
  readonly at: string;
  readonly decidedAt: string;
  readonly messageId?: string;
}
