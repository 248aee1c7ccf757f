/** Before consent so many calls wait in memory; the oldest go. */
const mostWaitingCalls = 1000;

interface WaitingCall<Running> {
  readonly work: (running: Running) => void;
  /** It will not be done. */
  readonly drop: () => void;
}

/** Calls that are not to be done before the visitor agrees, and never when they do not. */
export class WaitingCalls<Running> {
  #calls: WaitingCall<Running>[] = [];

  add(work: (running: Running) => void, drop = () => {}): void {
    this.#calls.push({ work, drop });
    if (this.#calls.length > mostWaitingCalls) this.#calls.shift()?.drop();
  }

  run(running: Running): void {
    for (const { work } of this.#calls.splice(0)) work(running);
  }

  drop(): void {
    for (const { drop } of this.#calls.splice(0)) drop();
  }
}
