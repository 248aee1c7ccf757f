import { canonicalJson } from "./canonical_json.ts";
import { compareCodePoints } from "./code_points.ts";
import { instantOfTimestamp } from "./date_texts.ts";
import { emptyObject, isObject, type JsonObject, type JsonValue, parseJson } from "./json_text.ts";
import { isMissing, writePath } from "./values.ts";

export type Line = string | Uint8Array;

export interface EventContent {
  time: number;
  name: string;
  properties: JsonObject;
  messageId: string | undefined;
  /** Canonical JSON of `[event name, properties kept]`: the order among events of one time. */
  canonical: string;
}

export interface TraitWrite {
  keys: string[];
  value: JsonValue;
  time: number;
}

interface Envelope {
  line: number;
  contact: string;
  time: number;
  messageId: string | undefined;
}

export type Message = Envelope &
  (
    | { kind: "event"; event: EventContent }
    | { kind: "identify"; writes: TraitWrite[] }
    | { kind: "channel"; channel: string; reachable: boolean }
    | { kind: "list"; list: string; member: boolean }
    | { kind: "alias"; previousId: string }
  );

export interface Refusal {
  line: number;
  code: string;
}

export interface ReadMessages {
  messages: Message[];
  refused: Refusal[];
}

class Refused extends Error {}

const longestMessage = 65_536;
const deepestMessage = 64;
const mostLeaves = 256;

function decode(line: Line): string {
  if (typeof line === "string") return line.toWellFormed();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
  } catch {
    throw new Refused("invalid_utf8");
  }
}

/** The text of an identifier; null and "" are as if absent, another type is refused. */
function identifier(message: JsonObject, key: string): string | undefined {
  const value = message[key];
  if (isMissing(value) || value === "") return undefined;
  if (typeof value !== "string") throw new Refused(`invalid_${key}`);
  return value;
}

function requiredText(message: JsonObject, key: string): string {
  const value = message[key];
  if (typeof value !== "string" || value === "") throw new Refused(`invalid_${key}`);
  return value;
}

function objectOrNothing(message: JsonObject, key: string): JsonObject {
  const value = message[key];
  if (isMissing(value)) return emptyObject();
  if (!isObject(value)) throw new Refused(`invalid_${key}`);
  return value;
}

interface Leaf {
  keys: string[];
  value: JsonValue;
}

/** Arrays are whole leaves and null counts; an empty object is none (appendix, "Edges"). */
function leavesOf(object: JsonObject, above: readonly string[] = []): Leaf[] {
  const leaves: Leaf[] = [];
  for (const key of Object.keys(object)) {
    const value = object[key] as JsonValue;
    const keys = [...above, key];
    if (isObject(value)) leaves.push(...leavesOf(value, keys));
    else leaves.push({ keys, value });
  }
  return leaves;
}

function keptLeaves(object: JsonObject): Leaf[] {
  const leaves = leavesOf(object);
  if (leaves.length <= mostLeaves) return leaves;
  return leaves
    .map((leaf) => ({ leaf, path: writePath(leaf.keys) }))
    .sort((left, right) => compareCodePoints(left.path, right.path))
    .slice(0, mostLeaves)
    .map(({ leaf }) => leaf);
}

/** Only cut leaves go, and the objects that held nothing else; an empty object given is kept. */
function withoutCutLeaves(
  object: JsonObject,
  kept: ReadonlySet<string>,
  above: readonly string[] = [],
): JsonObject {
  const result = emptyObject();
  for (const key of Object.keys(object)) {
    const value = object[key] as JsonValue;
    const keys = [...above, key];
    if (!isObject(value)) {
      if (kept.has(writePath(keys))) result[key] = value;
    } else {
      const inner = withoutCutLeaves(value, kept, keys);
      if (Object.keys(inner).length > 0 || Object.keys(value).length === 0) result[key] = inner;
    }
  }
  return result;
}

