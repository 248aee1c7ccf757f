import assert from "node:assert/strict";
import { test } from "node:test";
import type { Condition, SegmentDefinition } from "@fosterflow/segments/audience";
import { edited, historyOf, redone, undone } from "../../web-demo/source/builder/edit_history.ts";
import {
  withCopy,
  withGroupAround,
  withMoved,
  withoutCondition,
  withoutGroup,
  withStep,
} from "../../web-demo/source/builder/moves.ts";
import { nodeKey, valueAt, withValueAt } from "../../web-demo/source/builder/pointer.ts";
import {
  contactList,
  likelyColumn,
  listTable,
  withoutUnknown,
} from "../../web-demo/source/create/contact_list.ts";

const list = (name: string): Condition => ({ kind: "list", list: name, op: "in" });
const rule = (...of: Condition[]): SegmentDefinition => ({
  version: 1,
  id: "x",
  when: { kind: "all", of },
});

/** A rule as its lists' names, groups in brackets. */
function shape(definition: SegmentDefinition): string {
  const of = (condition: Condition): string =>
    "of" in condition
      ? `(${condition.of.map(of).join(" ")})`
      : "list" in condition
        ? condition.list
        : "?";
  return of(definition.when);
}

const group = (...of: Condition[]): Condition => ({ kind: "any", of });

test("conditions move by steps: among neighbours, into the group beside, out of their own", () => {
  const start = rule(list("a"), group(list("b"), list("c")), list("d"));
  assert.equal(shape(withStep(start, "/when/of/0", "down")), "((b c) a d)");
  assert.equal(shape(withStep(start, "/when/of/0", "up")), "(a (b c) d)");
  assert.equal(shape(withStep(start, "/when/of/0", "in")), "((a b c) d)");
  assert.equal(shape(withStep(start, "/when/of/2", "in")), "(a (b c d))");
  assert.equal(shape(withStep(start, "/when/of/1/of/0", "out")), "(a (c) b d)");
  assert.equal(shape(withStep(start, "/when/of/1/of/0", "in")), "(a (b c) d)");
  assert.equal(shape(withStep(start, "/when", "out")), "(a (b c) d)");
});

test("a group that is left empty goes, a group cannot be moved into itself, equal conditions are told apart", () => {
  const start = rule(list("a"), group(list("b")), list("a"));
  assert.equal(shape(withMoved(start, "/when/of/1/of/0", { group: "/when", index: 0 })), "(b a a)");
  assert.equal(shape(withoutCondition(start, "/when/of/1/of/0")), "(a a)");
  assert.equal(
    shape(withMoved(start, "/when/of/1", { group: "/when/of/1", index: 0 })),
    "(a (b) a)",
  );
  const moved = withMoved(start, "/when/of/2", { group: "/when", index: 0 });
  assert.equal(valueAt(moved, "/when/of/0"), valueAt(start, "/when/of/2"));
  assert.equal(shape(withCopy(start, "/when/of/1")), "(a (b) (b) a)");
  assert.equal(shape(withGroupAround(start, "/when/of/0", "none")), "((a) (b) a)");
  assert.equal(shape(withoutGroup(start, "/when/of/1")), "(a b a)");
  assert.equal(shape(withGroupAround(start, "/when", "none")), "((a (b) a))");
});

test("an edit keeps what is beside it as it is, and the keys of what it changes", () => {
  const start = rule(list("a"), group(list("b")));
  const after = withValueAt(start, "/when/of/1/of/0/list", "z");
  assert.equal(shape(after), "(a (z))");
  assert.equal(valueAt(after, "/when/of/0"), valueAt(start, "/when/of/0"));
  for (const pointer of ["/when", "/when/of/1", "/when/of/1/of/0"]) {
    assert.notEqual(valueAt(after, pointer), valueAt(start, pointer));
    assert.equal(nodeKey(valueAt(after, pointer)), nodeKey(valueAt(start, pointer)));
  }
  assert.equal(shape(start), "(a (b))");
  assert.equal(
    "list" in (valueAt(withValueAt(start, "/when/of/0/list", undefined), "/when/of/0") as object),
    false,
  );
});

test("typing in one place is undone at once, acts one by one, and an edit ends what could be redone", () => {
  let history = historyOf("");
  for (const [index, text] of ["a", "ab", "abc"].entries()) {
    history = edited(history, text, { subject: "/name", at: index * 100 });
  }
  history = edited(history, "x", { subject: undefined, at: 300 });
  history = edited(history, "y", { subject: undefined, at: 310 });
  history = undone(history);
  assert.equal(history.present, "x");
  history = undone(history);
  assert.equal(history.present, "abc");
  history = undone(history);
  assert.equal(history.present, "");
  assert.equal(undone(history), history);
  history = redone(history);
  assert.equal(history.present, "abc");
  history = edited(history, "n", { subject: "/name", at: 10_000 });
  assert.equal(redone(history), history);
});

test("a list's bad rows are named by their lines, and unknown contacts only when they are not wanted", () => {
  const table = listTable('name,User ID\nAnn,"c1"\nBen,\nCem,c1\nDan,c2,x\nEve,c9\n', true);
  assert.equal(likelyColumn(table), 1);
  const all = contactList(table, 1);
  assert.deepEqual(all.contacts, ["c1", "c9"]);
  assert.deepEqual(
    all.bad.map(({ line, reason }) => [line, reason]),
    [
      [3, "empty"],
      [4, "duplicate"],
      [5, "fields"],
    ],
  );
  const known = withoutUnknown(all, new Set(["c9"]), table, 1);
  assert.deepEqual(known.contacts, ["c1"]);
  assert.deepEqual(known.bad.at(-1), { line: 6, reason: "unknown", text: "Eve, c9" });
  assert.deepEqual(listTable("c1\nc2", false).columns, [{ place: 0, title: "1" }]);
});
