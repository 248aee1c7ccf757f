import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { saveSegments } from "../application/workspace.ts";

/**
 * Keeps the personas as segments, all or none. They name one another, so that they keep their ids; one of the same id
 * becomes a new version.
 *
 * @returns why they were refused; undefined: all are kept
 */
export async function savePersonas(
  definitions: readonly SegmentDefinition[],
  tag: string,
): Promise<string | undefined> {
  const answer = await saveSegments(definitions.map((definition) => ({ definition, tags: [tag] })));
  return answer.isRefused ? answer.message : undefined;
}
