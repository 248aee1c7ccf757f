import type { Engine } from "@fosterflow/segments/core";
import { leanEngine } from "../engine/lean_engine.ts";
import type { JoinRefusal } from "./identity_object.ts";

/** Holds for every contact that exists: its deltas tell by which id the core knows a contact. */
const everybody = {
  version: 1,
  id: "everybody",
  when: { kind: "sample", percent: 100, salt: "" },
} as const;

let probe: Engine | undefined;

/**
 * By which id a contact is known after these aliases: the core decides that, and this asks it.
 *
 * @param contact one of the ids
 * @param aliases in any order, as JSON
 * @param newest the one of them that may be refused
 */
export async function contactIdAfter(
  contact: string,
  aliases: readonly string[],
  newest: string,
): Promise<{ id: string } | { refusal: JoinRefusal }> {
  const engine =
    probe ?? (await leanEngine({ segments: everybody, source: "probe", epoch: "probe" }));
  probe ??= engine;
  const opened = engine.contact(contact);
  try {
    const first = opened.apply(newest, { now: 0 });
    const [refusal] = first.refused;
    if (refusal !== undefined) return { refusal: { code: refusal.code, message: refusal.message } };
    const deltas = [...first.deltas];
    // Those that touch none of the ids so far wait until another has joined them.
    let waiting = aliases.filter((line) => line !== newest);
    for (;;) {
      const left: string[] = [];
      for (const line of waiting) {
        const result = opened.apply(line, { now: 0 });
        deltas.push(...result.deltas);
        if (result.refused.length > 0) left.push(line);
      }
      if (left.length === 0 || left.length === waiting.length) break;
      waiting = left;
    }
    const id = deltas.findLast(({ change }) => change === "entered")?.contact;
    return { id: id ?? contact };
  } finally {
    opened.dispose();
  }
}
