/** States of what is edited, to go back and forth between. */
export interface EditHistory<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  readonly last: EditMoment | undefined;
}

/** What an edit was about, and when in epoch milliseconds. */
export interface EditMoment {
  /** The JSON Pointer of the value that was written: typing in one place is undone at once. Undefined: an act of its own. */
  readonly subject: string | undefined;
  readonly at: number;
}

const mostKept = 200;
/** Milliseconds: who pauses longer begins another edit. */
const pause = 1200;

export function historyOf<State>(present: State): EditHistory<State> {
  return { past: [], present, future: [], last: undefined };
}

export function edited<State>(
  history: EditHistory<State>,
  present: State,
  edit: EditMoment,
): EditHistory<State> {
  if (Object.is(present, history.present)) return history;
  const { last, past } = history;
  const isSame =
    edit.subject !== undefined && last?.subject === edit.subject && edit.at - last.at < pause;
  const kept = isSame && past.length > 0 ? past : [...past, history.present].slice(-mostKept);
  return { past: kept, present, future: [], last: edit };
}

export function undone<State>(history: EditHistory<State>): EditHistory<State> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present, future, last: undefined };
}

export function redone<State>(history: EditHistory<State>): EditHistory<State> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, last: undefined };
}
