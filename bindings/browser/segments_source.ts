import { SegmentError } from "../javascript/segment_error.ts";
import type { TrackerSetup } from "./protocol.ts";
import type { DefinitionsRecord } from "./store.ts";

/** How long an answer may take, in milliseconds. */
const requestTimeout = 20_000;

/** The address of the segments did not answer, or with something else. */
export class SegmentsUnavailableError extends Error {
  override readonly name = "SegmentsUnavailableError";
}

/**
 * The segments that a page brings, or those of their address. When the address says that `known` is current, only its
 * `checkedAt` is new.
 *
 * @throws SegmentsUnavailableError
 */
export async function segmentsOf(
  setup: TrackerSetup,
  known: DefinitionsRecord | undefined,
  now: number,
): Promise<DefinitionsRecord> {
  const { segments, parameters, segmentsKey: key, openedAt } = setup;
  const own = { key, parameters, openedAt, checkedAt: now };
  if ("text" in segments) return { ...own, text: segments.text, etag: null };
  const before = known?.key === key ? known : undefined;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), requestTimeout);
  try {
    const response = await fetch(segments.url, {
      cache: "no-cache",
      signal: abort.signal,
      ...(before?.etag ? { headers: { "if-none-match": before.etag } } : {}),
    });
    if (response.status === 304 && before !== undefined) return { ...before, checkedAt: now };
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return { ...own, text: await response.text(), etag: response.headers.get("etag") };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SegmentsUnavailableError(
      `The segments at ${segments.url} could not be fetched: ${reason}.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Whether these are segments that the core refuses, rather than a core that is not there. */
export function isRefusal(error: unknown): error is SegmentError {
  return error instanceof SegmentError && error.code === "definitions_refused";
}
