import { LineCutter } from "../javascript/line_chunks.ts";
import type { SeenVocabulary } from "../javascript/lint_types.ts";
import { readInput } from "./input_file.ts";
import type { Terminal } from "./terminal.ts";

type Json = Record<string, unknown>;

/** Gathers the names in messages of the Segment Spec; lines that are none are passed over. */
export async function seenVocabulary(path: string, terminal: Terminal): Promise<SeenVocabulary> {
  const seen = new Names();
  const cutter = new LineCutter();
  const decoder = new TextDecoder();
  const take = (lines: Uint8Array) => {
    for (const line of decoder.decode(lines).split("\n")) {
      if (line.trim() !== "") seen.add(parsed(line));
    }
  };
  for await (const bytes of readInput(path, terminal)) {
    for (const lines of cutter.push(bytes)) take(lines);
  }
  for (const lines of cutter.end()) take(lines);
  return seen.vocabulary();
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

class Names {
  readonly #events = new Map<string, { count: number; properties: Set<string> }>();
  readonly #traits = new Set<string>();
  readonly #channels = new Set<string>();
  readonly #lists = new Set<string>();

  add(message: unknown): void {
    if (!isObject(message)) return;
    const { type, event, name, properties, traits, channel, list } = message;
    if (type === "track" || type === "page" || type === "screen") {
      const eventName = type === "track" ? event : type;
      if (typeof eventName !== "string") return;
      let seen = this.#events.get(eventName);
      if (seen === undefined) {
        seen = { count: 0, properties: new Set() };
        this.#events.set(eventName, seen);
      }
      seen.count += 1;
      if (type !== "track" && typeof name === "string") seen.properties.add("name");
      addPaths(seen.properties, properties, "");
    } else if (type === "identify") {
      addPaths(this.#traits, traits, "");
    } else if (type === "channel" && typeof channel === "string") {
      this.#channels.add(channel);
    } else if (type === "list" && typeof list === "string") {
      this.#lists.add(list);
    }
  }

  vocabulary(): SeenVocabulary {
    const events = [...this.#events].map(([name, { count, properties }]) => {
      return [name, { count, properties: [...properties] }] as const;
    });
    return {
      events: Object.fromEntries(events),
      traits: [...this.#traits],
      channels: [...this.#channels],
      lists: [...this.#lists],
    };
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every path below a value, those of the entries of its arrays as `array[].path`. */
function addPaths(paths: Set<string>, value: unknown, prefix: string): void {
  if (Array.isArray(value)) {
    for (const entry of value) addPaths(paths, entry, prefix.replace(/\.$/, "[]."));
    return;
  }
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const path = prefix + key.replace(/[\\.]/g, "\\$&");
    paths.add(path);
    addPaths(paths, member, `${path}.`);
  }
}
