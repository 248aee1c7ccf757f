import type { Condition, Engine, Explanation, SegmentDefinition } from "@fosterflow/segments";
import type { SentMessage } from "./contact_lines.ts";
import type { JsonObject } from "./message_index.ts";

export interface ContactProfile {
  /** What the contact is called: a name, else an address, else nothing. */
  readonly name: string | undefined;
  readonly traits: readonly { readonly path: string; readonly value: unknown }[];
  readonly channels: readonly { readonly name: string; readonly isReachable: boolean }[];
  readonly lists: readonly string[];
}

/** Far more than anybody reads. */
const mostTraits = 500;

/**
 * What is in force of everything that was said about a contact. The engine decides it, by explaining a rule that asks
 * for every trait, channel and list that the messages name: newest words, removals and ties are its to judge.
 */
export function profileOf(
  engine: Engine,
  id: string,
  sent: readonly SentMessage[],
  now: number,
): ContactProfile {
  const conditions = conditionsOf(sent);
  if (conditions.length === 0) return { name: undefined, traits: [], channels: [], lists: [] };
  const definition: SegmentDefinition = {
    version: 1,
    id: "profile",
    when: { kind: "any", of: conditions },
  };
  engine.define([definition]);
  const contact = engine.contact(id);
  try {
    contact.apply(linesOf(sent), { now });
    return profileIn(contact.explain("profile"));
  } finally {
    contact.dispose();
  }
}

export function linesOf(sent: readonly SentMessage[]): string {
  return sent.map(({ line }) => line).join("\n");
}

function conditionsOf(sent: readonly SentMessage[]): Condition[] {
  const paths = new Set<string>();
  const channels = new Set<string>();
  const lists = new Set<string>();
  for (const { message } of sent) {
    const { type, traits, channel, list } = message;
    if (type === "identify" && isObject(traits)) addPaths(paths, traits, "");
    if (type === "channel" && typeof channel === "string") channels.add(channel);
    if (type === "list" && typeof list === "string") lists.add(list);
  }
  return [
    ...[...paths]
      .slice(0, mostTraits)
      .map((attribute) => ({ kind: "attribute", attribute, op: "is_set" }) as const),
    ...[...channels].map((channel) => ({ kind: "channel", channel, op: "reachable" }) as const),
    ...[...lists].map((list) => ({ kind: "list", list, op: "in" }) as const),
  ];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function addPaths(paths: Set<string>, values: JsonObject, prefix: string): void {
  for (const [key, value] of Object.entries(values)) {
    const path = prefix + key.replace(/[\\.]/g, "\\$&");
    if (isObject(value)) addPaths(paths, value, `${path}.`);
    else paths.add(path);
  }
}

function profileIn({ condition }: Explanation): ContactProfile {
  const traits: { path: string; value: unknown }[] = [];
  const channels: { name: string; isReachable: boolean }[] = [];
  const lists: string[] = [];
  for (const part of condition.kind === "any" ? condition.of : []) {
    if (part.kind === "attribute" && part.observed !== null) {
      traits.push({ path: part.attribute, value: part.observed });
    }
    if (part.kind === "channel") channels.push({ name: part.channel, isReachable: part.holds });
    if (part.kind === "list" && part.holds) lists.push(part.list);
  }
  traits.sort((left, right) => (left.path < right.path ? -1 : 1));
  return { name: nameIn(traits), traits, channels, lists };
}

const nameParts = [["name"], ["firstName", "lastName"], ["first_name", "last_name"], ["email"]];

function nameIn(traits: ContactProfile["traits"]): string | undefined {
  for (const paths of nameParts) {
    const texts = paths.flatMap((path) => {
      const value = traits.find((trait) => trait.path === path)?.value;
      return typeof value === "string" && value !== "" ? [value] : [];
    });
    if (texts.length > 0) return texts.join(" ");
  }
  return undefined;
}
