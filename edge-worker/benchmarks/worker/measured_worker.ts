import { ContactObject } from "../../source/contact/contact_object.ts";
import type { Environment } from "../../source/environment.ts";
import worker from "../../source/worker.ts";
import type { StoredBytes } from "../stored_bytes.ts";

export { IdentityObject, ListObject, RegistryObject, ShardObject } from "../../source/worker.ts";

class MeasuredContactObject extends ContactObject {
  async storedBytes(): Promise<StoredBytes> {
    const { sql } = this.ctx.storage;
    const tables = sql
      .exec(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray();
    let content = 0;
    for (const { name } of tables) {
      for (const row of sql.exec(`SELECT * FROM "${name}"`).toArray()) {
        for (const value of Object.values(row)) content += bytesOf(value);
      }
    }
    return { content, database: sql.databaseSize };
  }
}

export { MeasuredContactObject as ContactObject };

function bytesOf(value: SqlStorageValue): number {
  if (value instanceof ArrayBuffer) return value.byteLength;
  return typeof value === "string" ? new TextEncoder().encode(value).length : 8;
}

/** The edge worker, and what its contacts have stored: GET /v1/stored/{workspace}/{contact}. */
export default {
  async fetch(request, environment, context) {
    const { pathname } = new URL(request.url);
    const [, name] = /^\/v1\/stored\/(.+)$/.exec(pathname) ?? [];
    if (name === undefined) return worker.fetch(request, environment, context);
    const id = environment.CONTACTS.idFromName(decodeURIComponent(name));
    const stub = environment.CONTACTS.get(id) as unknown as MeasuredContactObject;
    return Response.json(await stub.storedBytes());
  },
} satisfies ExportedHandler<Environment>;
