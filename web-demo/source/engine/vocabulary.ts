import type { SeenVocabulary } from "@fosterflow/segments/authoring";

/** The names and values that loaded messages have, to be suggested where somebody writes a rule. */
export interface Vocabulary {
  /** Messages that were looked at. */
  readonly messages: number;
  /** Not all messages were looked at: counts of messages are of a sample, those of contacts of all. */
  readonly isSample: boolean;
  readonly events: readonly EventWord[];
  readonly traits: readonly PropertyWord[];
  readonly channels: readonly NamedCount[];
  readonly lists: readonly NamedCount[];
}

export interface NamedCount {
  readonly name: string;
  /** Contacts of which it is said, of all that are loaded. */
  readonly contacts: number;
}

export interface EventWord extends NamedCount {
  /** Messages that were looked at. */
  readonly count: number;
  readonly properties: readonly PropertyWord[];
}

export type ValueType = "text" | "number" | "boolean" | "list" | "items" | "object" | "date";

export interface PropertyWord {
  /** Dotted; a dot in a key is written `\.`. */
  readonly path: string;
  /** The type that most of its values have. */
  readonly type: ValueType;
  /** Messages that have it, of those that were looked at. */
  readonly count: number;
  /** The most frequent values first; empty when nearly every message has its own. */
  readonly values: readonly { readonly value: string | number | boolean; readonly count: number }[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Of the objects in an array: their properties, by paths within them. */
  readonly items?: readonly PropertyWord[];
}

const mostValuesKept = 500;
const mostValuesTold = 60;
const mostPathsKept = 300;
const date = /^\d{4}-\d{2}-\d{2}(T|$)/;

type Json = Record<string, unknown>;

class Property {
  count = 0;
  readonly types = new Map<ValueType, number>();
  readonly values = new Map<string | number | boolean, number>();
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;
  readonly items = new Map<string, Property>();

  add(value: unknown): void {
    this.count += 1;
    const type = typeOf(value);
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
    if (Array.isArray(value)) {
      for (const entry of value) {
        if (isObject(entry)) addProperties(this.items, entry, "");
        else this.#addValue(entry);
      }
    } else this.#addValue(value);
  }

  #addValue(value: unknown): void {
    if (typeof value === "number") {
      this.minimum = Math.min(this.minimum, value);
      this.maximum = Math.max(this.maximum, value);
    }
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      return;
    const count = this.values.get(value);
    if (count !== undefined || this.values.size < mostValuesKept) {
      this.values.set(value, (count ?? 0) + 1);
    }
  }

  word(path: string): PropertyWord {
    const [type = "text"] = byCount(this.types).map(([name]) => name);
    const isNumber = this.minimum <= this.maximum;
    return {
      path,
      type,
      count: this.count,
      values: byCount(this.values)
        .slice(0, mostValuesTold)
        .map(([value, count]) => ({ value, count })),
      ...(isNumber && { minimum: this.minimum, maximum: this.maximum }),
      ...(this.items.size > 0 && { items: words(this.items) }),
    };
  }
}

function typeOf(value: unknown): ValueType {
  if (Array.isArray(value)) return value.some(isObject) ? "items" : "list";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return date.test(value) ? "date" : "text";
  return "object";
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byCount<Key>(counts: ReadonlyMap<Key, number>): [Key, number][] {
  return [...counts].sort(([, left], [, right]) => right - left);
}

function words(properties: ReadonlyMap<string, Property>): PropertyWord[] {
  return [...properties]
    .map(([path, property]) => property.word(path))
    .sort((left, right) => right.count - left.count);
}

function addProperties(properties: Map<string, Property>, values: Json, prefix: string): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === null) continue;
    const path = prefix + key.replace(/[\\.]/g, "\\$&");
    if (isObject(value)) {
      addProperties(properties, value, `${path}.`);
      continue;
    }
    let property = properties.get(path);
    if (property === undefined) {
      if (properties.size >= mostPathsKept) continue;
      property = new Property();
      properties.set(path, property);
    }
    property.add(value);
  }
}

