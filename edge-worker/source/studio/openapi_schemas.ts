import { problemKinds } from "../http/problem.ts";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer", minimum: 0 } as const;
const instant = { type: "string", format: "date-time" } as const;
const anything = { type: "object" } as const;

function object(properties: Readonly<Record<string, object>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required } as const;
}

function list(items: object) {
  return { type: "array", items } as const;
}

function orNull(schema: object) {
  return { anyOf: [schema, { type: "null" }] } as const;
}

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` } as const;
}

const noticed = object({ index: whole, messageId: text, code: text, message: text }, ["messageId"]);
const side = object({ count: whole, members: list(text) });
const segment = {
  id: text,
  definition: ref("Definition"),
  hash: text,
  version: whole,
  createdAt: instant,
  updatedAt: instant,
};
const refresh = object({
  state: { enum: ["running", "done"] },
  version: whole,
  contactsDone: whole,
  contacts: whole,
  startedAt: instant,
  finishedAt: orNull(instant),
});
const stream = object({
  source: text,
  epoch: text,
  contact: text,
  parking: object({ code: text, sequence: whole, status: whole, message: text, at: whole }),
  waiting: whole,
});

/** The shapes of bodies and answers. */
export const openApiSchemas = {
  Problem: object(
    {
      type: text,
      title: text,
      status: whole,
      code: { enum: Object.keys(problemKinds) },
      detail: text,
      requestId: text,
      problems: list(ref("RuleProblem")),
      refused: list(anything),
    },
    ["problems", "refused"],
  ),
  RuleProblem: object(
    {
      path: text,
      code: text,
      message: text,
      severity: { enum: ["error", "warning"] },
      segment: text,
    },
    ["segment"],
  ),
  Message: {
    type: "object",
    description:
      "A message of the Segment Spec, or `channel` or `list`; `type` may be missing where the path says it.",
  },
  Batch: object({ batch: list(ref("Message")), sentAt: text, writeKey: text }, [
    "sentAt",
    "writeKey",
  ]),
  Taken: object({
    success: { const: true },
    accepted: whole,
    refused: list(noticed),
    ignored: list(noticed),
  }),
  Definition: { type: "object", description: "A segment, as the segment language has it." },
  Segments: object({
    version: whole,
    contacts: whole,
    asOf: instant,
    newestDelta: orNull(instant),
    parameters: ref("Overrides"),
    refresh: orNull(refresh),
    segments: list(
      object(
        { ...segment, count: whole, usedBy: list(text), dependsOn: anything, isFilled: flag },
        ["dependsOn"],
      ),
    ),
  }),
  Segment: object({
    ...segment,
    count: whole,
    asOf: instant,
    newestDelta: orNull(instant),
    isFilled: flag,
    refresh: orNull(refresh),
  }),
  Change: object(
    {
      version: whole,
      problems: list(ref("RuleProblem")),
      refresh: orNull(refresh),
      segment: object(segment),
    },
    ["segment"],
  ),
  Versions: object({
    versions: list(object({ version: whole, at: instant, definition: orNull(ref("Definition")) })),
  }),
  Duplicate: object({ id: text, name: text }, ["id", "name"]),
  RefreshStarted: object({ refresh }),
  Members: object({ members: list(object({ contact: text, since: instant })), next: orNull(text) }),
  EvaluationRequest: object({ definition: ref("Definition") }),
  Evaluation: object({
    at: instant,
    sample: object({ contacts: whole, of: whole, loadedAt: instant }),
    before: whole,
    count: whole,
    entering: side,
    leaving: side,
    estimate: object({ count: whole, from: whole, to: whole }),
  }),
  Overrides: { type: "object", description: "Values of parameters by name." },
  Parameters: object({ version: whole, parameters: ref("Overrides") }),
  Erased: object({ erased: list(text) }),
  Memberships: object({
    contact: text,
    version: whole,
    segments: list(object({ segment: text, since: instant })),
    nextChangeAt: orNull(instant),
  }),
  Explanation: { type: "object", description: "As `contact.explain` of the package tells." },
  Delta: object(
    {
      id: text,
      source: text,
      epoch: text,
      contact: text,
      sequence: { type: "integer", minimum: 1 },
      segment: text,
      definition: text,
      change: { enum: ["entered", "exited"] },
      at: instant,
      decidedAt: instant,
      cause: { enum: ["message", "time", "definition", "merge", "first"] },
      messageId: text,
    },
    ["messageId"],
  ),
  Feed: object({ deltas: list(ref("Delta")), cursor: text, isMore: flag }),
  LiveTokenRequest: object({ seconds: { type: "number", exclusiveMinimum: 0, maximum: 3600 } }, [
    "seconds",
  ]),
  LiveToken: object({ token: text, expiresAt: instant }),
  Csv: text,
  Lists: object({ lists: list(object({ id: text, updatedAt: instant })) }),
  List: object(
    {
      id: text,
      contacts: whole,
      waiting: whole,
      updatedAt: instant,
      refusedCount: whole,
      refused: list(anything),
    },
    ["refusedCount", "refused"],
  ),
  EndpointRequest: object({ url: text, filter: ref("EndpointFilter"), secrets: list(text) }, [
    "filter",
    "secrets",
  ]),
  EndpointFilter: object({ segments: list(text), causes: list(text) }, ["segments", "causes"]),
  Endpoint: object(
    {
      id: text,
      url: text,
      filter: ref("EndpointFilter"),
      secretFingerprints: list(text),
      createdAt: instant,
      secret: text,
    },
    ["secret"],
  ),
  Endpoints: object({ endpoints: list(ref("Endpoint")) }),
  Secret: object({ secret: text }),
  Resumed: object({ status: { const: "resumed" } }),
  Parked: object({
    parked: list(object({ contact: text, streams: list(stream) })),
    next: orNull(text),
  }),
  OneContact: object({ contact: text }, ["contact"]),
  Retried: object({ streams: whole }),
  Discarded: object({ deltas: whole }),
  Health: object({ status: { const: "ok" } }),
  Document: anything,
  Metrics: text,
} as const;
