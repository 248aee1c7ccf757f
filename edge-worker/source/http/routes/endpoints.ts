import type { DeltaCause } from "@fosterflow/segments";
import { signingKey } from "@fosterflow/segments/delivery";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { addressProblem } from "../../delivery/endpoint_address.ts";
import type { EndpointFilter } from "../../engine/configuration.ts";
import { contactStub, registryStub, shardStub } from "../../environment.ts";
import { contactIdRule, isContactId } from "../../ingest/contact_id.ts";
import {
  mostEndpointSecrets,
  mostEndpoints,
  mostManagementBytes,
  refreshConcurrency,
} from "../../limits.ts";
import type { ShownEndpoint } from "../../registry/registry_calls.ts";
import type { AppTypes } from "../app.ts";
import { bodyObject, optionalBodyObject } from "../body.ts";
import { HttpProblem } from "../problem.ts";
import { managed, notFound, pageLimit, pathId } from "./managed.ts";
import { isoText, shards } from "./segments.ts";

/** Backends that deltas are sent to, their secrets, and what could not be delivered to them. */
export const endpointRoutes = new Hono<AppTypes>();

endpointRoutes.get("/v1/endpoints", async (context) => {
  const { name } = await managed(context);
  const endpoints = await registryStub(context.env, name).endpoints();
  return context.json({ endpoints: endpoints.map(shown) });
});

endpointRoutes.get("/v1/endpoints/:id", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const found = (await registryStub(context.env, name).endpoints()).find((one) => one.id === id);
  if (found === undefined) throw notFound("endpoint of this id");
  return context.json(shown(found));
});

endpointRoutes.put("/v1/endpoints/:id", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const body = await bodyObject(context.req.raw, mostManagementBytes);
  const { url, filter, secrets } = body;
  const arePrivateAllowed = context.env.ALLOW_PRIVATE_ENDPOINTS === "true";
  const problem =
    typeof url === "string" ? addressProblem(url, arePrivateAllowed) : "It is missing.";
  if (problem !== undefined) throw new HttpProblem("parameter_invalid", `\`url\`: ${problem}`);
  const result = await registryStub(context.env, name).putEndpoint(
    { id, url: String(url), filter: checkedFilter(filter) },
    await checkedSecrets(secrets),
  );
  if (result === "too_many") {
    throw new HttpProblem("conflict", `A workspace has at most ${mostEndpoints} endpoints.`);
  }
  const told = result.newSecret === null ? {} : { secret: result.newSecret };
  return context.json({ ...shown(result.endpoint), ...told }, result.isNew ? 201 : 200);
});

endpointRoutes.delete("/v1/endpoints/:id", async (context) => {
  const { name } = await managed(context);
  const isDeleted = await registryStub(context.env, name).deleteEndpoint(pathId(context));
  if (!isDeleted) throw notFound("endpoint of this id");
  return context.body(null, 204);
});

endpointRoutes.post("/v1/endpoints/:id/secrets", async (context) => {
  const { name } = await managed(context);
  const secret = await registryStub(context.env, name).addEndpointSecret(pathId(context));
  if (secret === null) throw notFound("endpoint of this id");
  return context.json({ secret }, 201);
});

endpointRoutes.delete("/v1/endpoints/:id/secrets", async (context) => {
  const { name } = await managed(context);
  const isDone = await registryStub(context.env, name).retireEndpointSecrets(pathId(context));
  if (!isDone) throw notFound("endpoint of this id");
  return context.body(null, 204);
});

endpointRoutes.post("/v1/endpoints/:id/resume", async (context) => {
  const { name } = await managed(context);
  const isDone = await registryStub(context.env, name).resumeEndpoint(pathId(context));
  if (!isDone) throw notFound("endpoint of this id");
  return context.json({ status: "resumed" }, 202);
});

endpointRoutes.get("/v1/endpoints/:id/parked", async (context) => {
  const { name } = await managed(context);
  const limit = pageLimit(context);
  const parked = await parkedContacts(context, name, context.req.query("after") ?? "", limit);
  return context.json({
    parked: parked.map(({ contact, streams }) => ({
      contact,
      streams: JSON.parse(streams) as unknown,
    })),
    next: parked.length === limit ? (parked.at(-1)?.contact ?? null) : null,
  });
});

