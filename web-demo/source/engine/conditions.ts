import type { Condition, SegmentDefinition } from "@fosterflow/segments/audience";

/** A condition of a definition by its place, and those that a number beside it counts. */
export interface ConditionPart {
  /** JSON Pointer. */
  readonly pointer: string;
  /** The condition alone. */
  readonly own: Condition;
  /** It and those before it in its group, joined as the group joins them. */
  readonly running?: Condition;
}

export function isGroup(condition: Condition): condition is Extract<Condition, { of: unknown }> {
  return isGroupKind(condition.kind);
}

export function isGroupKind(kind: string): kind is "all" | "any" | "none" {
  return kind === "all" || kind === "any" || kind === "none";
}

/** All conditions of a definition, the outer ones first; what has not the shape of a condition is left out. */
export function conditionParts({ when }: SegmentDefinition): ConditionPart[] {
  const parts: ConditionPart[] = [];
  const walk = (condition: Condition, pointer: string, running?: Condition) => {
    if (typeof condition !== "object" || condition === null) return;
    parts.push({ pointer, own: condition, ...(running && { running }) });
    if (!isGroup(condition) || !Array.isArray(condition.of)) return;
    const { kind, of } = condition;
    of.forEach((member, index) => {
      const before: Condition = { kind, of: of.slice(0, index + 1) };
      walk(member, `${pointer}/of/${index}`, index > 0 ? before : undefined);
    });
  };
  walk(when, "/when");
  return parts;
}
