import { DurableObject } from "cloudflare:workers";
import { createReceiver, type DeltaReceiver, sqliteSchema } from "@fosterflow/segments/receiver";
import { areSameKeys, bearerToken } from "../http/authentication.ts";
import { durableObjectStore } from "../shard/durable_object_store.ts";

/**
 * A backend beside the edge worker, so that a local run shows the whole way: the package's receiver over SQLite. What an application
 * would do with a delta, this does in `onApplied`: it keeps a log, in the transaction that applies.
 */

interface BackendEnvironment {
  readonly BACKEND: DurableObjectNamespace<BackendObject>;
  /** The secret that the edge worker signs with. */
  readonly WEBHOOK_SECRET: string;
  /**
   * What the page of this run shows, and only that knows: it may write what a browser has found out, and nothing else. A backend
   * with visitors gives each a token of its own, and checks source and contact.
   */
  readonly PAGE_KEY: string;
}

const mostDeltas = 1000;

const schema = `${sqliteSchema}
CREATE TABLE IF NOT EXISTS log (
  place INTEGER PRIMARY KEY AUTOINCREMENT, contact TEXT NOT NULL, epoch TEXT NOT NULL, sequence INTEGER NOT NULL, delta TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS log_of_contact ON log (contact, place);
`;

export class BackendObject extends DurableObject<BackendEnvironment> {
  readonly #receiver: Promise<DeltaReceiver>;

  constructor(context: DurableObjectState, environment: BackendEnvironment) {
    super(context, environment);
    context.storage.sql.exec(schema);
    this.#receiver = createReceiver({
      store: durableObjectStore(context.storage),
      secrets: [environment.WEBHOOK_SECRET],
      authorize: ({ authorization, source }) =>
        source.startsWith("web:") && areSameKeys(bearerToken(authorization), environment.PAGE_KEY),
      async onApplied({ contact, epoch, deltas }, sql) {
        for (const delta of deltas) {
          await sql.query("INSERT INTO log (contact, epoch, sequence, delta) VALUES (?, ?, ?, ?)", [
            ...[contact, epoch, delta.sequence, JSON.stringify(delta)],
          ]);
        }
      },
    });
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/backend/v1/deltas" && request.method === "POST") {
      return (await this.#receiver).receive(request);
    }
    if (request.method !== "GET") return problem(405, "Only GET is here.");
    if (pathname === "/backend/v1/deltas") {
      const after = Number(searchParams.get("after") ?? 0);
      return this.#deltas(searchParams.get("contact"), Number.isSafeInteger(after) ? after : 0);
    }
    const contact = /^\/backend\/v1\/memberships\/([^/]+)$/.exec(pathname)?.[1];
    if (contact === undefined) return problem(404, "There is nothing here.");
    return this.#memberships(decodeURIComponent(contact));
  }

  /** What was applied, in the order in which it was. `after` is the `place` of the last one that is known. */
  #deltas(contact: string | null, after: number): Response {
    const where = contact === null ? "" : "contact = ? AND";
    const rows = this.ctx.storage.sql
      .exec(
        `SELECT place, delta FROM log WHERE ${where} place > ? ORDER BY place LIMIT ?`,
        ...(contact === null ? [] : [contact]),
        ...[after, mostDeltas],
      )
      .toArray();
    const deltas = rows.map((row) => ({
      place: Number(row["place"]),
      delta: JSON.parse(String(row["delta"])) as unknown,
    }));
    return Response.json({ deltas, next: deltas.at(-1)?.place ?? after });
  }

  #memberships(contact: string): Response {
    const rows = this.ctx.storage.sql
      .exec(
        "SELECT segment, since, sequence FROM fosterflow_memberships WHERE contact = ? ORDER BY segment",
        contact,
      )
      .toArray();
    const memberships = rows.map((row) => ({
      segment: String(row["segment"]),
      since: new Date(Number(row["since"])).toISOString(),
      sequence: Number(row["sequence"]),
    }));
    return Response.json({ contact, memberships });
  }
}

function problem(status: number, detail: string): Response {
  return new Response(JSON.stringify({ status, detail }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}

export default {
  async fetch(request, { BACKEND }) {
    return BACKEND.get(BACKEND.idFromName("backend")).fetch(request);
  },
} satisfies ExportedHandler<BackendEnvironment>;
