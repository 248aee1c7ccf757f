import type { Case } from "../oracle/generator.ts";

const now = Date.UTC(2026, 5, 1, 12);

const zones = ["Europe/London", "America/Boise", "Pacific/Auckland", "Asia/Kabul"];

/** Days and minutes before 1970, as dates of birth are, in zones whose early clock is not today's. */
export function earlyDateCases(): Case[] {
  return zones.map((zone) => {
    const definitions = ["1902-03-01", "1935-07-01T00:30", "1950-01-01", "1967-12-31"].flatMap(
      (date, index) => [
        rule(zone, `before-${index}`, { op: "date_before", value: date }),
        rule(zone, `after-${index}`, { op: "date_after", value: date }),
      ],
    );
    definitions.push(
      rule(zone, "birthday", { op: "date_anniversary_in_next", value: { days: 200 } }),
    );
    const births = [1901, 1902, 1921, 1935, 1950, 1967, 1968, 1971].flatMap((year) =>
      ["03-01", "06-30T23:30", "07-01T00:29:59.999", "12-31", "01-01T00:00Z"].map(
        (day) => `${year}-${day}`,
      ),
    );
    const lines = births.map((birth, index) =>
      JSON.stringify({ type: "identify", userId: `c${index}`, timestamp: now, traits: { birth } }),
    );
    return { seed: 0, definitions, lines, instants: [now], source: "replay", epoch: "0" };
  });
}

function rule(timezone: string, id: string, comparison: Record<string, unknown>) {
  const when = { kind: "attribute", attribute: "birth", ...comparison };
  return { version: 1, id, timezone, when };
}