endpointRoutes.post("/v1/endpoints/:id/parked/retry", async (context) => {
  const { name: workspace } = await managed(context);
  const endpoint = pathId(context);
  const streams = await forParked(context, workspace, (contact) =>
    contactStub(context.env, workspace, contact).retryParked({ workspace, contact, endpoint }),
  );
  return context.json({ streams }, 202);
});

/** Deletes parked deltas: they are lost, by somebody's decision. */
endpointRoutes.post("/v1/endpoints/:id/parked/discard", async (context) => {
  const { name: workspace } = await managed(context);
  const endpoint = pathId(context);
  const deltas = await forParked(context, workspace, (contact) =>
    contactStub(context.env, workspace, contact).discardParked({ workspace, contact, endpoint }),
  );
  return context.json({ deltas });
});

/** Does it for the contact in the body, or for a page of those that have something parked. @returns the sum */
async function forParked(
  context: Context<AppTypes>,
  workspace: string,
  work: (contact: string) => Promise<number>,
): Promise<number> {
  const { contact: given } = await optionalBodyObject(context.req.raw, mostManagementBytes);
  if (given !== undefined && (typeof given !== "string" || !isContactId(given))) {
    throw new HttpProblem("parameter_invalid", `\`contact\`: ${contactIdRule}`);
  }
  const contacts =
    given !== undefined
      ? [given]
      : (await parkedContacts(context, workspace, "", pageLimit(context))).map(
          ({ contact }) => contact,
        );
  let sum = 0;
  const one = async () => {
    for (let contact = contacts.shift(); contact !== undefined; contact = contacts.shift()) {
      sum += await work(contact);
    }
  };
  await Promise.all(Array.from({ length: refreshConcurrency }, one));
  return sum;
}

async function parkedContacts(
  context: Context<AppTypes>,
  workspace: string,
  after: string,
  limit: number,
) {
  const id = pathId(context);
  const pages = await Promise.all(
    shards().map((shard) => shardStub(context.env, workspace, shard).parked(id, after, limit)),
  );
  return pages
    .flat()
    .sort((left, right) => (left.contact < right.contact ? -1 : 1))
    .slice(0, limit);
}

const causes: ReadonlySet<unknown> = new Set<DeltaCause>([
  "message",
  "time",
  "definition",
  "merge",
  "first",
]);

function checkedFilter(value: unknown): EndpointFilter {
  if (value === undefined || value === null) return {};
  const wrong = new HttpProblem(
    "parameter_invalid",
    '`filter` is {"segments": [id, …], "causes": ["message" | "time" | "definition" | "merge" | "first", …]}; either may be missing.',
  );
  if (typeof value !== "object" || Array.isArray(value)) throw wrong;
  const { segments, causes: wanted, ...others } = value as Record<string, unknown>;
  const areTexts = (list: unknown) =>
    Array.isArray(list) && list.every((item) => typeof item === "string");
  if (Object.keys(others).length > 0) throw wrong;
  if (segments !== undefined && !areTexts(segments)) throw wrong;
  if (
    wanted !== undefined &&
    !(Array.isArray(wanted) && wanted.every((cause) => causes.has(cause)))
  )
    throw wrong;
  return {
    ...(segments === undefined ? {} : { segments: segments as string[] }),
    ...(wanted === undefined ? {} : { causes: wanted as DeltaCause[] }),
  };
}

async function checkedSecrets(value: unknown): Promise<readonly string[] | undefined> {
  if (value === undefined) return undefined;
  const isList =
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= mostEndpointSecrets &&
    value.every((item) => typeof item === "string");
  if (!isList) {
    throw new HttpProblem(
      "parameter_invalid",
      `\`secrets\` is 1 to ${mostEndpointSecrets} texts, the newest first.`,
    );
  }
  try {
    await Promise.all(value.map((secret: string) => signingKey(secret)));
  } catch (error) {
    throw new HttpProblem(
      "parameter_invalid",
      `\`secrets\`: ${error instanceof Error ? error.message : ""}`,
    );
  }
  return value as string[];
}

function shown({ id, url, filter, secretFingerprints, createdAt }: ShownEndpoint) {
  return { id, url, filter, secretFingerprints, createdAt: isoText(createdAt) };
}
