import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { TemplateId } from "@fosterflow/segments/authoring";
import i18next from "i18next";
import { engine, taken } from "../engine/engine.ts";
import { currentLanguage } from "../language/language.ts";
import type { SegmentRecord } from "../storage/database.ts";

const scenarios: readonly (readonly [TemplateId, string])[] = [
  ["cart-abandonment", "cart"],
  ["checkout-abandonment", "cart"],
  ["browse-abandonment", "cart"],
  ["first-purchase", "buyers"],
  ["repeat-purchase", "buyers"],
  ["win-back", "buyers"],
  ["sign-up-without-purchase", "new"],
  ["channel-ignored", "email"],
];

/** Their names and descriptions are in the catalogue, under `starters`. */
const own: readonly (readonly [SegmentDefinition, string])[] = [
  [
    {
      version: 1,
      id: "birthday-soon",
      timezone: "contact",
      when: {
        kind: "all",
        of: [
          { kind: "channel", channel: "email", op: "reachable" },
          {
            kind: "attribute",
            attribute: "birthday",
            op: "date_anniversary_in_next",
            value: { days: 14 },
          },
        ],
      },
    },
    "email",
  ],
  [
    {
      version: 1,
      id: "vip-2026",
      when: { kind: "list", list: "vip-2026", op: "in" },
    },
    "buyers",
  ],
];

/** What a first visit finds: scenarios of a shop, ready to be looked at and changed. */
export async function starterSegments(now: number): Promise<SegmentRecord[]> {
  const record = (definition: SegmentDefinition, tag: string): SegmentRecord => {
    const kind = definition.when.kind === "list" ? "list" : "dynamic";
    const times = { createdAt: now, updatedAt: now };
    return {
      id: definition.id,
      definition,
      tags: [i18next.t(`starters.tags.${tag}`)],
      kind,
      version: 1,
      ...times,
    };
  };
  const instantiated = scenarios.map(async ([id, tag]) =>
    record(taken(await engine().instantiate(id, {}, { language: currentLanguage() })), tag),
  );
  return [
    ...(await Promise.all(instantiated)),
    ...own.map(([{ id, ...definition }, tag]) => {
      const name = i18next.t(`starters.${id}.name`);
      const description = i18next.t(`starters.${id}.description`);
      return record({ ...definition, id, name, description }, tag);
    }),
  ];
}
