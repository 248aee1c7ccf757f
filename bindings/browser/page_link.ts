import { SegmentError, type SegmentErrorCode } from "../javascript/segment_error.ts";
import { uuidV7 } from "../javascript/uuid_v7.ts";
import { type OwnLeader, startLeader, type WorkerSource } from "./leader_start.ts";
import {
  type Call,
  channelName,
  type LeaderMessage,
  type PageMessage,
  type TrackerSetup,
} from "./protocol.ts";

/**
 * A leader that says nothing for so many milliseconds after it was told something is not there: its tab was put to sleep, or its
 * worker has ended. Another takes its place.
 */
const longestSilence = 5000;

/** Without Web Locks, whoever leads answers a greeting within so many milliseconds. */
const longestGreeting = 300;

interface LinkOptions {
  readonly setup: TrackerSetup;
  readonly worker: WorkerSource | undefined;
  /** Who is here. */
  readonly current: () => string;
  readonly onMessage: (message: LeaderMessage) => void;
  /** Answers what only the page knows. */
  readonly onAsked: (what: Extract<LeaderMessage, { type: "ask" }>["what"]) => Promise<unknown>;
  readonly onSameThread: (reason: unknown) => void;
  /** Whoever leads may not know what was told before. */
  readonly onForgotten: () => void;
  /** The store is gone. Nothing goes on before `restart`. */
  readonly onErased: () => void;
}

interface Waiting {
  readonly what: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The way from a page to the one leader of all tabs, which may be this page's own. Of the tabs that are there, one holds a Web
 * Lock and leads; when it goes, the lock goes to the next.
 */
export class PageLink {
  readonly #options: LinkOptions;
  readonly #tab = uuidV7();
  readonly #waiting = new Map<number, Waiting>();
  #channel: BroadcastChannel | undefined;
  #own: OwnLeader | undefined;
  #isOpen = false;
  #isStarting = false;
  #isReturning = false;
  #release = () => {};
  #seeking = new AbortController();
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Until when the leader has to answer something, by `performance.now()`. */
  #awaitedUntil: number | null = null;
  #isPaused = false;
  #calls = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Whether the leader is this page's own. */
  get isLeading(): boolean {
    return this.#own !== undefined;
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#meet();
    this.#greet();
    this.#seek();
  }

  /** Leaves the others, and stops leading: for good, or while the page is kept for a way back. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#silence);
    this.#silence = undefined;
    this.#seeking.abort();
    this.#endOwn();
    this.#part();
  }

  /** Begins anew: the store was lost, and the receiver may know more than what comes. */
  restart(): void {
    this.close();
    this.#isReturning = true;
    this.open();
  }

  send(message: PageMessage): void {
    if (message.type === "pause") this.#isPaused = message.isPaused;
    if (this.#own !== undefined) this.#own.send(message);
    else this.#channel?.postMessage(message);
    if (message.type === "submit" || message.type === "call") this.#expectWord();
  }

  /** Asks the leader, the next one when this one goes. */
  call(what: Call): Promise<unknown> {
    this.#calls += 1;
    const call = this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { what, resolve, reject });
      this.send({ type: "call", tab: this.#tab, call, what });
    });
  }

  /** Joins the other tabs. */
  #meet(): void {
    if (typeof BroadcastChannel !== "function" || this.#channel !== undefined) return;
    this.#channel = new BroadcastChannel(channelName(this.#options.setup.tracker));
    this.#channel.addEventListener("message", ({ data }) => this.#heard(data as LeaderMessage));
  }

  /** Its own leader speaks to it directly, and to the others for it. */
  #part(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  get #setup(): TrackerSetup {
    const { setup } = this.#options;
    return this.#isReturning ? { ...setup, isReturning: true } : setup;
  }

