import { shiftInstant } from "./calendar.ts";
import { noteOutcome } from "./coverage.ts";
import { durationInForce, type SequenceCondition, type Step } from "./definitions.ts";
import { matches } from "./filters.ts";
import type { EventContent } from "./messages.ts";
import type { Situation } from "./situation.ts";
import { isInWindow } from "./windows.ts";

/** Positive steps with the absent steps that follow each (section 2.6). */
interface Stage {
  /** The times of the events that can be this step: matching, in the window. */
  times: number[];
  within: Step["within"];
  absent: { within: Step["within"]; times: number[] }[];
}

function stagesOf(condition: SequenceCondition, situation: Situation): Stage[] {
  const stages: Stage[] = [];
  const timesOf = (events: readonly EventContent[]): number[] => events.map((event) => event.time);
  for (const step of condition.steps) {
    const matching = situation.events.filter((event) => matches(step, event, situation));
    if (step.absent === true) {
      // The window bounds positive steps only.
      stages.at(-1)?.absent.push({ within: step.within, times: timesOf(matching) });
    } else {
      const inWindow = matching.filter((event) => isInWindow(condition.window, event, situation));
      stages.push({ times: timesOf(inWindow), within: step.within, absent: [] });
    }
  }
  return stages;
}

export function holdsSequence(condition: SequenceCondition, situation: Situation): boolean {
  const { now, zone } = situation;
  const stages = stagesOf(condition, situation);
  const later = (time: number, within: NonNullable<Step["within"]>): number =>
    shiftInstant(zone, time, durationInForce(within, situation.definition.parameters), 1);

  /** The absent steps at the end: nothing in (ek, ek+D], and only from ek+D on; or in (ek, T]. */
  function staysAbsent(stage: Stage, time: number): boolean {
    return stage.absent.every((absent) => {
      const end = absent.within === undefined ? now : later(time, absent.within);
      const quiet = !absent.times.some((other) => other > time && other <= end);
      return noteOutcome(
        `sequence:absent-${absent.within === undefined ? "until-now" : "within"}`,
        quiet && now >= end,
      );
    });
  }

  const known = new Map<string, boolean>();
  /** Whether the stages after `index` can go on from its event at `time`. */
  function goesOn(index: number, time: number): boolean {
    const key = `${index}:${time}`;
    const decided = known.get(key);
    if (decided !== undefined) return decided;
    const stage = stages[index] as Stage;
    const next = stages[index + 1];
    let result: boolean;
    if (next === undefined) {
      result = staysAbsent(stage, time);
    } else {
      result = next.times.some((nextTime) => {
        if (nextTime <= time) return false;
        if (next.within !== undefined) {
          const inTime = nextTime <= later(time, next.within);
          if (!noteOutcome("sequence:within", inTime)) return false;
        }
        const quiet = stage.absent.every((absent) =>
          noteOutcome(
            "sequence:absent-between",
            !absent.times.some((other) => other > time && other < nextTime),
          ),
        );
        return quiet && goesOn(index + 1, nextTime);
      });
    }
    known.set(key, result);
    return result;
  }

  return (stages[0] as Stage).times.some((time) => goesOn(0, time));
}
