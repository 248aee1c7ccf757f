import type { Figure } from "../../report/row.ts";
import type { Base } from "../base/base.ts";
import { propertiesAt } from "../base/catalogue.ts";
import type { AudienceStatistics } from "../subject.ts";

const target = 32;

/** What does a loaded audience take? Throws when it does not hold each event once. */
export function memoryFigure(statistics: AudienceStatistics, base: Base): Figure {
  const { contacts, events, bytes, memoryBytes } = statistics;
  if (contacts !== base.contacts || events !== base.events) {
    throw new Error(
      `loaded ${contacts} contacts and ${events} events of ${base.contacts} and ${base.events}`,
    );
  }
  let properties = 0;
  base.kind.forEach((kind, event) => {
    properties += propertiesAt(kind, base.time[event] as number);
  });
  return {
    title: "Memory of a loaded audience, contacts and what finds doubles included",
    rows: [
      {
        question: "an event",
        unit: "B",
        value: bytes / events,
        target,
        note: `of ${(properties / events).toFixed(1)} properties, ${(events / contacts).toFixed(0)} of a contact`,
      },
      { question: "all", unit: "MB", value: bytes },
      { question: "WebAssembly memory, after loading", unit: "MB", value: memoryBytes },
    ],
  };
}
