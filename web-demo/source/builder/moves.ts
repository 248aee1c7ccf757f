import type { Condition, SegmentDefinition } from "@fosterflow/segments/audience";
import { isGroup } from "../engine/conditions.ts";
import { nodeKey, pointerTo, splitPointer, valueAt, withInserted, withValueAt } from "./pointer.ts";

/** Edits of the tree of conditions. Groups that a move leaves empty go with it. */

const rule = "/when";

/** A place among the conditions of a group. */
export interface Slot {
  /** The group's pointer. */
  readonly group: string;
  readonly index: number;
}

export function conditionAt(definition: SegmentDefinition, pointer: string): Condition | undefined {
  return valueAt(definition, pointer) as Condition | undefined;
}

/** Where a condition stands in its group; undefined for the whole rule. */
export function slotOf(pointer: string): Slot | undefined {
  if (pointer === rule) return undefined;
  const { parent, name } = splitPointer(pointer);
  return { group: splitPointer(parent).parent, index: Number(name) };
}

export function membersOf(definition: SegmentDefinition, group: string): readonly Condition[] {
  const condition = conditionAt(definition, group);
  return condition !== undefined && isGroup(condition) && Array.isArray(condition.of)
    ? condition.of
    : [];
}

/** The rule with a condition more: in the root's group, or in a new one around both. */
export function withAdded(definition: SegmentDefinition, condition: Condition): SegmentDefinition {
  const { when } = definition;
  if (when.kind === "all" && Array.isArray(when.of)) {
    return withInserted(definition, `${rule}/of`, when.of.length, condition);
  }
  return { ...definition, when: { kind: "all", of: [when, condition] } };
}

export function withConditionIn(
  definition: SegmentDefinition,
  { group, index }: Slot,
  condition: Condition,
) {
  return withInserted(definition, `${group}/of`, index, condition);
}

/** Without a condition, and without the groups that are empty then; the rule itself cannot go. */
export function withoutCondition(
  definition: SegmentDefinition,
  pointer: string,
): SegmentDefinition {
  const slot = slotOf(pointer);
  if (slot === undefined) return definition;
  if (membersOf(definition, slot.group).length === 1 && slot.group !== rule) {
    return withoutCondition(definition, slot.group);
  }
  return withValueAt(definition, pointer, undefined);
}

/** With a condition at another place. A group cannot be moved into itself. */
export function withMoved(
  definition: SegmentDefinition,
  from: string,
  to: Slot,
): SegmentDefinition {
  const moved = conditionAt(definition, from);
  const origin = slotOf(from);
  if (moved === undefined || origin === undefined) return definition;
  if (to.group === from || to.group.startsWith(`${from}/`)) return definition;
  // A mark that no other object is keeps the place while pointers change.
  const mark = { kind: "all", of: [] } as const satisfies Condition;
  const marked = withConditionIn(definition, to, mark);
  const taken = pointerOf(marked, moved);
  if (taken === undefined) return definition;
  const removed = withoutCondition(marked, taken);
  const place = pointerOf(removed, mark);
  return place === undefined ? definition : withValueAt(removed, place, moved);
}

/** Where a condition is, by its identity. */
export function pointerOf(definition: SegmentDefinition, wanted: Condition): string | undefined {
  const key = nodeKey(wanted);
  const search = (condition: Condition, pointer: string): string | undefined => {
    if (nodeKey(condition) === key) return pointer;
    if (!isGroup(condition) || !Array.isArray(condition.of)) return undefined;
    for (const [index, member] of condition.of.entries()) {
      const found = search(member, `${pointer}${pointerTo("of", index)}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(definition.when, rule);
}

export type Direction = "up" | "down" | "in" | "out";

/** One step by keyboard: among its neighbours, into the group beside it, or out of its own. */
export function withStep(
  definition: SegmentDefinition,
  pointer: string,
  direction: Direction,
): SegmentDefinition {
  const slot = slotOf(pointer);
  if (slot === undefined) return definition;
  const members = membersOf(definition, slot.group);
  const { group, index } = slot;
  if (direction === "up")
    return index === 0 ? definition : withMoved(definition, pointer, { group, index: index - 1 });
  if (direction === "down") {
    return index >= members.length - 1
      ? definition
      : withMoved(definition, pointer, { group, index: index + 2 });
  }
  if (direction === "out") {
    const outer = slotOf(group);
    return outer === undefined
      ? definition
      : withMoved(definition, pointer, { group: outer.group, index: outer.index + 1 });
  }
  for (const neighbour of [index - 1, index + 1]) {
    const beside = members[neighbour];
    if (beside === undefined || !isGroup(beside)) continue;
    const target = `${group}/of/${neighbour}`;
    const place = neighbour < index ? membersOf(definition, target).length : 0;
    return withMoved(definition, pointer, { group: target, index: place });
  }
  return definition;
}

/** With a copy of a condition behind it. */
export function withCopy(definition: SegmentDefinition, pointer: string): SegmentDefinition {
  const condition = conditionAt(definition, pointer);
  if (condition === undefined) return definition;
  const slot = slotOf(pointer);
  const copy = structuredClone(condition);
  if (slot === undefined) return { ...definition, when: { kind: "all", of: [condition, copy] } };
  return withConditionIn(definition, { ...slot, index: slot.index + 1 }, copy);
}

/** With a group around a condition. */
export function withGroupAround(
  definition: SegmentDefinition,
  pointer: string,
  kind: "all" | "any" | "none",
): SegmentDefinition {
  const condition = conditionAt(definition, pointer);
  if (condition === undefined) return definition;
  const { parent, name } = splitPointer(pointer);
  const container = valueAt(definition, parent);
  const group: Condition = { kind, of: [condition] };
  if (!Array.isArray(container)) return { ...definition, when: group };
  const copy = [...container];
  copy[Number(name)] = group;
  return withValueAt(definition, parent, copy);
}

/** With a group's conditions in its place. */
export function withoutGroup(definition: SegmentDefinition, pointer: string): SegmentDefinition {
  const members = membersOf(definition, pointer);
  const slot = slotOf(pointer);
  const [only] = members;
  if (slot === undefined) {
    return members.length === 1 && only !== undefined ? { ...definition, when: only } : definition;
  }
  const siblings = [...membersOf(definition, slot.group)];
  siblings.splice(slot.index, 1, ...members);
  return withValueAt(definition, `${slot.group}/of`, siblings);
}
