import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { openApiDocument } from "../source/studio/openapi.ts";

/** Holds what the worker answers to the document that it shows. */

type Schema = Readonly<Record<string, unknown>>;
type Check = ((value: unknown) => boolean) & { errors?: unknown };

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** As it was sent; undefined: nothing was. */
  readonly requestBody: unknown;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const require = createRequire(new URL("clients/package.json", import.meta.url));
const { default: Ajv } = require("ajv/dist/2020.js") as {
  default: new (
    options: object,
  ) => { addSchema(schema: object): void; compile(schema: object): Check };
};
const { default: addFormats } = require("ajv-formats") as { default: (ajv: object) => void };

const documentId = "openapi";
const asked = checker(openApiDocument.components);
/** An answer has no member that the document does not name; a client may send more than that. */
const answered = checker(closed(openApiDocument.components));
const paths = Object.entries(openApiDocument.paths).map(([path, methods]) => ({
  // What has no parameter goes first.
  isExact: !path.includes("{"),
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
  methods: methods as Readonly<Record<string, Operation>>,
}));
paths.sort((left, right) => Number(right.isExact) - Number(left.isExact));

/** Fails when the document does not say that this may be asked and answered. */
export function checkExchange(exchange: Exchange): void {
  const { method, path, status, type, text } = exchange;
  const [pathname = ""] = path.split("?", 1);
  const operation = paths.find(({ pattern }) => pattern.test(pathname))?.methods[
    method.toLowerCase()
  ];
  if (operation === undefined) return;
  const what = `${method} ${pathname} ${status}`;
  const response = operation.responses[String(status)];
  assert.notEqual(response, undefined, `${what} is not in the document: ${text}`);
  const { content } = response ?? {};
  if (content === undefined) {
    assert.equal(text, "", `${what} has no body`);
    return;
  }
  const [mediaType = ""] = type.split(";", 1);
  const schema = content[mediaType]?.schema;
  assert.notEqual(schema, undefined, `${what} is ${mediaType}, which is not in the document`);
  const body = /json$/.test(mediaType) ? (JSON.parse(text) as unknown) : text;
  checkBody(answered, schema ?? {}, body, what);
  const wanted = operation.requestBody?.content?.["application/json"]?.schema;
  // What was refused of it may be anything.
  const { refused = [] } = status === 200 ? (body as { refused?: unknown[] }) : {};
  if (
    status >= 300 ||
    refused.length > 0 ||
    typeof exchange.requestBody !== "string" ||
    wanted === undefined
  )
    return;
  checkBody(asked, wanted, JSON.parse(exchange.requestBody), `the request of ${what}`);
}

function checkBody(
  ofSchema: (schema: Schema) => Check,
  schema: Schema,
  body: unknown,
  what: string,
) {
  const check = ofSchema(schema);
  const isGood = check(body);
  assert.ok(isGood, `${what}: ${JSON.stringify(check.errors)}\n${JSON.stringify(body)}`);
}

function checker(components: unknown): (schema: Schema) => Check {
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  ajv.addSchema({ $id: documentId, components });
  const compiled = new Map<string, Check>();
  return ({ $ref }) => {
    const known = compiled.get(String($ref));
    if (known !== undefined) return known;
    const check = ajv.compile({ $ref: `${documentId}${String($ref)}` });
    compiled.set(String($ref), check);
    return check;
  };
}

/** The same schemas, of which objects with named members have no others. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, closed(member)]),
  );
  const isObject = members["type"] === "object" && "properties" in members;
  return isObject ? { ...members, additionalProperties: false } : members;
}
