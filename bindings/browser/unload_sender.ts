import { KeepaliveBudget, UnloadMemory } from "../delivery/unload.ts";
import type { Stream } from "../delivery/wire.ts";
import type { Delta } from "../javascript/delta_types.ts";
import type { MessageLine } from "./protocol.ts";

interface Endpoints {
  readonly deltas: string | null;
  readonly collect: { readonly endpoint: string; readonly writeKey: string } | null;
}

/** A message takes part only when so much of it is left to send: not all of an offline day's. */
const mostMessages = 100;

/**
 * What a page that is going sends by itself: a worker does not live long enough. All of it stays in the store, and is sent again
 * by whoever leads next, unless the answer was seen.
 */
export class UnloadSender {
  readonly #endpoints: Endpoints;
  readonly #budget = new KeepaliveBudget();
  readonly #deltas = new UnloadMemory();
  readonly #messages = new Map<string, string>();

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
  }

  told(deltas: readonly Delta[]): void {
    if (this.#endpoints.deltas !== null) this.#deltas.appended(deltas);
  }

  delivered(stream: Stream, acknowledged: number): void {
    this.#deltas.acknowledged(stream, acknowledged);
  }

  parked(stream: Stream): void {
    this.#deltas.forget(stream);
  }

  tracked(lines: readonly MessageLine[]): void {
    if (this.#endpoints.collect === null) return;
    for (const { messageId, text } of lines) {
      if (this.#messages.size < mostMessages) this.#messages.set(messageId, text);
    }
  }

  collected(messageIds: readonly string[]): void {
    for (const messageId of messageIds) this.#messages.delete(messageId);
  }

  /** Hands what fits into the budget to the browser. */
  flush(authorization: string | undefined): void {
    const { deltas, collect } = this.#endpoints;
    if (deltas !== null) {
      const left = () => this.#budget.left;
      for (const { body } of this.#deltas.batches(left, Date.now(), authorization)) {
        this.#send(deltas, body);
      }
    }
    if (collect === null || this.#messages.size === 0) return;
    const { endpoint, writeKey } = collect;
    // The header would be asked for first (CORS); the body may have the key, too.
    const head = `{"writeKey":${JSON.stringify(writeKey)},"sentAt":"${new Date().toISOString()}","batch":[`;
    const encoder = new TextEncoder();
    const texts: string[] = [];
    let left = this.#budget.left - head.length - 2;
    for (const text of this.#messages.values()) {
      left -= encoder.encode(text).length + 1;
      if (left < 0) break;
      texts.push(text);
    }
    if (texts.length === 0) return;
    this.#send(`${endpoint}/v1/batch`, encoder.encode(`${head}${texts.join(",")}]}`));
  }

  #send(address: string, body: Uint8Array<ArrayBuffer>): void {
    const giveBack = this.#budget.take(body.length);
    const headers = { "content-type": "text/plain;charset=UTF-8" };
    fetch(address, { method: "POST", keepalive: true, body, headers }).then(giveBack, giveBack);
  }
}
