import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import type { Environment } from "../../source/environment.ts";
import { shardCount } from "../../source/limits.ts";
import { adminKey, writeKey } from "./workspaces.ts";

/** The worker from inside of its process: its API, and what its objects have stored. */

export const environment = env as unknown as Environment;
export const worker = (exports as unknown as { default: Fetcher }).default;

export async function ask(
  method: string,
  path: string,
  body?: unknown,
  authorization = `Bearer ${adminKey}`,
) {
  const response = await worker.fetch(`https://edge${path}`, {
    method,
    headers: { authorization },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, json };
}

export const basic = (key: string) => `Basic ${btoa(`${key}:`)}`;

export const track = (userId: string, event: string, messageId: string, timestamp?: number) =>
  ask("POST", "/v1/track", { userId, event, messageId, timestamp }, basic(writeKey));

export async function define(id: string, when: unknown): Promise<void> {
  expect((await ask("PUT", `/v1/segments/${id}`, { version: 1, when })).status).toBe(201);
}

export async function segmentsOf(contact: string): Promise<unknown> {
  const { json } = await ask("GET", `/v1/contacts/${contact}/segments`);
  return (json["segments"] as { segment: string }[]).map(({ segment }) => segment);
}

export function contactStub(contact: string, workspace = "test") {
  return environment.CONTACTS.get(environment.CONTACTS.idFromName(`${workspace}/${contact}`));
}

export function registryStub() {
  return environment.REGISTRIES.get(environment.REGISTRIES.idFromName("test"));
}

export function listStub(list: string, workspace = "test") {
  return environment.LISTS.get(environment.LISTS.idFromName(`${workspace}/${list}`));
}

export function identityStub(workspace = "test") {
  return environment.IDENTITIES.get(environment.IDENTITIES.idFromName(workspace));
}

export function shardStubs(workspace = "test") {
  return Array.from({ length: shardCount }, (_, shard) =>
    environment.SHARDS.get(environment.SHARDS.idFromName(`${workspace}/${shard}`)),
  );
}

/** All that an object has stored, as one text. */
export function contents(stub: DurableObjectStub<never> | object): Promise<string> {
  return runInDurableObject(stub as DurableObjectStub<undefined>, (_, { storage }) => {
    const tables = storage.sql
      .exec(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray();
    const values = tables.flatMap(({ name }) =>
      storage.sql
        .exec(`SELECT * FROM "${name}"`)
        .toArray()
        .flatMap((row) => Object.values(row)),
    );
    const readable = values.map((value) =>
      value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : String(value),
    );
    return readable.join("\n");
  });
}
