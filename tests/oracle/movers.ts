import type { CalendarUnit, Duration } from "./calendar.ts";
import {
  type CalendarWindow,
  type Condition,
  type Definition,
  durationInForce,
  type EventMatch,
  type Expression,
  numberInForce,
  type Window,
  type WrittenDuration,
} from "./definitions.ts";
import { isRelativeToNow } from "./operators.ts";

/**
 * Why a membership can change while time passes. A mover says what is compared with a moving bound;
 * `events` are the names of the events whose times are compared, `attribute` the date that is.
 */
export type Mover =
  | { kind: "shifted"; duration: Duration; direction: 1 | -1; events: string[] }
  | { kind: "shifted"; duration: Duration; direction: 1 | -1; attribute: string }
  | {
      kind: "calendar";
      calendar: CalendarWindow;
      unit: CalendarUnit;
      count: number;
      events: string[];
    }
  | { kind: "elapsed"; duration: Duration; events: string[] }
  | { kind: "anniversary"; days: number; attribute: string };

function namesOf(match: EventMatch): string[] {
  return Array.isArray(match.event) ? match.event : [match.event];
}

/** Walks one definition. The times of events themselves are instants anyway and need no mover. */
export function moversOf(definition: Definition): Mover[] {
  const { parameters } = definition;
  const movers: Mover[] = [];

  function addShift(written: WrittenDuration | undefined, events: string[]): void {
    if (written === undefined) return;
    const duration = durationInForce(written, parameters);
    movers.push({ kind: "shifted", duration, direction: -1, events });
  }
  function addWindow(window: Window | undefined, events: string[]): void {
    addShift(window?.last, events);
    addShift(window?.before, events);
    for (const written of window?.between ?? []) addShift(written, events);
    const calendar = window?.calendar;
    if (calendar !== undefined) {
      const count = numberInForce(calendar.count ?? 1, parameters);
      movers.push({ kind: "calendar", calendar, unit: calendar.unit, count, events });
    }
  }
  function addExpression(expression: Expression): void {
    if (typeof expression === "number") return;
    if ("metric" in expression) {
      addWindow(expression.metric.window, namesOf(expression.metric));
      return;
    }
    const operands = Object.values(expression).filter((member) => Array.isArray(member));
    for (const operand of operands.flat()) addExpression(operand as Expression);
  }
  function addCondition(condition: Condition): void {
    switch (condition.kind) {
      case "all":
      case "any":
      case "none":
        condition.of.forEach(addCondition);
        break;
      case "event":
        addWindow(condition.window, namesOf(condition));
        break;
      case "compare":
        addExpression(condition.left);
        addExpression(condition.right);
        break;
      case "sequence": {
        const positive = condition.steps.filter((step) => step.absent !== true);
        addWindow(condition.window, positive.flatMap(namesOf));
        const last = positive.at(-1);
        for (const step of condition.steps) {
          if (step.absent !== true || step.within === undefined || last === undefined) continue;
          const duration = durationInForce(step.within, parameters);
          movers.push({ kind: "elapsed", duration, events: namesOf(last) });
        }
        break;
      }
      case "attribute": {
        if (!isRelativeToNow(condition.op)) break;
        const duration = durationInForce(condition.value as WrittenDuration, parameters);
        const { attribute } = condition;
        if (condition.op === "date_anniversary_in_next") {
          movers.push({ kind: "anniversary", days: duration.amount, attribute });
        } else {
          movers.push({ kind: "shifted", duration, direction: -1, attribute });
          movers.push({ kind: "shifted", duration, direction: 1, attribute });
        }
        break;
      }
    }
  }

  addCondition(definition.when);
  return movers;
}
