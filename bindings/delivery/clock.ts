/** Time as the sender sees it; tests hand in their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back after so many milliseconds, unless the function it answers is called before. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** setTimeout calls at once what is further away than this. */
const longestTimer = 2 ** 31 - 1;

/** The clock and timers of the host. */
export const hostClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(milliseconds, 0), longestTimer));
    return () => clearTimeout(timer);
  },
};
