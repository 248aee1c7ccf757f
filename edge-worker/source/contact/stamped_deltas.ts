import type { Delta } from "@fosterflow/segments";
import type { Stream } from "@fosterflow/segments/delivery";

/** The delta as part of another stream, under another number. */
export function restamped(delta: Delta, { source, epoch }: Stream, sequence: number): Delta {
  return {
    ...delta,
    id: `${source}:${epoch}:${delta.contact}:${sequence}`,
    source,
    epoch,
    sequence,
  };
}

/** The engine's deltas of one contact, in the epoch of its storage. Those of ids that are gone belong to other objects. */
export function ownDeltas(deltas: readonly Delta[], stream: Stream): Delta[] {
  return deltas
    .filter(({ contact }) => contact === stream.contact)
    .map((delta) => restamped(delta, stream, delta.sequence));
}
