import { createEngine, type Engine, type Explanation } from "@fosterflow/segments";
import type { ExplainRequest } from "./studio_requests.ts";

const engines = new Map<string, { version: number; engine: Engine }>();
const mostEngines = 8;

/**
 * Why a contact is in a segment, or is not.
 *
 * @throws SegmentError `unknown_segment`
 */
export async function explained(asked: ExplainRequest): Promise<Explanation> {
  const engine = await engineOf(asked);
  const snapshot = Uint8Array.from(atob(asked.snapshot), (character) => character.charCodeAt(0));
  const contact = engine.contact(asked.contact, snapshot);
  try {
    return contact.explain(asked.segment, { at: asked.at });
  } finally {
    contact.dispose();
  }
}

async function engineOf({
  workspace,
  version,
  segments,
  parameters,
}: ExplainRequest): Promise<Engine> {
  const known = engines.get(workspace);
  if (known?.version === version) return known.engine;
  const engine = await createEngine({ segments, parameters, source: "studio", epoch: "studio" });
  engines.delete(workspace);
  engines.set(workspace, { version, engine });
  const [oldest] = engines.keys();
  if (engines.size > mostEngines && oldest !== undefined) engines.delete(oldest);
  return engine;
}
