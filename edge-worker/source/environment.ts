import type { ContactObject } from "./contact/contact_object.ts";
import type { IdentityObject } from "./identity/identity_object.ts";
import type { ListObject } from "./lists/list_object.ts";
import type { RegistryObject } from "./registry/registry_object.ts";
import type { ShardObject } from "./shard/shard_object.ts";

/** What the host binds to the worker; wrangler.jsonc and the local run agree with it. */
export interface Environment {
  readonly CONTACTS: DurableObjectNamespace<ContactObject>;
  readonly REGISTRIES: DurableObjectNamespace<RegistryObject>;
  readonly IDENTITIES: DurableObjectNamespace<IdentityObject>;
  readonly SHARDS: DurableObjectNamespace<ShardObject>;
  readonly LISTS: DurableObjectNamespace<ListObject>;
  /** The studio worker: reasons, counts of unsaved rules, the API's document. */
  readonly STUDIO: Fetcher;
  /** JSON: the workspaces by name, with their keys (`Workspace`). A secret. */
  readonly WORKSPACES: string;
  /** "true": endpoints may be in private networks, and without TLS. For local runs. */
  readonly ALLOW_PRIVATE_ENDPOINTS?: string;
  /** "debug", "info" (default), "warning" or "error": lines below it are not logged. */
  readonly LOG_LEVEL?: string;
  /** The bearer token for /metrics; without it nobody reads them. */
  readonly METRICS_KEY?: string;
}

/** What can be called on an object from elsewhere: its methods that answer promises. */
export type Remote<Target> = {
  [Name in keyof Target as Target[Name] extends (...parameters: never[]) => Promise<unknown>
    ? Exclude<Name, "fetch" | "alarm">
    : never]: Target[Name];
} & Pick<Fetcher, "fetch">;

// A workspace's name has no slash, so no two objects share a name.

export function contactStub(
  environment: Environment,
  workspace: string,
  contact: string,
): Remote<ContactObject> {
  return remote(
    environment.CONTACTS.get(environment.CONTACTS.idFromName(`${workspace}/${contact}`)),
  );
}

export function registryStub(environment: Environment, workspace: string): Remote<RegistryObject> {
  return remote(environment.REGISTRIES.get(environment.REGISTRIES.idFromName(workspace)));
}

export function identityStub(environment: Environment, workspace: string): Remote<IdentityObject> {
  return remote(environment.IDENTITIES.get(environment.IDENTITIES.idFromName(workspace)));
}

export function shardStub(
  environment: Environment,
  workspace: string,
  shard: number,
): Remote<ShardObject> {
  return remote(environment.SHARDS.get(environment.SHARDS.idFromName(`${workspace}/${shard}`)));
}

export function listStub(
  environment: Environment,
  workspace: string,
  list: string,
): Remote<ListObject> {
  return remote(environment.LISTS.get(environment.LISTS.idFromName(`${workspace}/${list}`)));
}

/** The host's type of a stub cannot say answers that are one of several shapes. */
function remote<Target>(stub: unknown): Remote<Target> {
  return stub as Remote<Target>;
}