/** Gathers names and values from messages of the Segment Spec. */
export class VocabularyCollector {
  #messages = 0;
  readonly #events = new Map<string, { count: number; properties: Map<string, Property> }>();
  readonly #traits = new Map<string, Property>();
  readonly #channels = new Set<string>();
  readonly #lists = new Set<string>();

  /** Lines that are no message are passed over: the engine tells them. */
  addLines(lines: string): void {
    for (const line of lines.split("\n")) {
      if (line.trim() === "") continue;
      try {
        this.add(JSON.parse(line));
      } catch {}
    }
  }

  add(message: unknown): void {
    if (!isObject(message)) return;
    this.#messages += 1;
    const { type, event, name, properties, traits, channel, list } = message;
    if (type === "track" || type === "page" || type === "screen") {
      const eventName = type === "track" ? event : type;
      if (typeof eventName !== "string") return;
      let seen = this.#events.get(eventName);
      if (seen === undefined) {
        seen = { count: 0, properties: new Map() };
        this.#events.set(eventName, seen);
      }
      seen.count += 1;
      const named = type !== "track" && typeof name === "string" ? { name } : {};
      addProperties(seen.properties, { ...(isObject(properties) ? properties : {}), ...named }, "");
    } else if (type === "identify" && isObject(traits)) {
      addProperties(this.#traits, traits, "");
    } else if (type === "channel" && typeof channel === "string") {
      this.#channels.add(channel);
    } else if (type === "list" && typeof list === "string") {
      this.#lists.add(list);
    }
  }

  /** `contactsOf` counts the contacts of which something is said. */
  vocabulary(
    isSample: boolean,
    contactsOf: (kind: "event" | "channel" | "list", name: string) => number,
  ): Vocabulary {
    const named = (kind: "event" | "channel" | "list", names: Iterable<string>) =>
      [...names]
        .map((name) => ({ name, contacts: contactsOf(kind, name) }))
        .sort((left, right) => right.contacts - left.contacts);
    return {
      messages: this.#messages,
      isSample,
      events: named("event", this.#events.keys()).map((event) => {
        const seen = this.#events.get(event.name);
        return {
          ...event,
          count: seen?.count ?? 0,
          properties: words(seen?.properties ?? new Map()),
        };
      }),
      traits: words(this.#traits),
      channels: named("channel", this.#channels),
      lists: named("list", this.#lists),
    };
  }
}

export const emptyVocabulary: Vocabulary = {
  messages: 0,
  isSample: false,
  events: [],
  traits: [],
  channels: [],
  lists: [],
};

/** What lint compares names with. */
export function seenVocabulary({ events, traits, channels, lists }: Vocabulary): SeenVocabulary {
  const paths = (properties: readonly PropertyWord[], prefix = ""): string[] =>
    properties.flatMap(({ path, items = [] }) => [
      prefix + path,
      ...paths(items, `${prefix}${path}[].`),
    ]);
  return {
    events: Object.fromEntries(
      events.map(({ name, count, properties }) => [name, { count, properties: paths(properties) }]),
    ),
    traits: paths(traits),
    channels: channels.map(({ name }) => name),
    lists: lists.map(({ name }) => name),
  };
}

/** With the lists that messages name which came later; other words are those of the load. */
export function withLists(
  vocabulary: Vocabulary,
  counts: Readonly<Record<string, number>>,
): Vocabulary {
  const others = vocabulary.lists.filter(({ name }) => !(name in counts));
  const named = Object.entries(counts).map(([name, contacts]) => ({ name, contacts }));
  const lists = [...others, ...named].sort((left, right) => right.contacts - left.contacts);
  return { ...vocabulary, lists };
}

/** The names of the lists in NDJSON messages. */
export function listsIn(lines: string): string[] {
  const names = new Set<string>();
  for (const line of lines.split("\n")) {
    if (!line.includes('"list"')) continue;
    try {
      const { type, list } = JSON.parse(line) as { type?: unknown; list?: unknown };
      if (type === "list" && typeof list === "string") names.add(list);
    } catch {}
  }
  return [...names];
}
