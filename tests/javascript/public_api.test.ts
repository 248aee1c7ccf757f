import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as segments from "@fosterflow/segments";

// An export is a promise: adding one is a decision, and taking one away breaks somebody.

test("the package exports these values and no others", () => {
  assert.deepEqual(Object.keys(segments).sort(), ["SegmentError", "createEngine"]);
});

test("an engine and a contact have these members and no others", async () => {
  const engine = await segments.createEngine({ segments: [] });
  const contact = engine.contact("u1");
  const members = (object: object) =>
    Reflect.ownKeys(Object.getPrototypeOf(object) as object)
      .filter((key) => key !== "constructor")
      .map((key) => (key === Symbol.dispose ? "[Symbol.dispose]" : String(key)))
      .sort();
  assert.deepEqual(members(engine), [
    "[Symbol.dispose]",
    "contact",
    "define",
    "dispose",
    "openContactCount",
    "segments",
    "setParameters",
  ]);
  assert.deepEqual(members(contact), [
    "[Symbol.dispose]",
    "advanceTo",
    "apply",
    "dispose",
    "explain",
    "has",
    "join",
    "memberships",
    "merge",
    "nextChangeAt",
    "snapshot",
    "timeline",
  ]);
  assert.deepEqual(Object.keys(contact), ["id"]);
  engine.dispose();
});

test("the package exports these types from its main entry and no others", () => {
  const folder = new URL("../../bindings/javascript/entries/", import.meta.url);
  const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
  const names = new Set<string>();
  const collect = (name: string, onlyTypes: boolean) => {
    for (const [, all, listed, source = ""] of read(name).matchAll(
      /^export type (?:(\*)|\{([^}]+)\}) from "(\.[^"]+)"/gm,
    )) {
      if (all !== undefined) collect(source, true);
      for (const type of listed?.split(",") ?? []) if (type.trim() !== "") names.add(type.trim());
    }
    if (!onlyTypes) return;
    for (const [, type = ""] of read(name).matchAll(/^export (?:interface|type) (\w+)/gm)) {
      names.add(type);
    }
  };
  collect("index.ts", false);
  assert.deepEqual([...names].sort(), [
    "AliasMessage",
    "ApplyOptions",
    "ApplyResult",
    "AttributeCondition",
    "AttributeReference",
    "ChannelCondition",
    "ChannelMessage",
    "ClockFilter",
    "CompareCondition",
    "Comparison",
    "Condition",
    "ConditionGroup",
    "Contact",
    "DateValue",
    "DecidingEvent",
    "DefineOptions",
    "DefineResult",
    "Delta",
    "DeltaCause",
    "Duration",
    "DurationNumber",
    "Engine",
    "EngineOptions",
    "EventComparison",
    "EventCondition",
    "EventSelector",
    "ExplainOptions",
    "ExplainedAttribute",
    "ExplainedChannel",
    "ExplainedCompare",
    "ExplainedCondition",
    "ExplainedEvent",
    "ExplainedGroup",
    "ExplainedList",
    "ExplainedMeasure",
    "ExplainedSample",
    "ExplainedSegment",
    "ExplainedSequence",
    "Explanation",
    "Expression",
    "IdentifyMessage",
    "ItemFilter",
    "LineNotice",
    "ListCondition",
    "ListMessage",
    "Measure",
    "Membership",
    "MergeResult",
    "Message",
    "Messages",
    "Metric",
    "Operator",
    "PageMessage",
    "ParameterChanges",
    "ParameterOverrides",
    "ParameterReference",
    "ParameterValue",
    "Problem",
    "PropertyFilter",
    "PropertyFilterGroup",
    "PropertyFilterLeaf",
    "SampleCondition",
    "Scalar",
    "ScreenMessage",
    "SegmentCondition",
    "SegmentDefinition",
    "SegmentErrorCode",
    "SegmentSummary",
    "SegmentsInput",
    "SequenceCondition",
    "SequenceStep",
    "ShownValue",
    "ShownWindow",
    "TimelineChange",
    "TimelineRange",
    "Timestamp",
    "TrackMessage",
    "Wanted",
    "WasmSource",
    "Window",
    "WindowRange",
  ]);
});
