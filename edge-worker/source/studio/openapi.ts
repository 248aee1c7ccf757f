import { type ProblemCode, problemKinds } from "../http/problem.ts";
import {
  mostBatchBytes,
  mostBatchMessages,
  mostEndpointSecrets,
  mostListBytes,
  mostListContacts,
  mostMessageBytes,
  mostPageItems,
} from "../limits.ts";
import { openApiSchemas } from "./openapi_schemas.ts";

/** The API as a document of OpenAPI 3.1. Tests hold paths, methods and answers to the code. */

interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly tag:
    | "Tracking"
    | "Segments"
    | "Contacts"
    | "Deltas"
    | "Lists"
    | "Endpoints"
    | "Operations";
  readonly security: "write" | "admin" | "metrics" | "none";
  readonly parameters?: readonly ParameterName[];
  readonly body?: {
    readonly schema: SchemaName;
    readonly type?: string;
    readonly isOptional?: boolean;
  };
  readonly answers: Readonly<Record<number, SchemaName | null>>;
  readonly problems: readonly ProblemCode[];
}

type SchemaName = keyof typeof openApiSchemas;

const parameters = {
  limit: query(
    "limit",
    { type: "integer", minimum: 1, maximum: mostPageItems, default: 100 },
    "Items of a page.",
  ),
  afterContact: query("after", { type: "string" }, "The last contact of the page before."),
  afterCursor: query("after", { type: "string" }, "The `cursor` of the page before."),
  at: query("at", { type: "string" }, "ISO 8601 with offset, or epoch milliseconds. Default: now."),
  refresh: query(
    "refresh",
    { type: "boolean", default: false },
    "Whether to bring every contact up to it at once.",
  ),
  token: query(
    "token",
    { type: "string" },
    "A token of `POST /v1/live/{contact}/tokens`, instead of the header.",
  ),
  ifMatch: header("If-Match", "The entity tag that the segment must have."),
  ifNoneMatch: header("If-None-Match", "`*`: there must be no segment of this id."),
} as const;

type ParameterName = keyof typeof parameters;

/** What can be wrong with any body. */
const bodyProblems = ["body_unreadable", "body_too_large", "media_type_unsupported"] as const;

const managing = ["unauthorized", "rate_limited", "internal"] as const;
const tracking = [
  ...["messages_refused", "unauthorized", "rate_limited", "internal", "unavailable"],
] as readonly ProblemCode[];

function trackingOperation(summary: string, schema: SchemaName): Operation {
  return {
    ...{ summary, tag: "Tracking", security: "write", problems: tracking },
    description: `Answers 200 only when the messages and the deltas that they caused are stored. A message has at most ${mostMessageBytes} bytes, a body ${mostBatchBytes}, also decompressed (\`Content-Encoding: gzip\`).`,
    body: { schema },
    answers: { 200: "Taken" },
  };
}

/** Short paths, as Segment's browser library has them, and their long ones. */
const shortPaths: Readonly<Record<string, string>> = {
  track: "t",
  identify: "i",
  page: "p",
  screen: "s",
  alias: "a",
  group: "g",
};

function trackingPaths(): Record<string, Record<string, Operation>> {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [name, short] of Object.entries(shortPaths)) {
    const summary = name === "group" ? "Accepted and not used" : `One \`${name}\` message`;
    paths[`/v1/${name}`] = { post: trackingOperation(summary, "Message") };
    paths[`/v1/${short}`] = { post: trackingOperation(`As /v1/${name}`, "Message") };
  }
  const batch = `Up to ${mostBatchMessages} messages of any contacts`;
  paths["/v1/batch"] = { post: trackingOperation(batch, "Batch") };
  paths["/v1/b"] = { post: trackingOperation("As /v1/batch", "Batch") };
  paths["/v1/import"] = { post: trackingOperation("As /v1/batch", "Batch") };
  return paths;
}

