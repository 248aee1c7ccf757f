import type { Environment } from "../environment.ts";
import { defaultMessagesPerSecond } from "../limits.ts";

/** A workspace: contacts, rules and backends of their own. Nothing is shared with others. */
export interface Workspace {
  readonly name: string;
  /** Origins whose pages may send messages; "*": all. */
  readonly origins: readonly string[];
  readonly messagesPerSecond: number;
  /** Share of the new contacts whose messages are kept for counting unsaved rules, 0 to 1. */
  readonly sampleRate: number;
  /** What tokens for live feeds are signed with. */
  readonly tokenKey: CryptoKey;
}

export type KeyKind = "write" | "admin";

interface Configured {
  readonly text: string;
  /** By SHA-256 of the key, hexadecimal, after its kind. */
  readonly byKey: ReadonlyMap<string, { digest: Uint8Array; workspace: Workspace }>;
  readonly byName: ReadonlyMap<string, Workspace>;
}

/** What was read, and no promise of it: requests must not wait for each other's. */
let configured: Configured | undefined;

/**
 * The workspaces of the environment; read once.
 *
 * @throws Error when the variable WORKSPACES is not as docs/edge-worker.md has it. The message has no key in it.
 */
export async function workspacesOf(environment: Environment): Promise<Configured> {
  if (configured?.text === environment.WORKSPACES) return configured;
  const read = await readWorkspaces(environment.WORKSPACES);
  configured = read;
  return read;
}

/** The workspace that a key opens. Keys are compared as hashes, in constant time. */
export async function workspaceOfKey(
  environment: Environment,
  kind: KeyKind,
  key: string,
): Promise<Workspace | undefined> {
  const { byKey } = await workspacesOf(environment);
  const digest = await sha256(key);
  const found = byKey.get(`${kind}:${hex(digest)}`);
  if (found === undefined || !crypto.subtle.timingSafeEqual(digest, found.digest)) return undefined;
  return found.workspace;
}

const leastKeyLength = 16;

async function readWorkspaces(text: string): Promise<Configured> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("WORKSPACES is not JSON.");
  }
  if (!isRecord(value)) throw new Error("WORKSPACES is not an object of workspaces by name.");
  const byKey = new Map<string, { digest: Uint8Array; workspace: Workspace }>();
  const byName = new Map<string, Workspace>();
  for (const [name, given] of Object.entries(value)) {
    if (!/^[a-z0-9-]{1,64}$/.test(name)) {
      throw new Error(`WORKSPACES: the name "${name}" is not 1 to 64 of a-z, 0-9 and "-".`);
    }
    if (!isRecord(given)) throw new Error(`WORKSPACES/${name} is not an object.`);
    const writeKeys = textsOf(given["writeKeys"], `${name}/writeKeys`);
    const adminKeys = textsOf(given["adminKeys"], `${name}/adminKeys`);
    const origins = textsOf(given["origins"] ?? [], `${name}/origins`);
    const messagesPerSecond = numberOf(given, name, "messagesPerSecond", defaultMessagesPerSecond);
    const sampleRate = Math.min(numberOf(given, name, "sampleRate", 0.01), 1);
    const secret = await sha256(`live tokens:${name}:${adminKeys.join("\n")}`);
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const tokenKey = await crypto.subtle.importKey("raw", secret, algorithm, false, [
      "sign",
      "verify",
    ]);
    const workspace = { name, origins, messagesPerSecond, sampleRate, tokenKey };
    byName.set(name, workspace);
    for (const [kind, keys] of [
      ["write", writeKeys],
      ["admin", adminKeys],
    ] as const) {
      for (const key of keys) {
        if (key.length < leastKeyLength) {
          throw new Error(
            `WORKSPACES/${name}: a ${kind} key has fewer than ${leastKeyLength} characters.`,
          );
        }
        const digest = await sha256(key);
        const place = `${kind}:${hex(digest)}`;
        if (byKey.has(place)) throw new Error(`WORKSPACES/${name}: a ${kind} key is used twice.`);
        byKey.set(place, { digest, workspace });
      }
    }
  }
  return { text, byKey, byName };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textsOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new Error(`WORKSPACES/${path} is not an array of texts.`);
}

function numberOf(
  given: Readonly<Record<string, unknown>>,
  name: string,
  member: string,
  other: number,
): number {
  const value = given[member] ?? other;
  if (typeof value === "number" && value >= 0) return value;
  throw new Error(`WORKSPACES/${name}/${member} is not a number from 0 on.`);
}

export async function sha256(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