function keptProperties(properties: JsonObject): JsonObject {
  const kept = keptLeaves(properties);
  return withoutCutLeaves(properties, new Set(kept.map((leaf) => writePath(leaf.keys))));
}

function readEvent(message: JsonObject, type: string, envelope: Envelope): Message {
  const properties = objectOrNothing(message, "properties");
  let name = type;
  if (type === "track") {
    name = requiredText(message, "event");
  } else if (typeof message["name"] === "string") {
    // A text `name` of page and screen replaces `properties.name`.
    properties["name"] = message["name"];
  }
  const kept = keptProperties(properties);
  const { time, messageId } = envelope;
  const canonical = canonicalJson([name, kept]);
  return {
    ...envelope,
    kind: "event",
    event: { time, name, properties: kept, messageId, canonical },
  };
}

function readBody(message: JsonObject, envelope: Envelope): Message {
  const type = message["type"];
  switch (type) {
    case "track":
    case "page":
    case "screen":
      return readEvent(message, type, envelope);
    case "identify": {
      const leaves = keptLeaves(objectOrNothing(message, "traits"));
      const writes = leaves.map((leaf) => ({ ...leaf, time: envelope.time }));
      return { ...envelope, kind: "identify", writes };
    }
    case "channel": {
      const reachable = message["reachable"];
      if (typeof reachable !== "boolean") throw new Refused("invalid_reachable");
      return { ...envelope, kind: "channel", channel: requiredText(message, "channel"), reachable };
    }
    case "list": {
      const action = message["action"];
      if (action !== "add" && action !== "remove") throw new Refused("invalid_action");
      const list = requiredText(message, "list");
      return { ...envelope, kind: "list", list, member: action === "add" };
    }
    case "alias":
      return { ...envelope, kind: "alias", previousId: requiredText(message, "previousId") };
    default:
      throw new Refused("unknown_type");
  }
}

function readLine(text: string, line: number, timeOfReceipt: number | undefined): Message {
  if (Buffer.byteLength(text) > longestMessage) throw new Refused("message_too_large");
  let message: JsonValue;
  try {
    message = parseJson(text, deepestMessage);
  } catch {
    throw new Refused("invalid_json");
  }
  if (!isObject(message)) throw new Refused("not_an_object");
  const userId = identifier(message, "userId");
  const anonymousId = identifier(message, "anonymousId");
  const messageId = identifier(message, "messageId");
  const contact = userId ?? anonymousId;
  if (contact === undefined) throw new Refused("no_contact");
  const timestamp = message["timestamp"];
  const time = isMissing(timestamp) ? timeOfReceipt : instantOfTimestamp(timestamp);
  if (time === undefined) throw new Refused("invalid_timestamp");
  return readBody(message, { line, contact, time, messageId });
}

/** Reads a file's lines in order. A message without time has the largest time accepted before it. */
function readAll(lines: readonly Line[]): ReadMessages {
  const messages: Message[] = [];
  const refused: Refusal[] = [];
  let largestTime: number | undefined;
  lines.forEach((raw, index) => {
    const line = index + 1;
    try {
      let text = decode(raw);
      if (line === 1 && text.startsWith("\ufeff")) text = text.slice(1);
      if (text.endsWith("\r")) text = text.slice(0, -1);
      if (/^[ \t\r]*$/.test(text)) return;
      const message = readLine(text, line, largestTime);
      largestTime = Math.max(largestTime ?? message.time, message.time);
      messages.push(message);
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      refused.push({ line, code: problem.message });
    }
  });
  return { messages, refused };
}

const alreadyRead = new WeakMap<readonly Line[], ReadMessages>();

/** The same array of lines is read once, since a case asks about it many times. */
export function readMessages(lines: readonly Line[]): ReadMessages {
  let read = alreadyRead.get(lines);
  if (read === undefined) {
    read = readAll(lines);
    alreadyRead.set(lines, read);
  }
  return read;
}
