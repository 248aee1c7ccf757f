import { definitionSource, type SegmentsInput } from "../javascript/define.ts";
import type { ParameterOverrides } from "../javascript/definition_types.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import type { WorkerSource } from "./leader_start.ts";
import type { TrackerSetup } from "./protocol.ts";

export interface TrackerOptions {
  /**
   * Definitions, as for `createEngine`; or the address of their JSON, which is fetched with its ETag, kept for offline, and looked
   * at again every `refreshEvery` milliseconds. A text that does not begin with `[` or `{` is an address.
   */
  segments: SegmentsInput | URL;
  /** Values that replace those of the definitions' parameters. */
  parameters?: ParameterOverrides;
  /** Where the receiver is: deltas are sent to `<endpoint>/v1/deltas`. Without it they are only told here. */
  endpoint?: string | URL;
  /** A short-lived bearer token for the receiver, or who gets one: asked before the first request and again after a 401. */
  token?: string | (() => string | Promise<string>);
  /** Also sends the messages themselves to a tracking API of Segment's kind: to `<endpoint>/v1/batch`, with the write key. */
  collect?: { endpoint: string | URL; writeKey: string };
  /** Whether the visitor has agreed: without it nothing is kept or sent before `optIn()`. */
  consent?: boolean;
  /** What tells several trackers of one origin apart (default: `default`). */
  name?: string;
  /** Milliseconds after which the segments of an address are looked at again (default: 5 minutes; at least 1 second). */
  refreshEvery?: number;
  /** Where the worker comes from, when not from beside the package's code; false: no worker. */
  worker?: WorkerSource;
  /** Where `contact.wasm` and `core.wasm` are published, when not beside the package's code. */
  wasm?: { contact?: string | URL; core?: string | URL };
}

/** How often segments of an address are looked at, in milliseconds. */
export const defaultRefreshInterval = 5 * 60_000;

const shortestRefreshInterval = 1000;

/** The options as a leader is told them, but for who is here. */
export type TrackerSettings = Omit<TrackerSetup, "source" | "isReturning">;

/**
 * Checks the options, and makes of them what a leader needs.
 *
 * @throws SegmentError `invalid_argument`
 */
export function settingsOf(options: TrackerOptions): TrackerSettings {
  const { name = "default", parameters = null, refreshEvery = defaultRefreshInterval } = options;
  check(/^[\w.-]{1,64}$/.test(name), "`name` must be 1 to 64 of letters, digits and . _ -");
  const isInterval = Number.isFinite(refreshEvery) && refreshEvery >= shortestRefreshInterval;
  check(isInterval, "`refreshEvery` must be at least 1000 milliseconds");
  const { collect } = options;
  const isKey = collect === undefined || (typeof collect.writeKey === "string" && collect.writeKey);
  check(Boolean(isKey), "`collect.writeKey` must be a text that is not empty");
  const segments = segmentsOf(options.segments);
  const shown = "url" in segments ? `url ${segments.url}` : `text ${segments.text}`;
  return {
    tracker: name,
    segments,
    parameters,
    segmentsKey: hashOf(`${shown} ${JSON.stringify(parameters)}`),
    openedAt: Date.now(),
    refreshEvery,
    deltas:
      options.endpoint === undefined ? null : `${base(options.endpoint, "endpoint")}/v1/deltas`,
    collect:
      collect === undefined
        ? null
        : { endpoint: base(collect.endpoint, "collect.endpoint"), writeKey: collect.writeKey },
    hasToken: options.token !== undefined,
    contactWasm: address(options.wasm?.contact) ?? new URL("./contact.wasm", import.meta.url).href,
    coreWasm: address(options.wasm?.core) ?? new URL("./core.wasm", import.meta.url).href,
  };
}

function segmentsOf(segments: SegmentsInput | URL): TrackerSetup["segments"] {
  if (segments instanceof URL) return { url: segments.href };
  if (typeof segments === "string" && !/^\s*[[{]/.test(segments)) {
    return { url: absolute(segments, "segments") };
  }
  const source = definitionSource(segments);
  return { text: typeof source === "string" ? source : new TextDecoder().decode(source) };
}

function base(given: string | URL, name: string): string {
  return absolute(given, name).replace(/\/+$/, "");
}

function address(given: string | URL | undefined): string | undefined {
  return given === undefined ? undefined : absolute(given, "wasm");
}

function absolute(given: string | URL, name: string): string {
  try {
    return new URL(given, document.baseURI).href;
  } catch {
    throw new SegmentError("invalid_argument", `\`${name}\` is not an address: ${String(given)}`);
  }
}

function check(isRight: boolean, message: string): void {
  if (!isRight) throw new SegmentError("invalid_argument", `${message}.`);
}

/** Tells texts apart: two hashes of the kind of FNV-1a, and the length. Nobody gains by making two of one. */
function hashOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    low = Math.imul(low ^ code, 0x01000193) >>> 0;
    high = Math.imul(high ^ (code + place), 0x01000193) >>> 0;
  }
  return `${low.toString(16)}${high.toString(16)}-${text.length}`;
}