const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  ...trackingPaths(),
  "/v1/segments": {
    get: admin(
      "Segments",
      "All segments, with counts and their as-of time",
      { 200: "Segments" },
      [],
    ),
  },
  "/v1/segments/{id}": {
    get: admin("Segments", "One segment", { 200: "Segment" }, ["parameter_invalid", "not_found"]),
    put: {
      ...admin("Segments", "Puts a definition in force", { 200: "Change", 201: "Change" }, [
        ...(["parameter_invalid", "conflict", "precondition_failed"] as const),
        ...(["definition_refused"] as const),
      ]),
      description: "Contacts take it up with their next message; `refresh` brings all up at once.",
      parameters: ["refresh", "ifMatch", "ifNoneMatch"],
      body: { schema: "Definition" },
    },
    delete: {
      ...admin("Segments", "Deletes a segment, unless another needs it", { 200: "Change" }, [
        ...(["parameter_invalid", "not_found", "conflict", "precondition_failed"] as const),
      ]),
      parameters: ["refresh", "ifMatch"],
    },
  },
  "/v1/segments/{id}/versions": {
    get: admin("Segments", "What the definition was before", { 200: "Versions" }, [
      "parameter_invalid",
      "not_found",
    ]),
  },
  "/v1/segments/{id}/duplicate": {
    post: {
      ...admin("Segments", "Copies a segment under another id", { 201: "Change" }, [
        ...(["parameter_invalid", "not_found", "conflict", "definition_refused"] as const),
      ]),
      body: { schema: "Duplicate", isOptional: true },
    },
  },
  "/v1/segments/{id}/refresh": {
    post: admin(
      "Segments",
      "Brings every contact up to the rules in force",
      { 202: "RefreshStarted" },
      ["parameter_invalid", "not_found"],
    ),
  },
  "/v1/segments/{id}/members": {
    get: {
      ...admin("Segments", "A page of a segment's contacts, by code point", { 200: "Members" }, [
        "parameter_invalid",
        "not_found",
      ]),
      parameters: ["limit", "afterContact"],
    },
  },
  "/v1/evaluations": {
    post: {
      ...admin("Segments", "Counts an unsaved definition over a sample", { 200: "Evaluation" }, [
        ...(["parameter_invalid", "definition_refused", "unavailable"] as const),
      ]),
      parameters: ["at"],
      body: { schema: "EvaluationRequest" },
    },
  },
  "/v1/parameters": {
    get: admin("Segments", "The overrides of parameters in force", { 200: "Parameters" }, []),
    put: {
      ...admin("Segments", "Replaces the overrides of parameters", { 200: "Change" }, [
        "definition_refused",
      ]),
      parameters: ["refresh"],
      body: { schema: "Overrides" },
    },
  },
  "/v1/contacts/{contact}": {
    delete: admin("Contacts", "Erases a contact with all its ids, everywhere", { 200: "Erased" }, [
      "parameter_invalid",
    ]),
  },
  "/v1/contacts/{contact}/segments": {
    get: admin("Contacts", "What a contact is in, now", { 200: "Memberships" }, [
      "parameter_invalid",
      "not_found",
      "unavailable",
    ]),
  },
  "/v1/contacts/{contact}/explain/{segment}": {
    get: {
      ...admin("Contacts", "Why a contact is in a segment, or is not", { 200: "Explanation" }, [
        "parameter_invalid",
        "not_found",
        "unavailable",
      ]),
      parameters: ["at"],
    },
  },
  "/v1/deltas": {
    get: {
      ...admin(
        "Deltas",
        "The feed: each delta once, in order within its contact",
        { 200: "Feed" },
        ["parameter_invalid", "cursor_expired"],
      ),
      parameters: ["limit", "afterCursor"],
    },
  },
  "/v1/live/{contact}": {
    get: {
      ...admin("Deltas", "A WebSocket with a contact's deltas as they happen", { 101: null }, [
        "parameter_invalid",
        "upgrade_required",
        "unavailable",
      ]),
      description:
        "The first line tells the memberships, each other one a delta. The last line is `moved` (and where `to`) before it is closed with 4301, or `erased` before 4410.",
      parameters: ["token"],
    },
  },
  "/v1/live/{contact}/tokens": {
    post: {
      ...admin(
        "Deltas",
        "A short-lived token for the live feed of this contact",
        { 201: "LiveToken" },
        ["parameter_invalid"],
      ),
      body: { schema: "LiveTokenRequest", isOptional: true },
    },
  },
  "/v1/lists": { get: admin("Lists", "All lists", { 200: "Lists" }, []) },
  "/v1/lists/{id}": {
    get: admin("Lists", "How far a list is told to its contacts", { 200: "List" }, [
      "parameter_invalid",
      "not_found",
    ]),
    put: {
      ...admin("Lists", "Replaces a list by the contacts of a CSV", { 202: "List" }, [
        "parameter_invalid",
        "messages_refused",
        "conflict",
      ]),
      description: `At most ${mostListBytes} bytes and ${mostListContacts} contacts. The column is the one that the header calls contact, user_id or id, else the first.`,
      body: { schema: "Csv", type: "text/csv" },
    },
    delete: admin("Lists", "Takes everybody off a list, which is gone then", { 202: "List" }, [
      "parameter_invalid",
      "not_found",
    ]),
  },
  "/v1/endpoints": {
    get: admin("Endpoints", "The backends that deltas are sent to", { 200: "Endpoints" }, []),
  },
  "/v1/endpoints/{id}": {
    get: admin("Endpoints", "One endpoint", { 200: "Endpoint" }, [
      "parameter_invalid",
      "not_found",
    ]),
    put: {
      ...admin(
        "Endpoints",
        "Sends deltas there from now on",
        { 200: "Endpoint", 201: "Endpoint" },
        ["parameter_invalid", "conflict"],
      ),
      description: `It is told all memberships first. Up to ${mostEndpointSecrets} secrets; without any, one is made and told this once.`,
      body: { schema: "EndpointRequest" },
    },
    delete: admin("Endpoints", "Sends nothing there any more", { 204: null }, [
      "parameter_invalid",
      "not_found",
    ]),
  },
  "/v1/endpoints/{id}/secrets": {
    post: admin("Endpoints", "Makes a newer secret beside the old ones", { 201: "Secret" }, [
      "parameter_invalid",
      "not_found",
    ]),
    delete: admin("Endpoints", "Drops all secrets but the newest", { 204: null }, [
      "parameter_invalid",
      "not_found",
    ]),
  },
  "/v1/endpoints/{id}/resume": {
    post: admin(
      "Endpoints",
      "Lets an endpoint be tried again that had answered 410",
      { 202: "Resumed" },
      ["parameter_invalid", "not_found"],
    ),
  },
  "/v1/endpoints/{id}/parked": {
    get: {
      ...admin("Endpoints", "Deltas that wait for somebody to look at them", { 200: "Parked" }, [
        "parameter_invalid",
      ]),
      parameters: ["limit", "afterContact"],
    },
  },
  "/v1/endpoints/{id}/parked/retry": {
    post: {
      ...admin(
        "Endpoints",
        "Tries them again, of one contact or of a page of them",
        { 202: "Retried" },
        ["parameter_invalid"],
      ),
      parameters: ["limit"],
      body: { schema: "OneContact", isOptional: true },
    },
  },
  "/v1/endpoints/{id}/parked/discard": {
    post: {
      ...admin(
        "Endpoints",
        "Deletes them, of one contact or of a page of them",
        { 200: "Discarded" },
        ["parameter_invalid"],
      ),
      parameters: ["limit"],
      body: { schema: "OneContact", isOptional: true },
    },
  },
  "/health": {
    get: open("Whether it is there, with a readable configuration", { 200: "Health" }, "none"),
  },
  "/openapi.json": { get: open("This document", { 200: "Document" }, "none") },
  "/metrics": { get: open("Counters as Prometheus reads them", { 200: "Metrics" }, "metrics") },
};

