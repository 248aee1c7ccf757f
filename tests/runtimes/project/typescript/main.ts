import {
  type ApplyResult,
  createEngine,
  type Delta,
  type Engine,
  type SegmentDefinition,
  SegmentError,
} from "@fosterflow/segments";
import { type Audience, createAudience } from "@fosterflow/segments/audience";
import { type Description, describe } from "@fosterflow/segments/authoring";
import { createEngine as createEngineOf, type WasmSource } from "@fosterflow/segments/core";
import { MemoryOutbox, type Outbox } from "@fosterflow/segments/delivery";
import { type SqlStore, sqliteSchema } from "@fosterflow/segments/receiver";
import { createEngine as createFetchingEngine } from "@fosterflow/segments/url";

const viewers: SegmentDefinition = {
  version: 1,
  id: "viewers",
  when: { kind: "event", event: "Product Viewed", window: { last: { days: 7 } } },
};

export async function decide(wasm: WasmSource): Promise<readonly Delta[]> {
  const engines: Engine[] = [
    await createEngine({ segments: viewers }),
    await createEngineOf({ segments: viewers, wasm }),
    await createFetchingEngine({ segments: viewers }),
  ];
  return engines.flatMap((engine) => {
    const contact = engine.contact("u1");
    const result: ApplyResult = contact.apply({
      type: "track",
      userId: "u1",
      event: "Product Viewed",
    });
    contact.dispose();
    return result.deltas;
  });
}

export async function count(messages: string): Promise<number> {
  const audience: Audience = await createAudience({ segments: viewers });
  await audience.load(messages);
  return audience.count("viewers");
}

export async function sentence(): Promise<string | undefined> {
  try {
    const [description]: Description[] = await describe(viewers);
    return description?.sentence;
  } catch (error) {
    if (error instanceof SegmentError && error.code === "definitions_refused") return undefined;
    throw error;
  }
}

// @ts-expect-error The entry without a core wants one.
createEngineOf({ segments: viewers });

export const outbox: Outbox = new MemoryOutbox();
export const schema: string = sqliteSchema;
export type Store = SqlStore;
