import type { IncomingMessage, ServerResponse } from "node:http";
import type { Message } from "@fosterflow/segments";
import type { Delta, Membership } from "@fosterflow/segments/browser";
import {
  createReceiver,
  type DeltaReceiver,
  sqliteSchema,
  sqliteStore,
} from "@fosterflow/segments/receiver";
import type { Database } from "sql.js";
import { openSqlite } from "../javascript/delivery_world.ts";
import type { Route } from "./site.ts";

/** What can happen to a request. */
export type Fault =
  | "503"
  | "429 with Retry-After"
  | "applied, then dropped"
  | "dropped before"
  | "409"
  | "413"
  | "401"
  | "answer cut off";

/** How often each happens: 45 of 100 requests fail. */
export const everyFault: readonly (readonly [Fault, number])[] = [
  ["503", 0.1],
  ["429 with Retry-After", 0.06],
  ["applied, then dropped", 0.1],
  ["dropped before", 0.05],
  ["409", 0.05],
  ["413", 0.04],
  ["401", 0.02],
  ["answer cut off", 0.03],
];

/** Where deltas go (`/backend`), and messages (`/collect`). */
export class Backend {
  readonly #database: Database;
  readonly #receiver: DeltaReceiver;
  readonly #random: () => number;
  readonly counts = new Map<string, number>();
  readonly failures: unknown[] = [];
  /** Messages that the tracking API has, each once, in the order in which they came. */
  readonly messages = new Map<string, Message>();
  faults: readonly (readonly [Fault, number])[] = [];
  /** No request arrives. */
  isOffline = false;
  token = "good";

  private constructor(database: Database, receiver: DeltaReceiver, random: () => number) {
    this.#database = database;
    this.#receiver = receiver;
    this.#random = random;
  }

  static async open(random: () => number = Math.random): Promise<Backend> {
    const { database, query } = await openSqlite();
    database.exec(sqliteSchema);
    database.exec("CREATE TABLE log (place integer PRIMARY KEY, id text, stream text, delta text)");
    let backend: Backend | undefined;
    const receiver = await createReceiver({
      store: sqliteStore(query),
      authorize: ({ authorization }) => authorization === `Bearer ${backend?.token}`,
      onError: (error) => backend?.failures.push(error),
      async onApplied({ deltas }, sql) {
        for (const delta of deltas) {
          await sql.query("INSERT INTO log (id, stream, delta) VALUES (?, ?, ?)", [
            ...[delta.id, `${delta.source} ${delta.epoch} ${delta.contact}`, JSON.stringify(delta)],
          ]);
        }
      },
    });
    backend = new Backend(database, receiver, random);
    return backend;
  }

  readonly route: Route = async (request, body, response) => {
    const { url } = request;
    if (url !== "/backend/v1/deltas" && url !== "/collect/v1/batch") return false;
    if (this.isOffline) {
      this.#count("offline");
      request.socket.destroy();
      return true;
    }
    const fault = this.#fault();
    this.#count(fault ?? "answered");
    this.#count("requests");
    const own = url.startsWith("/backend") ? this.#deltas : this.#collect;
    await this.#answer(fault, () => own(request, body), response, body);
    return true;
  };

  /** Goes back to before it knew anything, as a backup may. */
  forget(): void {
    for (const table of ["contacts", "progress", "memberships"]) {
      this.#database.exec(`DELETE FROM fosterflow_${table}`);
    }
    this.startLog();
  }

  startLog(): void {
    this.#database.exec("DELETE FROM log");
  }

  /** Every delta that was applied, in order. */
  applied(): Delta[] {
    const rows = this.#database.exec("SELECT delta FROM log ORDER BY place")[0]?.values ?? [];
    return rows.map(([delta]) => JSON.parse(String(delta)));
  }

  memberships(contact: string): Membership[] {
    const rows = this.#database.exec(
      "SELECT segment, since FROM fosterflow_memberships WHERE contact = ? ORDER BY segment",
      [contact],
    )[0]?.values;
    return (rows ?? []).map(([segment, since]) => ({
      segment: String(segment),
      since: Number(since),
    }));
  }

  #count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  #fault(): Fault | undefined {
    let place = this.#random();
    return this.faults.find(([, probability]) => {
      place -= probability;
      return place < 0;
    })?.[0];
  }

  async #answer(
    fault: Fault | undefined,
    work: () => Promise<Response>,
    response: ServerResponse,
    body: Uint8Array,
  ): Promise<void> {
    const say = async (answer: Response, cut = Number.POSITIVE_INFINITY) => {
      response.statusCode = answer.status;
      for (const [name, value] of answer.headers) response.setHeader(name, value);
      response.end((await answer.text()).slice(0, cut));
    };
    const json = (status: number, answer: unknown, headers: Record<string, string> = {}) =>
      say(new Response(JSON.stringify(answer), { status, headers }));
    switch (fault) {
      case undefined:
        return say(await work());
      case "503":
        return json(503, { error: "store_failed", message: "" });
      case "429 with Retry-After":
        return json(429, {}, { "retry-after": "1" });
      case "applied, then dropped":
        await work();
        response.destroy();
        return;
      case "dropped before":
        response.destroy();
        return;
      case "409":
        return json(409, { error: "sequence_gap", expected: this.#expected(body), message: "" });
      case "413":
        return json(413, { error: "batch_too_large", message: "" });
      case "401":
        return json(401, { error: "unauthorized", message: "" });
      case "answer cut off":
        return say(await work(), 5);
    }
  }

  /** Of a tracking API's request it is no stream, which is as good. */
  #expected(body: Uint8Array): number {
    const { source, epoch, contact } = JSON.parse(new TextDecoder().decode(body));
    const found = this.#database.exec(
      "SELECT applied FROM fosterflow_progress WHERE source = ? AND epoch = ? AND contact = ?",
      [source ?? null, epoch ?? null, contact ?? null],
    );
    return Number(found[0]?.values[0]?.[0] ?? 0) + 1;
  }

  readonly #deltas = (request: IncomingMessage, body: Uint8Array): Promise<Response> => {
    const { authorization } = request.headers;
    this.#count(authorization === undefined ? "unload sends" : "delta requests");
    return this.#receiver.receive(
      new Request("http://backend.test/v1/deltas", {
        ...{ method: "POST", body: new Uint8Array(body) },
        headers: authorization === undefined ? {} : { authorization },
      }),
    );
  };

  readonly #collect = async (request: IncomingMessage, body: Uint8Array): Promise<Response> => {
    const { batch, writeKey } = JSON.parse(new TextDecoder().decode(body));
    const basic = `Basic ${btoa("key:")}`;
    if (request.headers.authorization !== basic && writeKey !== "key") {
      return new Response("{}", { status: 401 });
    }
    for (const message of batch as Message[]) {
      const { messageId } = message;
      if (this.messages.has(String(messageId))) this.#count("messages that came twice");
      else this.messages.set(String(messageId), message);
    }
    return new Response(`{"success":true}`);
  };
}
