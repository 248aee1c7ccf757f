import type { SegmentDefinition } from "@fosterflow/segments";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { now } from "../../clock.ts";
import { rulesOf } from "../../engine/rules.ts";
import { registryStub, shardStub } from "../../environment.ts";
import { mostManagementBytes, shardCount } from "../../limits.ts";
import type {
  ChangeAnswer,
  Precondition,
  Refresh,
  StoredSegment,
} from "../../registry/registry_calls.ts";
import type { EvaluateRequest } from "../../studio/studio_requests.ts";
import type { AppTypes } from "../app.ts";
import { bodyObject, optionalBodyObject } from "../body.ts";
import { HttpProblem } from "../problem.ts";
import { instantParameter, managed, notFound, pageLimit, pathId } from "./managed.ts";

/** Definitions, parameters, counts, members, refreshes. */
export const segmentRoutes = new Hono<AppTypes>();

segmentRoutes.get("/v1/segments", async (context) => {
  const { name } = await managed(context);
  const { version, segments, summaries, parameters, refresh } = await registryStub(
    context.env,
    name,
  ).list();
  const counts = await workspaceCounts(context, name);
  const byId = new Map(summaries.map((summary) => [summary.id, summary]));
  return context.json({
    version,
    contacts: counts.contacts,
    asOf: counts.asOf,
    newestDelta: counts.newestDelta,
    parameters,
    refresh: refresh === null ? null : shownRefresh(refresh),
    segments: segments.map((segment) => ({
      ...shownSegment(segment),
      count: counts.bySegment.get(segment.id) ?? 0,
      usedBy: byId.get(segment.id)?.usedBy ?? [],
      dependsOn: byId.get(segment.id)?.dependsOn,
      isFilled: isFilled(segment, refresh),
    })),
  });
});

segmentRoutes.get("/v1/segments/:id", async (context) => {
  const { name } = await managed(context);
  const found = await registryStub(context.env, name).segment(pathId(context));
  if (found === null) throw notFound("segment of this id");
  const { segment, refresh } = found;
  const { bySegment, asOf, newestDelta } = await workspaceCounts(context, name);
  return context.json(
    {
      ...shownSegment(segment),
      ...{ count: bySegment.get(segment.id) ?? 0, asOf, newestDelta },
      isFilled: isFilled(segment, refresh),
      refresh: refresh === null ? null : shownRefresh(refresh),
    },
    200,
    { etag: `"${segment.hash}"` },
  );
});

segmentRoutes.put("/v1/segments/:id", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const given = await bodyObject(context.req.raw, mostManagementBytes);
  if (given["id"] !== undefined && given["id"] !== id) {
    throw new HttpProblem(
      "parameter_invalid",
      `The definition's id is not "${id}", as the path has it.`,
    );
  }
  const registry = registryStub(context.env, name);
  const answer = await registry.putSegment(
    id,
    JSON.stringify({ ...given, id }),
    preconditionOf(context),
  );
  return changed(context, name, answer);
});

segmentRoutes.delete("/v1/segments/:id", async (context) => {
  const { name } = await managed(context);
  const registry = registryStub(context.env, name);
  const answer = await registry.deleteSegment(pathId(context), preconditionOf(context));
  if (answer.kind === "refused") {
    throw new HttpProblem("conflict", `Other segments need it. ${answer.message}`, {
      problems: answer.problems,
    });
  }
  return changed(context, name, answer);
});

segmentRoutes.get("/v1/segments/:id/versions", async (context) => {
  const { name } = await managed(context);
  const versions = await registryStub(context.env, name).versions(pathId(context));
  if (versions.length === 0) throw notFound("segment of this id, nor was there ever one");
  return context.json({
    versions: versions.map(({ version, at, definition }) => ({
      version,
      at: isoText(at),
      definition: definition === null ? null : JSON.parse(definition),
    })),
  });
});

segmentRoutes.post("/v1/segments/:id/duplicate", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const registry = registryStub(context.env, name);
  const found = await registry.segment(id);
  if (found === null) throw notFound("segment of this id");
  const given = await optionalBodyObject(context.req.raw, mostManagementBytes);
  const original = JSON.parse(found.segment.definition) as Record<string, unknown>;
  const newId = typeof given["id"] === "string" ? given["id"] : `${id}-copy`;
  const newName =
    typeof given["name"] === "string" ? given["name"] : `${String(original["name"] ?? id)} (copy)`;
  const definition = JSON.stringify({ ...original, id: newId, name: newName });
  return changed(context, name, await registry.putSegment(newId, definition, { mustBeNew: true }));
});

segmentRoutes.post("/v1/segments/:id/refresh", async (context) => {
  const { name } = await managed(context);
  const registry = registryStub(context.env, name);
  if ((await registry.segment(pathId(context))) === null) throw notFound("segment of this id");
  return context.json({ refresh: shownRefresh(await registry.startRefresh()) }, 202);
});

segmentRoutes.get("/v1/segments/:id/members", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const limit = pageLimit(context);
  const after = context.req.query("after") ?? "";
  const found = await registryStub(context.env, name).segment(id);
  if (found === null) throw notFound("segment of this id");
  const pages = await Promise.all(
    shards().map((shard) => shardStub(context.env, name, shard).members(id, after, limit)),
  );
  const members = pages
    .flat()
    .sort((left, right) => compareCodePoints(left.contact, right.contact));
  const page = members.slice(0, limit);
  return context.json({
    members: page.map(({ contact, since }) => ({ contact, since: isoText(since) })),
    next: members.length > limit || page.length === limit ? (page.at(-1)?.contact ?? null) : null,
  });
});

