let offset = 0;

/** Epoch milliseconds. All of the worker reads the clock here, so that tests can move it. */
export function now(): number {
  return Date.now() + offset;
}

/** The host's time of an instant of ours: what alarms are set to. */
export function hostTime(instant: number): number {
  return instant - offset;
}

/** For tests: this isolate's clock is so many milliseconds ahead of the host's. */
export function setClockOffset(milliseconds: number): void {
  offset = milliseconds;
}
