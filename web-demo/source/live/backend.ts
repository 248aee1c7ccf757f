import type { Delta, SegmentDefinition } from "@fosterflow/segments";

/** The edge worker and the backend that run beside the page. */
export interface Backend {
  readonly workspace: string;
  readonly writeKey: string;
  readonly adminKey: string;
  /** What the backend takes the page's deltas for. */
  readonly pageKey: string;
}

export interface AppliedDelta {
  /** Its place in the backend's log. */
  readonly place: number;
  readonly delta: Delta;
}

/** What runs at this origin; undefined where only files are served. */
export async function localBackend(): Promise<Backend | undefined> {
  try {
    const response = await fetch("/local.json", { cache: "no-store" });
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    return response.ok && isJson ? ((await response.json()) as Backend) : undefined;
  } catch {
    return undefined;
  }
}

interface PublishedSegment {
  readonly id: string;
  readonly definition: unknown;
}

/**
 * Has the edge worker decide by these definitions: those that it does not have, or has otherwise, are sent; those before
 * that they name come first.
 *
 * @returns why it refused one; undefined: all are in force there
 */
export async function publishSegments(
  { adminKey }: Backend,
  definitions: readonly SegmentDefinition[],
): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json" };
  const response = await fetch("/v1/segments", { headers });
  if (!response.ok) return `${response.status} ${response.statusText}`;
  const { segments } = (await response.json()) as { segments: PublishedSegment[] };
  const known = new Map(segments.map(({ id, definition }) => [id, JSON.stringify(definition)]));
  let waiting = definitions.filter(
    (definition) => known.get(definition.id) !== JSON.stringify(definition),
  );
  while (waiting.length > 0) {
    const refused: SegmentDefinition[] = [];
    let reason = "";
    for (const definition of waiting) {
      const path = `/v1/segments/${encodeURIComponent(definition.id)}`;
      const answer = await fetch(path, {
        method: "PUT",
        headers,
        body: JSON.stringify(definition),
      });
      if (answer.ok) continue;
      refused.push(definition);
      const { detail } = (await answer.json().catch(() => ({}))) as { detail?: string };
      reason = `${definition.name ?? definition.id}: ${detail ?? answer.status}`;
    }
    // What names a segment that comes later is taken in the next round.
    if (refused.length === waiting.length) return reason;
    waiting = refused;
  }
  return undefined;
}

/** What the backend has applied of a contact after a place in its log, the oldest first. */
export async function appliedDeltas(
  contact: string,
  after: number,
): Promise<readonly AppliedDelta[]> {
  const search = new URLSearchParams({ contact, after: String(after) });
  const response = await fetch(`/backend/v1/deltas?${search}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return ((await response.json()) as { deltas: AppliedDelta[] }).deltas;
}
