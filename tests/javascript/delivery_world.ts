import initSqlJs, { type Database } from "sql.js";
import {
  type Clock,
  createSender,
  MemoryOutbox,
  type SenderEvent,
  type SenderOptions,
} from "../../bindings/delivery/index.ts";
import type { Delta, DeltaCause } from "../../bindings/javascript/delta_types.ts";
import type { SqliteQuery } from "../../bindings/receiver/index.ts";

/** What the tests of delivery share: time that only tests move, chance that repeats, a database, deltas. */

export const start = Date.UTC(2026, 0, 1);
export const endpoint = "https://backend.test/v1/deltas";
export const secret = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;
export const nextSecret = `whsec_${btoa("fedcba9876543210fedcba9876543210")}`;

/** A clock that stands until it is moved; its timers fire while it moves. */
export class TestClock implements Clock {
  #now: number;
  #timers: { at: number; callback: () => void }[] = [];

  constructor(now = start) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** The instants at which timers fire. */
  get timers(): number[] {
    return this.#timers.map(({ at }) => at).sort((a, b) => a - b);
  }

  advanceTo(instant: number): void {
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= instant).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = Math.max(this.#now, instant);
  }
}

/** Numbers from 0 to less than 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Deltas of one stream with these sequences, as the engine writes them. */
export function someDeltas(
  from: number,
  to: number,
  given: { epoch?: string; contact?: string; cause?: DeltaCause; segment?: string } = {},
): Delta[] {
  const { epoch = "e1", contact = "u1", cause = "message" } = given;
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const sequence = from + index;
    const segment = given.segment ?? (cause === "first" ? `segment-${sequence}` : "vip");
    const isEntered = cause === "first" || sequence % 2 === 1;
    return {
      id: `edge:${epoch}:${contact}:${sequence}`,
      ...{ source: "edge", epoch, contact, sequence, segment },
      definition: "0123456789abcdef",
      change: isEntered ? "entered" : "exited",
      at: new Date(start + sequence).toISOString(),
      decidedAt: new Date(start + sequence).toISOString(),
      cause,
      ...(cause === "message" ? { messageId: `m${sequence}` } : {}),
    };
  });
}

/** A real SQLite in memory, perhaps as a copy has it, and how the receiver asks it. */
export async function openSqlite(
  copy?: Uint8Array,
): Promise<{ database: Database; query: SqliteQuery }> {
  const { Database } = await initSqlJs();
  const database = new Database(copy);
  return {
    database,
    query(statement, parameters) {
      const prepared = database.prepare(statement);
      try {
        prepared.bind([...parameters]);
        const rows = [];
        while (prepared.step()) rows.push(prepared.getAsObject());
        return rows;
      } finally {
        prepared.free();
      }
    },
  };
}

/** Requests as they came, and answers as told. */
export function scriptedFetch(...answers: (Response | Error | (() => Promise<Response>))[]) {
  const requests: { url: string; init: RequestInit; body: SentBody }[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    const text = new TextDecoder().decode(init.body as Uint8Array);
    requests.push({ url: String(url), init, body: JSON.parse(text) as SentBody });
    const answer = answers.shift();
    if (answer === undefined) throw new Error("no answer is left");
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer() : answer;
  };
  return { fetch: fetch as typeof globalThis.fetch, requests, answers };
}

export interface SentBody {
  version: number;
  source: string;
  epoch: string;
  contact: string;
  sentAt: string;
  opening?: number;
  authorization?: string;
  deltas: Delta[];
}

export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

export const acked = (sequence: number): Response => json(200, { acked: sequence });

export function sequences(deltas: readonly Delta[]): number[] {
  return deltas.map(({ sequence }) => sequence);
}

type Answers = Parameters<typeof scriptedFetch>;

/** A sender over an outbox with these deltas; chance always says 1/2. */
export async function opened(
  deltas: ReturnType<typeof someDeltas>,
  answers: Answers,
  options: Partial<SenderOptions> = {},
) {
  const outbox = new MemoryOutbox();
  outbox.append(deltas);
  const clock = new TestClock();
  const network = scriptedFetch(...answers);
  const events: SenderEvent[] = [];
  const sending: number[] = [];
  const sender = await createSender({
    ...{ endpoint, outbox, clock, fetch: network.fetch, random: () => 0.5 },
    onEvent: (event) => {
      // Most tests ask what became of a request.
      if (event.type === "sending") sending.push(event.deltas);
      else events.push(event);
    },
    ...options,
  });
  const types = () => events.map(({ type }) => type);
  return { outbox, clock, sender, events, sending, types, ...network };
}
