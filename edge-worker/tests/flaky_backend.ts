import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  createReceiver,
  type DeltaReceiver,
  sqliteSchema,
  sqliteStore,
} from "../../bindings/receiver/index.ts";
import { openSqlite, seededRandom } from "../../tests/javascript/delivery_world.ts";

/** What can happen to a request, and how often; what is left to 1 goes well. 45 of 100 fail. */
const faults = [
  ["503", 0.08],
  ["500", 0.03],
  ["429 with Retry-After", 0.05],
  ["applied, then dropped", 0.09],
  ["dropped before", 0.05],
  ["applied, answer cut off", 0.04],
  ["409", 0.04],
  ["413", 0.04],
  ["redirect", 0.03],
] as const;

export type BackendLog = readonly {
  contact: string;
  epoch: string;
  sequence: number;
  delta: string;
}[];

/** The package's receiver over SQLite in memory, behind a server that fails in every way. */
export class FlakyBackend {
  readonly outcomes = new Map<string, number>();
  isHealthy = false;
  readonly #server: Server;
  readonly #random = seededRandom(20_261_123);
  readonly #secret: string;
  #receiver: DeltaReceiver | undefined;
  #sqlite: Awaited<ReturnType<typeof openSqlite>> | undefined;

  constructor(secret: string) {
    this.#secret = secret;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<string> {
    await this.#open(await openSqlite());
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return `http://127.0.0.1:${address.port}/v1/deltas`;
  }

  /** What was applied, in order. */
  log(): BackendLog {
    return this.#rows("SELECT contact, epoch, sequence, delta FROM log ORDER BY place").map(
      (row) => ({
        contact: String(row["contact"]),
        epoch: String(row["epoch"]),
        sequence: Number(row["sequence"]),
        delta: String(row["delta"]),
      }),
    );
  }

  /** The segments of each contact. */
  memberships(): Map<string, string[]> {
    const all = new Map<string, string[]>();
    for (const row of this.#rows(
      "SELECT contact, segment FROM fosterflow_memberships ORDER BY contact, segment",
    )) {
      const contact = String(row["contact"]);
      all.set(contact, [...(all.get(contact) ?? []), String(row["segment"])]);
    }
    return all;
  }

  /** The database as it is, to go back to. */
  copy(): Uint8Array {
    if (this.#sqlite === undefined) throw new Error("it does not listen yet");
    return this.#sqlite.database.export();
  }

  /** Somebody restores an older copy. */
  async restore(copy: Uint8Array): Promise<void> {
    await this.#open(await openSqlite(copy));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #open(sqlite: Awaited<ReturnType<typeof openSqlite>>): Promise<void> {
    sqlite.database.exec(sqliteSchema);
    sqlite.database.exec(
      "CREATE TABLE IF NOT EXISTS log (place integer PRIMARY KEY, contact text, epoch text, sequence integer, delta text)",
    );
    this.#sqlite = sqlite;
    this.#receiver = await createReceiver({
      store: sqliteStore(sqlite.query),
      secrets: [this.#secret],
      async onApplied({ deltas }, sql) {
        for (const delta of deltas) {
          await sql.query("INSERT INTO log (contact, epoch, sequence, delta) VALUES (?, ?, ?, ?)", [
            ...[delta.contact, delta.epoch, delta.sequence, JSON.stringify(delta)],
          ]);
        }
      },
    });
  }

  #rows(statement: string): Record<string, unknown>[] {
    return (this.#sqlite?.query(statement, []) ?? []) as Record<string, unknown>[];
  }

  #count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  #fault(): string | undefined {
    if (this.isHealthy) return undefined;
    let place = this.#random();
    for (const [name, share] of faults) {
      if (place < share) return name;
      place -= share;
    }
    return undefined;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const fault = this.#fault();
    this.#count(fault ?? "ok");
    switch (fault) {
      case "503":
      case "500":
        return void response.writeHead(Number(fault)).end();
      case "429 with Retry-After":
        return void response.writeHead(429, { "retry-after": "1" }).end();
      case "dropped before":
        return void response.destroy();
      case "409":
        return void response.writeHead(409).end('{"error":"busy"}');
      case "413":
        return void response.writeHead(Buffer.concat(parts).length > 1000 ? 413 : 503).end();
      case "redirect":
        return void response.writeHead(307, { location: "/elsewhere" }).end();
    }
    const answer = await this.#received(request, Buffer.concat(parts));
    const text = await answer.text();
    if (fault === "applied, then dropped") return void response.destroy();
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    };
    response.writeHead(answer.status, headers);
    if (fault === undefined) return void response.end(text);
    response.write(text.slice(0, 3));
    response.destroy();
  }

  #received(request: IncomingMessage, body: Buffer): Promise<Response> {
    if (this.#receiver === undefined) throw new Error("it does not listen yet");
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    );
    return this.#receiver.receive(
      new Request("http://backend/v1/deltas", {
        method: "POST",
        headers,
        body: new Uint8Array(body),
      }),
    );
  }
}
