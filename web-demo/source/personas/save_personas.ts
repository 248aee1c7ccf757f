import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { saveSegment } from "../application/workspace.ts";

/**
 * Keeps the personas as segments. They name one another, so that they keep their ids; one of the same id becomes a new
 * version.
 *
 * @returns why one was refused; undefined: all are kept
 */
export async function savePersonas(
  definitions: readonly SegmentDefinition[],
  tag: string,
): Promise<string | undefined> {
  for (const definition of definitions) {
    const answer = await saveSegment(definition, { tags: [tag], kind: "dynamic" });
    if (answer.isRefused) return answer.message;
  }
  return undefined;
}
