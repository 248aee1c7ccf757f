import type {
  DecidingEvent,
  ExplainedCondition,
  ExplainedMeasure,
  Explanation,
} from "../javascript/explanation_types.ts";

function isoText(instant: number): string {
  return new Date(instant).toISOString();
}

/** What a person reads: the tree of the rule, two spaces a level, with what was found below each condition. */
export function explanationText(explanation: Explanation): string {
  const { contact, segment, name, at, holds, changesAt, notes, condition } = explanation;
  const title = name === "" || name === segment ? segment : `${segment} (${name})`;
  const lines = [`${contact} is ${holds ? "" : "not "}in ${title}, at ${isoText(at)}`];
  if (changesAt !== null) {
    lines.push(`By time alone it ${holds ? "leaves" : "enters"} at ${isoText(changesAt)}`);
  }
  lines.push(...notes, "", ...conditionLines(condition, ""));
  return lines.map((line) => `${line}\n`).join("");
}

function conditionLines(condition: ExplainedCondition, indent: string): string[] {
  const below = `${indent}    `;
  const lines = [`${indent}${condition.holds ? "✓" : "✗"} ${condition.sentence}`];
  lines.push(`${below}found: ${condition.finding}`);
  if ("events" in condition) lines.push(...eventLines(condition, below));
  if (condition.kind === "compare") {
    for (const measure of condition.measures) lines.push(...measureLines(measure, below));
  }
  if (condition.missing !== null) lines.push(`${below}missing: ${condition.missing}`);
  if (condition.changesAt !== null) lines.push(`${below}changes: ${isoText(condition.changesAt)}`);
  if (condition.partialHistory) lines.push(`${below}rests on a part of the history`);
  if ("of" in condition) {
    for (const member of condition.of) lines.push(...conditionLines(member, `${indent}  `));
  } else if (condition.kind === "segment" && condition.condition !== null) {
    lines.push(...conditionLines(condition.condition, `${indent}  `));
  }
  return lines;
}

function measureLines(measure: ExplainedMeasure, indent: string): string[] {
  const { sentence, observed } = measure;
  const value = observed === null ? "no such event" : JSON.stringify(observed);
  return [`${indent}${sentence} ${value}`, ...eventLines(measure, `${indent}  `)];
}

function eventLines(
  { events, eventCount }: { events: readonly DecidingEvent[]; eventCount: number },
  indent: string,
): string[] {
  const lines = events.map(({ at, event, properties = {} }) => {
    const named = Object.entries(properties).map(
      ([name, value]) => `${name} ${JSON.stringify(value)}`,
    );
    return `${indent}${isoText(at)}  ${event}${named.length > 0 ? `  ${named.join(", ")}` : ""}`;
  });
  const more = eventCount - events.length;
  if (more > 0) lines.push(`${indent}and ${more} more`);
  return lines;
}
