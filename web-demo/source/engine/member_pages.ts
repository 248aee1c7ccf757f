import type { Audience, SegmentDefinition } from "@fosterflow/segments/audience";
import { turn } from "./turn.ts";

/** So many ids at a time: some milliseconds. */
const pageLength = 20_000;

/** A rule that holds for every contact. */
export const everybody: SegmentDefinition = {
  version: 1,
  id: "everybody",
  when: { kind: "sample", percent: 100, salt: "everybody" },
};

/** All members in code point order, page by page, with turns for others in between. */
export async function* memberPages(
  audience: Audience,
  segment: string | SegmentDefinition,
  at: number,
): AsyncGenerator<string> {
  let after: string | undefined;
  for (;;) {
    const page = audience.members(segment, {
      at,
      limit: pageLength,
      ...(after !== undefined && { after }),
    });
    yield* page;
    if (page.length < pageLength) return;
    after = page.at(-1);
    await turn();
  }
}

/** The order in which members come, which is not that of JavaScript's texts. */
function compareCodePoints(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = unitOrder(left.charCodeAt(index)) - unitOrder(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above all others. */
function unitOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** How many are in a segment at `to` and were not at `from`, and the other way round; undefined when it was ended. */
export async function withinChange(
  audience: Audience,
  segment: string,
  { from, to }: { readonly from: number; readonly to: number },
  isStale: () => boolean,
): Promise<{ entered: number; left: number } | undefined> {
  const before = memberPages(audience, segment, from);
  const after = memberPages(audience, segment, to);
  let old = await before.next();
  let now = await after.next();
  let entered = 0;
  let left = 0;
  while (!(old.done === true && now.done === true)) {
    if (isStale()) return undefined;
    const order =
      old.done === true ? 1 : now.done === true ? -1 : compareCodePoints(old.value, now.value);
    if (order > 0) entered += 1;
    if (order < 0) left += 1;
    if (order <= 0) old = await before.next();
    if (order >= 0) now = await after.next();
  }
  return { entered, left };
}

/** Those of some ids that are not among all. */
export async function missingOf(
  ids: readonly string[],
  all: AsyncIterable<string>,
): Promise<string[]> {
  const missing = new Set(ids);
  for await (const id of all) missing.delete(id);
  return [...missing];
}