  #greet(): void {
    const current = this.#options.current();
    this.send({ type: "hello", setup: this.#setup, current, isPaused: this.#isPaused });
  }

  #heard(message: LeaderMessage): void {
    if (!this.#isOpen || isOfPage(message)) return;
    this.#awaitedUntil = null;
    switch (message.type) {
      case "leading":
        if (this.#own === undefined) this.#greet();
        this.#tellAgain();
        return;
      case "answer":
        if (message.tab === this.#tab) this.#answered(message);
        return;
      case "ask":
        return void this.#asked(message.ask, message.what);
      case "ended":
        if (message.reason === "superseded") {
          this.#rejoin();
          return;
        }
        this.#endOwn();
        this.#options.onErased();
        return;
      default:
        this.#options.onMessage(message);
    }
  }

  #answered({ call, value, error }: Extract<LeaderMessage, { type: "answer" }>): void {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new SegmentError(error.code as SegmentErrorCode, error.message));
  }

  async #asked(ask: number, what: Extract<LeaderMessage, { type: "ask" }>["what"]): Promise<void> {
    const own = this.#own;
    try {
      own?.send({ type: "answer", ask, value: await this.#options.onAsked(what) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      own?.send({ type: "answer", ask, error: reason });
    }
  }

  /** Waits in line for the lock. Without locks, every page leads until another one takes its place in the store. */
  #seek(): void {
    const { locks } = navigator;
    if (locks === undefined) {
      // Whoever is there answers the greeting; else there is nobody.
      this.#expectWord(longestGreeting);
      return;
    }
    this.#seeking = new AbortController();
    this.#hold(locks, { signal: this.#seeking.signal });
  }

  #hold(locks: LockManager, options: LockOptions): void {
    const name = channelName(this.#options.setup.tracker);
    locks
      .request(name, options, () => {
        if (!this.#isOpen) return undefined;
        void this.#lead();
        return new Promise<void>((resolve) => {
          this.#release = resolve;
        });
      })
      .catch(() => {
        // It was taken from this page, which has slept, or the page has left the line by itself.
        const wasTaken = this.#own !== undefined && !this.#seeking.signal.aborted;
        if (wasTaken && this.#isOpen) this.#rejoin();
      });
  }

  async #lead(): Promise<void> {
    if (this.#own !== undefined || this.#isStarting) return;
    this.#isStarting = true;
    const { current, worker, onSameThread } = this.#options;
    const setup = this.#setup;
    try {
      const own = await startLeader({
        start: { type: "start", setup, current: current(), isPaused: this.#isPaused },
        ...{ worker, onSameThread },
        onMessage: (message) => this.#heard(message),
      });
      if (!this.#isOpen) return own.end();
      this.#own = own;
      this.#part();
    } finally {
      this.#isStarting = false;
    }
  }

  /** Another one leads now: this page is one of the others again. */
  #rejoin(): void {
    this.#endOwn();
    this.#meet();
    this.#greet();
    // What its own leader was told last may be written by nobody.
    this.#tellAgain();
    this.#seek();
  }

  /** Asks anew what has no answer yet, and has messages told anew that are not confirmed. */
  #tellAgain(): void {
    this.#options.onForgotten();
    for (const [call, { what }] of this.#waiting) {
      this.send({ type: "call", tab: this.#tab, call, what });
    }
  }

  #endOwn(): void {
    this.#own?.end();
    this.#own = undefined;
    this.#release();
  }

  /** One timer for many messages: whether an answer came in between, it sees when it fires. */
  #expectWord(silence = longestSilence): void {
    this.#awaitedUntil ??= performance.now() + silence;
    this.#silence ??= setTimeout(() => this.#listen(), silence);
  }

  #listen(): void {
    this.#silence = undefined;
    if (this.#awaitedUntil === null || !this.#isOpen || this.#isStarting) return;
    const left = this.#awaitedUntil - performance.now();
    // Only who is looked at takes a place; whoever sleeps would not fill it.
    if (left <= 0 && document.visibilityState !== "hidden") this.#takeOver();
    else this.#silence = setTimeout(() => this.#listen(), left > 0 ? left : longestSilence);
  }

  #takeOver(): void {
    this.#awaitedUntil = null;
    const { locks } = navigator;
    if (this.#own !== undefined) {
      this.#own.end();
      this.#own = undefined;
      void this.#lead();
      return;
    }
    if (locks === undefined) return void this.#lead();
    this.#seeking.abort();
    this.#seeking = new AbortController();
    this.#hold(locks, { steal: true });
  }
}

const pageMessages = new Set(["hello", "submit", "current", "pause", "wake", "call"]);

/** Other pages speak in the same channel. */
function isOfPage({ type }: LeaderMessage | PageMessage): boolean {
  return pageMessages.has(type);
}