export const openApiDocument = {
  openapi: "3.1.0",
  info: {
    title: "Fosterflow edge worker",
    version: "1",
    description:
      "Messages in as Segment's HTTP tracking API has them; memberships decided at once; deltas out.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  paths: Object.fromEntries(
    Object.entries(operations).map(([path, methods]) => [
      path,
      {
        ...(path.includes("{") ? { parameters: pathParameters(path) } : {}),
        ...Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [method, shownOperation(operation)]),
        ),
      },
    ]),
  ),
  components: {
    schemas: openApiSchemas,
    securitySchemes: {
      write: {
        type: "http",
        scheme: "basic",
        description: "The write key as user name, no password.",
      },
      admin: { type: "http", scheme: "bearer", description: "An admin key." },
      metrics: { type: "http", scheme: "bearer", description: "The METRICS_KEY." },
    },
  },
};

function admin(
  tag: Operation["tag"],
  summary: string,
  answers: Operation["answers"],
  problems: readonly ProblemCode[],
): Operation {
  return { tag, summary, answers, security: "admin", problems: [...problems, ...managing] };
}

function open(
  summary: string,
  answers: Operation["answers"],
  security: "metrics" | "none",
): Operation {
  const problems =
    security === "none" ? (["internal"] as const) : (["unauthorized", "internal"] as const);
  return { tag: "Operations", summary, answers, security, problems };
}

function shownOperation({
  summary,
  description,
  tag,
  security,
  parameters: names = [],
  body,
  answers,
  problems,
}: Operation) {
  const type = (schema: SchemaName) => (schema === "Metrics" ? "text/plain" : "application/json");
  const byStatus = new Map<number, ProblemCode[]>();
  const all = new Set([...problems, ...(body === undefined ? [] : bodyProblems)]);
  for (const code of all) {
    const { status } = problemKinds[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const good = Object.entries(answers).map(([status, schema]) => [
    status,
    schema === null
      ? { description: "Done." }
      : { description: "Done.", content: { [type(schema)]: { schema: reference(schema) } } },
  ]);
  const bad = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.map((code) => `\`${code}\`: ${problemKinds[code].title}.`).join(" "),
      content: { "application/problem+json": { schema: reference("Problem") } },
    },
  ]);
  return {
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    security: security === "none" ? [] : [{ [security]: [] }],
    ...(names.length === 0 ? {} : { parameters: names.map((name) => parameters[name]) }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.isOptional !== true,
            content: { [body.type ?? "application/json"]: { schema: reference(body.schema) } },
          },
        }),
    responses: Object.fromEntries([...good, ...bad]),
  };
}

function reference(schema: SchemaName) {
  return { $ref: `#/components/schemas/${schema}` };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function query(name: string, schema: object, description: string) {
  return { name, in: "query", schema, description };
}

function header(name: string, description: string) {
  return { name, in: "header", schema: { type: "string" }, description };
}
