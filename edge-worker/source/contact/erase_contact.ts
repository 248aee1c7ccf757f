import {
  contactStub,
  type Environment,
  identityStub,
  listStub,
  registryStub,
  shardStub,
} from "../environment.ts";
import { shardOf } from "../shard/shard_of.ts";

/**
 * Erases a contact with all its ids: objects with their outboxes, index, counts, feed, what is parked, lists, aliases. May be repeated
 * when it failed halfway.
 *
 * @returns the ids, by code point
 */
export async function eraseContact(
  environment: Environment,
  workspace: string,
  contact: string,
): Promise<readonly string[]> {
  const identity = identityStub(environment, workspace);
  const erased = new Set<string>();
  let ids = await identity.idsOf(contact);
  // An alias that came meanwhile has joined more of them.
  while (ids.length > 0) {
    for (const id of ids) {
      await eraseId(environment, workspace, id);
      erased.add(id);
    }
    ids = await identity.forget(contact, [...erased]);
  }
  return [...erased].sort();
}

async function eraseId(environment: Environment, workspace: string, id: string): Promise<void> {
  const lists = await registryStub(environment, workspace).lists();
  // The lists first, or they would tell the contact again that it is on them; the index last, since the contact tells it.
  await Promise.all(lists.map((list) => listStub(environment, workspace, list.id).erase(id)));
  await contactStub(environment, workspace, id).erase();
  await shardStub(environment, workspace, shardOf(id)).erase(id);
}
