import type { Delta } from "../javascript/delta_types.ts";
import type { StreamState } from "./stream_state.ts";
import { type DeliveryBatch, protocolVersion, type Stream } from "./wire.ts";

/** A request's body, and which of the deltas fitted into it. */
export interface EncodedBatch {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly deltas: readonly Delta[];
}

interface BatchOptions {
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Most bytes of the body. */
  readonly mostBytes: number;
  readonly authorization?: string;
}

const encoder = new TextEncoder();

/**
 * Writes as many of the deltas as the bound allows: none when not even the first fits. Without deltas the body is a
 * batch all the same, which opens an epoch.
 */
export function encodedBatch(
  state: Pick<StreamState, keyof Stream | "opened" | "opening">,
  deltas: readonly Delta[],
  options: BatchOptions,
): EncodedBatch {
  const head = batchHead(state, options);
  let left = options.mostBytes - encoder.encode(head).length - "]}".length;
  const texts: string[] = [];
  for (const delta of deltas) {
    const text = JSON.stringify(delta);
    left -= encoder.encode(text).length + (texts.length > 0 ? 1 : 0);
    if (left < 0) break;
    texts.push(text);
  }
  return {
    body: encoder.encode(`${head}${texts.join(",")}]}`),
    deltas: deltas.slice(0, texts.length),
  };
}

/** As `encodedBatch`, but the first delta is in it however long it is: only the receiver knows what is too long. */
export function leadingBatch(
  state: Pick<StreamState, keyof Stream | "opened" | "opening">,
  deltas: readonly Delta[],
  options: BatchOptions,
): EncodedBatch {
  const batch = encodedBatch(state, deltas, options);
  if (batch.deltas.length > 0 || deltas.length === 0) return batch;
  const first = deltas.slice(0, 1);
  return encodedBatch(state, first, { ...options, mostBytes: Number.POSITIVE_INFINITY });
}

function batchHead(
  {
    source,
    epoch,
    contact,
    opened,
    opening,
  }: Pick<StreamState, keyof Stream | "opened" | "opening">,
  { sentAt, authorization }: BatchOptions,
): string {
  const batch: DeliveryBatch = {
    version: protocolVersion,
    source,
    epoch,
    contact,
    sentAt: new Date(sentAt).toISOString(),
    ...(opened ? {} : { opening }),
    ...(authorization === undefined ? {} : { authorization }),
    deltas: [],
  };
  return JSON.stringify(batch).slice(0, -"]}".length);
}

/** An id that is longer goes as its hash, since servers bound their headers. */
const longestReadableId = 200;

/**
 * What the headers `webhook-id` and `idempotency-key` say: `<source>:<epoch>:<contact>:<first>-<last>`, each part
 * percent-encoded, or its SHA-256 when that is long. The same deltas have the same id, however often they are sent.
 */
export async function batchId(stream: Stream, deltas: readonly Delta[]): Promise<string> {
  const first = deltas[0]?.sequence ?? 0;
  const last = deltas.at(-1)?.sequence ?? 0;
  const name = [stream.source, stream.epoch, stream.contact].map(encodedPart).join(":");
  const readable = `${name}:${first}-${last}`;
  if (readable.length <= longestReadableId) return readable;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(name)));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex}:${first}-${last}`;
}

/** Full stops separate the parts of what is signed, so none is left in an id; neither is half a surrogate pair. */
function encodedPart(text: string): string {
  const whole = text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
  return encodeURIComponent(whole).replaceAll(".", "%2E");
}