/** Counts an unsaved definition over a sample of the contacts. */
segmentRoutes.post("/v1/evaluations", async (context) => {
  const workspace = await managed(context);
  const body = await bodyObject(context.req.raw, mostManagementBytes);
  const { definition } = body;
  if (typeof definition !== "object" || definition === null || Array.isArray(definition)) {
    throw new HttpProblem(
      "body_unreadable",
      '`definition` must be a segment, as {"definition": {…}}.',
    );
  }
  const at = instantParameter(context, "at") ?? now();
  const { configuration } = await rulesOf(context.env, workspace.name);
  const { version, segments, parameters } = configuration;
  const request: EvaluateRequest = {
    ...{
      workspace: workspace.name,
      sampleRate: workspace.sampleRate,
      at,
      version,
      segments,
      parameters,
    },
    definition: definition as SegmentDefinition,
  };
  const response = await context.env.STUDIO.fetch("https://studio/evaluate", {
    method: "POST",
    body: JSON.stringify(request),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.status === 422) {
    const { message, problems } = answer as { message: string; problems: [] };
    throw new HttpProblem("definition_refused", message, { problems });
  }
  if (!response.ok)
    throw new HttpProblem("unavailable", "The sample cannot be read. Try again in a moment.");
  return context.json(answer);
});

segmentRoutes.get("/v1/parameters", async (context) => {
  const { name } = await managed(context);
  const { parameters, version } = await registryStub(context.env, name).list();
  return context.json({ version, parameters });
});

/** Overrides of the parameters that definitions declare; those that are not given have their declared values. */
segmentRoutes.put("/v1/parameters", async (context) => {
  const { name } = await managed(context);
  const given = await bodyObject(context.req.raw, mostManagementBytes);
  const answer = await registryStub(context.env, name).putParameters(
    given as Record<string, number>,
  );
  return changed(context, name, answer);
});

async function changed(
  context: Context<AppTypes>,
  workspace: string,
  answer: ChangeAnswer,
): Promise<Response> {
  switch (answer.kind) {
    case "changed": {
      const { version, isNew, segment, problems } = answer;
      const refresh =
        context.req.query("refresh") === "true"
          ? shownRefresh(await registryStub(context.env, workspace).startRefresh())
          : null;
      const body = {
        version,
        problems,
        refresh,
        ...(segment === null ? {} : { segment: shownSegment(segment) }),
      };
      const headers = segment === null ? {} : { etag: `"${segment.hash}"` };
      return context.json(body, isNew ? 201 : 200, headers);
    }
    case "refused":
      throw new HttpProblem("definition_refused", answer.message, { problems: answer.problems });
    case "not_found":
      throw notFound("segment of this id");
    case "exists":
      throw new HttpProblem("conflict", "There is a segment of this id. Choose another.");
    case "changed_meanwhile":
      throw new HttpProblem(
        "precondition_failed",
        answer.hash === null
          ? "The segment is gone."
          : `Its entity tag is "${answer.hash}" now. Read it, and decide again.`,
      );
    case "too_many":
      throw new HttpProblem("conflict", answer.message);
  }
}

/** `If-Match: "hash"` and `If-None-Match: *`. */
function preconditionOf(context: Context<AppTypes>): Precondition {
  const match = context.req.header("if-match");
  const none = context.req.header("if-none-match");
  if (none !== undefined && none !== "*") {
    throw new HttpProblem("parameter_invalid", "`If-None-Match` can only be `*` here.");
  }
  if (match === undefined) return none === "*" ? { mustBeNew: true } : {};
  const hash = /^"([0-9a-f]{16})"$/.exec(match)?.[1];
  if (hash === undefined) {
    throw new HttpProblem(
      "parameter_invalid",
      "`If-Match` is the entity tag of the segment, in quotes.",
    );
  }
  return { hash };
}

async function workspaceCounts(context: Context<AppTypes>, workspace: string) {
  const asOf = isoText(now());
  const parts = await Promise.all(
    shards().map((shard) => shardStub(context.env, workspace, shard).counts()),
  );
  const bySegment = new Map<string, number>();
  let newest = 0;
  let contacts = 0;
  for (const part of parts) {
    contacts += part.contacts;
    newest = Math.max(newest, part.newestDelta ?? 0);
    for (const [segment, members] of Object.entries(part.bySegment)) {
      bySegment.set(segment, (bySegment.get(segment) ?? 0) + members);
    }
  }
  return { contacts, bySegment, asOf, newestDelta: newest === 0 ? null : isoText(newest) };
}

export function shards(): number[] {
  return Array.from({ length: shardCount }, (_, shard) => shard);
}

function shownSegment({ id, definition, hash, createdAt, updatedAt, version }: StoredSegment) {
  return {
    id,
    definition: JSON.parse(definition) as unknown,
    hash,
    version,
    createdAt: isoText(createdAt),
    updatedAt: isoText(updatedAt),
  };
}

function shownRefresh({ state, version, startedAt, finishedAt, contactsDone, contacts }: Refresh) {
  return {
    ...{ state, version, contactsDone, contacts },
    startedAt: isoText(startedAt),
    finishedAt: finishedAt === null ? null : isoText(finishedAt),
  };
}

/** Whether every contact was decided by this version of the segment, also those that sent nothing since. */
function isFilled({ version }: StoredSegment, refresh: Refresh | null): boolean {
  return refresh !== null && refresh.state === "done" && refresh.version >= version;
}

function compareCodePoints(left: string, right: string): number {
  const encoder = new TextEncoder();
  const a = encoder.encode(left);
  const b = encoder.encode(right);
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function isoText(instant: number): string {
  return new Date(instant).toISOString();
}
