import type { Coverage } from "./coverage.ts";
import type { Tally } from "./differential.ts";

/** Constructs that must both have held and not held in a run of a few thousand cases. */
const names: Record<string, readonly string[]> = {
  condition: [
    "all",
    "any",
    "none",
    "event",
    "sequence",
    "attribute",
    "channel",
    "list",
    "segment",
    "compare",
    "sample",
  ],
  op: [
    "eq",
    "ne",
    "in",
    "not_in",
    "is_set",
    "is_not_set",
    "gt",
    "gte",
    "lt",
    "lte",
    "between",
    "not_between",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "like",
    "not_like",
    "includes_any",
    "includes_all",
    "includes_none",
    "date_before",
    "date_after",
    "date_between",
    "date_in_last",
    "date_more_than_ago",
    "date_in_next",
    "date_more_than_ahead",
    "date_anniversary_in_next",
  ],
  ignoreCase: [
    "eq",
    "ne",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "like",
    "not_like",
  ],
  filter: [
    "all",
    "any",
    "none",
    "property",
    "item",
    "clock:hour",
    "clock:weekday",
    "clock:day_of_month",
    "clock:month",
  ],
  window: ["last", "between", "before", "from", "to", "calendar", "since"],
  measure: [
    "count",
    "sum",
    "avg",
    "min",
    "max",
    "distinct",
    "first",
    "last",
    "active:hour",
    "active:day",
    "active:week",
    "active:month",
  ],
  compare: ["eq", "ne", "gt", "gte", "lt", "lte"],
  expression: ["add", "sub", "mul", "div"],
  sequence: ["within", "absent-between", "absent-within", "absent-until-now"],
};

/** What a run never saw. A comparison that never saw it proves nothing about it. */
export function missingCoverage(coverage: Coverage, tally: Tally): string[] {
  const missing: string[] = [];
  for (const [group, members] of Object.entries(names)) {
    for (const member of members) {
      const outcomes = coverage.get(`${group}:${member}`) ?? { held: 0, failed: 0 };
      if (outcomes.held === 0) missing.push(`${group}:${member} never held`);
      if (outcomes.failed === 0) missing.push(`${group}:${member} always held`);
    }
  }
  for (const [cause, count] of Object.entries(tally.deltas)) {
    if (count === 0 && tally.replays > 0) missing.push(`no delta with cause ${cause}`);
  }
  if (tally.withMembers === 0) missing.push("nobody was ever in a segment");
  if (tally.refusedLines === 0) missing.push("no line was refused");
  return missing;
}
