import type { ContactDelivery } from "../delivery/contact_delivery.ts";
import type { Rules } from "../engine/rules.ts";
import { type Environment, shardStub } from "../environment.ts";
import { shardOf } from "../shard/shard_of.ts";
import type { ContactStorage } from "./contact_storage.ts";

/** Tells the index which endpoints have parked streams of the contact, where that has changed. */
export async function reportParked(
  environment: Environment,
  storage: ContactStorage,
  delivery: ContactDelivery,
  rules: Rules,
): Promise<void> {
  for (const [endpoint, streams] of await delivery.parked(rules)) {
    const { record } = storage;
    if (record === undefined) return;
    const report = streams.length === 0 ? "" : JSON.stringify(streams);
    if ((record.reportedParked[endpoint] ?? "") === report) continue;
    const { workspace, contact } = record;
    const shard = shardStub(environment, workspace, shardOf(contact));
    await shard.reportParked(endpoint, contact, report);
    const current = storage.record;
    if (current === undefined) return;
    const reportedParked = { ...current.reportedParked, [endpoint]: report };
    storage.saveRecord({ ...current, reportedParked });
  }
}
