import { createHash } from "node:crypto";
import { noteOutcome } from "./coverage.ts";
import {
  type CompareCondition,
  type Condition,
  type Expression,
  isAttributeReference,
  isParameterReference,
  numberInForce,
  type SampleCondition,
} from "./definitions.ts";
import { measureOf } from "./measures.ts";
import { holds } from "./operators.ts";
import { holdsSequence } from "./sequences.ts";
import { type Situation, valueInForce } from "./situation.ts";
import { type Observed, readPath } from "./values.ts";

/** What is no number, or not finite, is missing (section 2.7 and the appendix, "Measures"). */
function finite(value: Observed): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function evaluateExpression(expression: Expression, situation: Situation): number | undefined {
  if (typeof expression === "number") return expression;
  if (isParameterReference(expression) || isAttributeReference(expression)) {
    return finite(valueInForce(expression, situation));
  }
  if ("metric" in expression) return finite(measureOf(expression.metric, situation));
  for (const operation of ["add", "sub", "mul", "div"] as const) {
    const operands = expression[operation];
    if (operands === undefined) continue;
    const left = evaluateExpression(operands[0], situation);
    const right = evaluateExpression(operands[1], situation);
    let result: number | undefined;
    if (left !== undefined && right !== undefined) {
      if (operation === "add") result = finite(left + right);
      else if (operation === "sub") result = finite(left - right);
      else if (operation === "mul") result = finite(left * right);
      else result = right === 0 ? undefined : finite(left / right);
    }
    noteOutcome(`expression:${operation}`, result !== undefined);
    return result;
  }
  throw new Error(`unknown expression ${JSON.stringify(expression)}`);
}

function holdsComparison(condition: CompareCondition, situation: Situation): boolean {
  const left = evaluateExpression(condition.left, situation);
  const right = evaluateExpression(condition.right, situation);
  if (left === undefined || right === undefined) return condition.op === "ne";
  switch (condition.op) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "gt":
      return left > right;
    case "gte":
      return left >= right;
    case "lt":
      return left < right;
    case "lte":
      return left <= right;
  }
}

const samplePoints = new Map<string, number>();

function isSampled(condition: SampleCondition, situation: Situation): boolean {
  const hashed = `${condition.salt}:${situation.contact.id}`;
  let point = samplePoints.get(hashed);
  if (point === undefined) {
    const digest = createHash("sha256").update(hashed, "utf8").digest("hex");
    point = (Number.parseInt(digest.slice(0, 8), 16) / 2 ** 32) * 100;
    samplePoints.set(hashed, point);
  }
  return point < numberInForce(condition.percent, situation.definition.parameters);
}

function decide(condition: Condition, situation: Situation): boolean {
  const inner = (member: Condition): boolean => holdsCondition(member, situation);
  const { contact } = situation;
  switch (condition.kind) {
    case "all":
      return condition.of.every(inner);
    case "any":
      return condition.of.some(inner);
    case "none":
      return !condition.of.some(inner);
    case "event": {
      const observed = measureOf(condition, situation);
      // By default: at least once (section 2.2).
      const { op = "gte", value = 1 } = condition;
      return holds(op, observed, { ...condition, value }, situation);
    }
    case "sequence":
      return holdsSequence(condition, situation);
    case "attribute": {
      const observed = readPath(contact.attributes, condition.attribute);
      return holds(condition.op, observed, condition, situation);
    }
    case "channel":
      return contact.reachableChannels.has(condition.channel) === (condition.op === "reachable");
    case "list":
      return contact.lists.has(condition.list) === (condition.op === "in");
    case "segment":
      return situation.isIn(condition.segment) === (condition.op === "in");
    case "compare":
      return holdsComparison(condition, situation);
    case "sample":
      return isSampled(condition, situation);
  }
}

export function holdsCondition(condition: Condition, situation: Situation): boolean {
  const result = decide(condition, situation);
  if (condition.kind === "compare") noteOutcome(`compare:${condition.op}`, result);
  return noteOutcome(`condition:${condition.kind}`, result);
}
