import type { Environment } from "./environment.ts";
import { app } from "./http/app.ts";

export { ContactObject } from "./contact/contact_object.ts";
export { IdentityObject } from "./identity/identity_object.ts";
export { ListObject } from "./lists/list_object.ts";
export { RegistryObject } from "./registry/registry_object.ts";
export { ShardObject } from "./shard/shard_object.ts";

export default {
  fetch: (request, environment, context) => app.fetch(request, environment, context),
} satisfies ExportedHandler<Environment>;
