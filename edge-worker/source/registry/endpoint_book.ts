import { now } from "../clock.ts";
import type { Endpoint } from "../engine/configuration.ts";
import { hex, sha256 } from "../http/workspaces.ts";
import { mostEndpointSecrets, mostEndpoints } from "../limits.ts";
import type { ShownEndpoint } from "./registry_calls.ts";

const secretBytes = 32;

/** The endpoints of a workspace and their secrets. What writes runs inside the caller's transaction. */
export class EndpointBook {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  all(): Endpoint[] {
    return this.#rows().map(({ endpoint }) => endpoint);
  }

  get(id: string): Endpoint | undefined {
    return this.all().find((endpoint) => endpoint.id === id);
  }

  async shown(): Promise<ShownEndpoint[]> {
    return Promise.all(
      this.#rows().map(async ({ endpoint: { id, url, filter, secrets }, createdAt }) => ({
        ...{ id, url, filter, createdAt },
        secretFingerprints: await Promise.all(
          secrets.map(async (secret) => hex(await sha256(secret)).slice(0, 8)),
        ),
      })),
    );
  }

  /** The endpoint as it is to be saved; it keeps its secrets, or gets its first, when none are given. */
  async prepare(
    given: Omit<Endpoint, "secrets" | "resumedAt">,
    secrets: readonly string[] | undefined,
  ): Promise<{ endpoint: Endpoint; newSecret: string | null; isNew: boolean } | "too_many"> {
    const before = this.get(given.id);
    if (before === undefined && this.all().length >= mostEndpoints) return "too_many";
    const kept = secrets ?? before?.secrets ?? [];
    const newSecret = kept.length === 0 ? newSigningSecret() : null;
    const endpoint: Endpoint = {
      ...given,
      secrets: newSecret === null ? kept : [newSecret],
      resumedAt: before?.resumedAt ?? 0,
    };
    return { endpoint, newSecret, isNew: before === undefined };
  }

  withNewSecret(endpoint: Endpoint): { endpoint: Endpoint; secret: string } {
    const secret = newSigningSecret();
    const secrets = [secret, ...endpoint.secrets].slice(0, mostEndpointSecrets);
    return { endpoint: { ...endpoint, secrets }, secret };
  }

  save(endpoint: Endpoint): void {
    this.#sql.exec(
      "INSERT INTO endpoints (id, endpoint, createdAt) VALUES (?, ?, ?) " +
        "ON CONFLICT (id) DO UPDATE SET endpoint = excluded.endpoint",
      ...[endpoint.id, JSON.stringify(endpoint), now()],
    );
  }

  delete(id: string): void {
    this.#sql.exec("DELETE FROM endpoints WHERE id = ?", id);
  }

  #rows(): { endpoint: Endpoint; createdAt: number }[] {
    return this.#sql
      .exec("SELECT endpoint, createdAt FROM endpoints ORDER BY id")
      .toArray()
      .map((row) => ({
        endpoint: JSON.parse(String(row["endpoint"])) as Endpoint,
        createdAt: Number(row["createdAt"]),
      }));
  }
}

function newSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(secretBytes));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
