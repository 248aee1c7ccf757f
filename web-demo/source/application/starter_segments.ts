import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { TemplateId } from "@fosterflow/segments/authoring";
import { engine, taken } from "../engine/engine.ts";
import type { SegmentRecord } from "../storage/database.ts";

const scenarios: readonly (readonly [TemplateId, string])[] = [
  ["cart-abandonment", "Cart"],
  ["checkout-abandonment", "Cart"],
  ["browse-abandonment", "Cart"],
  ["first-purchase", "Buyers"],
  ["repeat-purchase", "Buyers"],
  ["win-back", "Buyers"],
  ["sign-up-without-purchase", "New"],
  ["channel-ignored", "E-mail"],
];

const own: readonly (readonly [SegmentDefinition, string])[] = [
  [
    {
      version: 1,
      id: "birthday-soon",
      name: "Birthday soon",
      description: "Has a birthday today or in the next two weeks, and can be written to.",
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
    "E-mail",
  ],
  [
    {
      version: 1,
      id: "vip-2026",
      name: "VIP 2026",
      description: "On the list of the customers we know by name.",
      when: { kind: "list", list: "vip-2026", op: "in" },
    },
    "Buyers",
  ],
];

/** What a first visit finds: scenarios of a shop, ready to be looked at and changed. */
export async function starterSegments(now: number): Promise<SegmentRecord[]> {
  const record = (definition: SegmentDefinition, tag: string): SegmentRecord => {
    const kind = definition.when.kind === "list" ? "list" : "dynamic";
    const times = { createdAt: now, updatedAt: now };
    return { id: definition.id, definition, tags: [tag], kind, version: 1, ...times };
  };
  const instantiated = scenarios.map(async ([id, tag]) =>
    record(taken(await engine().instantiate(id, {}, {})), tag),
  );
  return [
    ...(await Promise.all(instantiated)),
    ...own.map(([definition, tag]) => record(definition, tag)),
  ];
}
