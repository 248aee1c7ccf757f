import type { Delta } from "../javascript/delta_types.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import { uuidV7 } from "../javascript/uuid_v7.ts";
import { Arrivals } from "./arrivals.ts";
import { Changes } from "./contact_book.ts";
import { Decider } from "./decider.ts";
import { DeliveryDesk } from "./delivery_desk.ts";
import type { DegradationCode } from "./event_types.ts";
import { IndexedStore, isQuota } from "./indexed_store.ts";
import { LedStore, SupersededError } from "./led_store.ts";
import { MemoryStore } from "./memory_store.ts";
import { PackageCores } from "./package_cores.ts";
import type {
  Call,
  LeaderPort,
  MessageLine,
  PageMessage,
  TrackerSetup,
  TrackerView,
} from "./protocol.ts";
import { Questions } from "./questions.ts";
import { isRefusal, SegmentsUnavailableError, segmentsOf } from "./segments_source.ts";
import { SegmentsWatch } from "./segments_watch.ts";
import {
  type DefinitionsRecord,
  messageKey,
  only,
  type ProfileRecord,
  type StoreTransaction,
} from "./store.ts";
import { appendDeltas, openEpoch } from "./stored_outbox.ts";
import { WakeTimer } from "./wake_timer.ts";

/** Messages that are decided and written together. */
const mostMessagesAtOnce = 500;

/** A clock that is put back by less stands still for the contacts meanwhile; by more, they go back with it. Milliseconds. */
export const clockTolerance = 60_000;

/** An epoch that cannot go on is followed by a new one, but no sooner after the last: milliseconds. */
const shortestEpoch = 60_000;

/** What failed is tried again after so many milliseconds. */
const retryDelay = 2000;

/** A store that fails so often in a row is given up. */
const mostStoreFailures = 5;

/**
 * The one of all pages and workers of a tracker that decides, writes and sends. All that it does goes through one line of
 * work, each step of which is decided in memory, written in one transaction, and only then told.
 */
export class Leader {
  readonly #id = uuidV7();
  readonly #port: LeaderPort;
  readonly #questions: Questions;
  readonly #cores: PackageCores;
  readonly #setup: TrackerSetup;
  readonly #segments: SegmentsWatch;
  #store!: LedStore;
  #profile!: ProfileRecord;
  #desk!: DeliveryDesk;
  #decider: Decider | undefined;
  #current: string;
  #view: TrackerView | undefined;
  readonly #arrivals = new Arrivals();
  #lastPlace = 0;
  #isEnded = false;
  #isEpochOver = false;
  /** The text that was refused last. */
  #refused: string | undefined;
  #retryAt = 0;
  #storeFailures = 0;
  #isWorking = false;
  #isAskedAgain = false;
  #degraded = new Set<DegradationCode>();
  readonly #timer = new WakeTimer(() => void this.#work());
  #whenIdle: (() => void)[] = [];

  constructor(port: LeaderPort, setup: TrackerSetup, current: string) {
    this.#port = port;
    this.#setup = setup;
    this.#segments = new SegmentsWatch(setup, () => void this.#work());
    this.#current = current;
    this.#questions = new Questions(port);
    this.#cores = new PackageCores(
      { contact: setup.contactWasm, whole: setup.coreWasm },
      this.#questions,
    );
    port.listen((message) => this.#heard(message));
  }

  async start(isPaused: boolean): Promise<void> {
    // It is needed in any case, and takes longest.
    this.#cores.contact().catch(() => {});
    await this.#openStore();
    this.#desk = new DeliveryDesk({
      ...{ store: this.#store, setup: this.#setup },
      authorization: (isRefused) => this.#questions.authorization(isRefused),
      tell: (message) => this.#port.tell(message),
      onEpochOver: () => {
        this.#isEpochOver = true;
        void this.#work();
      },
      onStoreFailed: (error) => void this.#failed(error),
    });
    if (isPaused) await this.#desk.pause(true);
    this.#port.tell({ type: "leading", leader: this.#id });
    await this.#desk.open();
    await this.#work();
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#timer.set(null);
    this.#desk?.close();
    this.#decider?.close();
    this.#store?.close();
    for (const resolve of this.#whenIdle) resolve();
    this.#port.close();
  }

  #heard(message: PageMessage): void {
    if (this.#isEnded) return;
    switch (message.type) {
      case "hello":
        this.#greet(message);
        break;
      case "submit":
        this.#current = message.current;
        this.#arrivals.add(message.lines);
        void this.#work();
        break;
      case "current":
        this.#current = message.current;
        void this.#work();
        break;
      case "pause":
        void this.#desk?.pause(message.isPaused);
        break;
      case "wake":
        void this.#wake(message.isOnline);
        break;
      case "call":
        void this.#call(message.tab, message.call, message.what);
        break;
      case "answer":
        this.#questions.answered(message.ask, message.value, message.error);
        break;
      case "stop":
        this.end();
    }
  }

  #greet({ setup, current, isPaused }: Extract<PageMessage, { type: "hello" }>): void {
    this.#current = current;
    if (isPaused) void this.#desk?.pause(true);
    this.#segments.heard(setup);
    if (this.#view !== undefined) this.#settle([], this.#view, []);
    this.#desk?.changed();
    void this.#work();
  }

  async #wake(isOnline: boolean): Promise<void> {
    this.#retryAt = 0;
    this.#timer.check();
    if (isOnline) await this.#desk?.networkRestored().catch((error) => this.#failed(error));
    void this.#desk?.deliver();
    await this.#work();
  }

  async #call(tab: string, call: number, what: Call): Promise<void> {
    try {
      const value = await this.#answer(what);
      this.#port.tell({ type: "answer", tab, call, value });
    } catch (error) {
      const { code = "engine_failed", message } = error as Partial<SegmentError> & Error;
      this.#port.tell({ type: "answer", tab, call, error: { code, message } });
    }
  }

  async #answer(what: Call): Promise<unknown> {
    if (what.method === "erase") return this.#ended("erased");
    if (what.method === "retryParked") return this.#desk.retryParked();
    await this.#idle();
    if (what.method === "flush") await this.#desk.deliver();
    if (what.method !== "explain") return this.#desk.pending();
    if (this.#decider !== undefined) {
      return this.#decider.explain(this.#current, what.segment, what.options);
    }
    throw new SegmentError("core_unavailable", "There is no engine yet.");
  }

  /** Everything that has come is decided and written. */
  #idle(): Promise<void> {
    if (!this.#isWorking || this.#isEnded) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  async #openStore(): Promise<void> {
    const { tracker } = this.#setup;
    try {
      const store = await IndexedStore.open(tracker, () => this.#ended("erased"));
      this.#store = new LedStore(store, this.#id);
      this.#profile = await this.#store.takeOver(this.#setup);
    } catch (error) {
      this.#store = new LedStore(new MemoryStore(), this.#id);
      this.#profile = await this.#store.takeOver(this.#setup);
      this.#degrade(
        "storage_unavailable",
        `Nothing is kept beyond this page: IndexedDB cannot be used (${String(error)}).`,
      );
    }
  }

  /** Does all that is to be done. */
  async #work(): Promise<void> {
    this.#isAskedAgain = true;
    if (this.#isWorking || this.#store === undefined || this.#desk === undefined) return;
    this.#isWorking = true;
    try {
      while (this.#isAskedAgain && !this.#isEnded) {
        this.#isAskedAgain = false;
        await this.#step();
      }
    } catch (error) {
      await this.#failed(error);
    }
    this.#isWorking = false;
    if (this.#isEnded) return;
    this.#timer.set(this.#nextWork());
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #nextWork(): number | null {
    const instants = [this.#retryAt > Date.now() ? this.#retryAt : null];
    if (this.#decider !== undefined) instants.push(this.#decider.book.nextChangeAt());
    if (this.#decider !== undefined) {
      instants.push(this.#segments.dueAt(this.#decider.definitions, Date.now()));
    }
    if (this.#isEpochOver) instants.push(this.#profile.epochSince + shortestEpoch);
    const first = Math.min(...instants.filter((instant) => instant !== null));
    return Number.isFinite(first) ? first : null;
  }

  async #step(): Promise<void> {
    if (this.#retryAt > Date.now()) return this.#keepInputs();
    if (this.#decider === undefined && !(await this.#openDecider())) return this.#keepInputs();
    const decider = this.#decider as Decider;
    const now = Date.now();
    const latest = decider.book.records.reduce((most, { clock }) => Math.max(most, clock), 0);
    const isLate = now < latest - clockTolerance;
    const mayRenew =
      now - this.#profile.epochSince >= shortestEpoch || now < this.#profile.epochSince;
    const found = isLate ? undefined : this.#segments.take();
    if (isLate || (this.#isEpochOver && mayRenew)) {
      await this.#renewEpoch(decider, now);
    } else if (found !== undefined) {
      this.#isAskedAgain = true;
      await this.#define(decider, found, now);
    } else {
      await this.#decide(decider, now);
    }
    this.#storeFailures = 0;
    const { definitions } = decider;
    if (now >= this.#segments.dueAt(definitions, now)) this.#segments.look(definitions, now);
  }

  async #decide(decider: Decider, now: number): Promise<void> {
    const lines = this.#arrivals.first(mostMessagesAtOnce);
    const changes = new Changes();
    await decider.book.advanceTo(now, changes);
    await decider.book.apply(lines, now, changes);
    const view = await this.#viewOf(decider, now);
    if (changes.isEmpty && lines.length === 0 && view === this.#view) return;
    const { source, epoch, opensContacts } = this.#profile;
    const opened = opensContacts
      ? changes.opened.map((contact) => ({ source, epoch, contact }))
      : [];
    try {
      await this.#commit(changes, lines, view, (transaction) =>
        appendDeltas(transaction, changes.deltas, opened),
      );
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // What the store has and what follows from it are two things: only a new epoch can tell.
      await this.#reopen();
      if (this.#decider !== undefined) await this.#renewEpoch(this.#decider, now);
    }
    if (!this.#arrivals.isEmpty) this.#isAskedAgain = true;
  }

  /** Writes what was decided, and tells it once it is written. */
  async #commit(
    changes: Changes,
    lines: readonly MessageLine[],
    view: TrackerView,
    more: (transaction: StoreTransaction) => Promise<void>,
  ): Promise<void> {
    const { collect } = this.#setup;
    await this.#store.write(async (transaction) => {
      changes.write(transaction);
      for (const { messageId, text } of lines) {
        transaction.delete("inbox", messageId);
        if (collect === null || this.#arrivals.isKnown(messageId)) continue;
        // By the clock, so that the next leader goes on after this one.
        this.#lastPlace = Math.max(this.#lastPlace + 1, Date.now() * 1000);
        const message = { messageId, text, place: this.#lastPlace, refused: null };
        transaction.put("messages", messageKey(this.#lastPlace), message);
      }
      if (view !== this.#view) transaction.put("view", only, view);
      await more(transaction);
    });
    const { deltas, refused } = changes;
    const isNewView = view !== this.#view;
    this.#view = view;
    if (isNewView || lines.length > 0 || deltas.length > 0) {
      this.#settle(lines, isNewView ? view : null, deltas);
    }
    for (const { messageId, notice } of refused) {
      const { code, message } = notice;
      this.#port.tell({ type: "refused", refusal: { kind: "message", messageId, code, message } });
    }
    this.#desk.appended(deltas, collect !== null && lines.length > 0);
  }

  #settle(lines: readonly MessageLine[], view: TrackerView | null, deltas: readonly Delta[]): void {
    this.#arrivals.settle(lines);
    const messageIds = lines.map(({ messageId }) => messageId);
    const { isDurable } = this.#store;
    this.#port.tell({ type: "settled", messageIds, isDurable, view, deltas });
  }

  /** The view as it is, or the one before when nothing of it is new. */
  async #viewOf(decider: Decider, now: number): Promise<TrackerView> {
    const contact = this.#current;
    const view: TrackerView = {
      contact,
      memberships: await decider.memberships(contact),
      nextChangeAt: decider.book.recordOf(contact)?.nextChangeAt ?? null,
      at: now,
      segmentsKey: decider.definitions.key,
      segments: decider.segments(),
    };
    const before = this.#view;
    const isSame =
      before !== undefined && JSON.stringify({ ...before, at: now }) === JSON.stringify(view);
    return isSame ? before : view;
  }

  /** Without an engine, messages are kept until there is one. */
  async #keepInputs(): Promise<void> {
    const lines = this.#arrivals.first();
    if (lines.length === 0 || !this.#store.isDurable) return;
    await this.#store.write(async (transaction) => {
      for (const line of lines) transaction.put("inbox", line.messageId, line);
    });
    this.#settle(lines, null, []);
  }

  async #openDecider(): Promise<boolean> {
    try {
      const stored = await this.#store.read((transaction) => transaction.get("definitions", only));
      const definitions = stored ?? (await segmentsOf(this.#segments.setup, undefined, Date.now()));
      this.#decider = await Decider.open(this.#cores, this.#store, this.#profile, definitions);
      if (stored === undefined) await this.#saveDefinitions(definitions);
      const kept = await this.#store.read((transaction) => transaction.values("inbox"));
      this.#arrivals.addFirst(kept);
      return true;
    } catch (error) {
      if (!(error instanceof SegmentsUnavailableError || error instanceof SegmentError))
        throw error;
      const isOfSegments = error instanceof SegmentsUnavailableError || isRefusal(error);
      if (isRefusal(error)) this.#tellRefused(error);
      this.#degrade(
        isOfSegments ? "segments_unavailable" : "engine_unavailable",
        `${error.message} Messages are kept until that is put right.`,
      );
      this.#retryAt = Date.now() + retryDelay;
      return false;
    }
  }

  async #define(decider: Decider, definitions: DefinitionsRecord, now: number): Promise<void> {
    const { key, text } = decider.definitions;
    if (key === definitions.key && text === definitions.text) {
      await this.#saveDefinitions(definitions);
      return decider.confirm(definitions);
    }
    const changes = new Changes();
    try {
      await decider.define(definitions, now, changes);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const isKnown = this.#refused === definitions.text;
      this.#refused = definitions.text;
      decider.confirm({ ...decider.definitions, checkedAt: now, openedAt: definitions.openedAt });
      if (!isKnown) this.#tellRefused(error);
      return;
    }
    const view = await this.#viewOf(decider, now);
    await this.#commit(changes, [], view, async (transaction) => {
      transaction.put("definitions", only, definitions);
      await appendDeltas(transaction, changes.deltas);
    });
  }

  #tellRefused({ problems, message }: SegmentError): void {
    this.#port.tell({ type: "refused", refusal: { kind: "segments", problems, message } });
  }

  #saveDefinitions(definitions: DefinitionsRecord): Promise<void> {
    return this.#store.write(async (transaction) =>
      transaction.put("definitions", only, definitions),
    );
  }

  /** All contacts go on in a new epoch, which tells the receiver what they are in. */
  async #renewEpoch(decider: Decider, now: number): Promise<void> {
    const before = this.#profile;
    const profile: ProfileRecord = {
      ...before,
      ...{ epoch: uuidV7(), epochSince: now, opensContacts: true },
    };
    const changes = new Changes();
    const renewed = await decider.inNewEpoch(profile, now, changes);
    const view = await this.#viewOf(renewed, now);
    await this.#commit(changes, [], view, async (transaction) => {
      transaction.put("profile", only, profile);
      await openEpoch(transaction, profile, changes.deltas);
    });
    decider.close();
    this.#decider = renewed;
    this.#profile = profile;
    this.#isEpochOver = false;
    this.#isAskedAgain = true;
  }

  /** Forgets what is in memory, for what is in the store. */
  async #reopen(): Promise<void> {
    this.#decider?.close();
    this.#decider = undefined;
    await this.#openDecider();
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#isEnded) return;
    if (error instanceof SupersededError) return this.#ended("superseded");
    // What is in memory may be ahead of the store.
    this.#decider?.close();
    this.#decider = undefined;
    this.#storeFailures += 1;
    if (isQuota(error)) {
      await this.#moveToMemory(
        "storage_full",
        "the disk, or what the browser grants of it, is full",
      );
    } else if (this.#storeFailures >= mostStoreFailures && this.#store.isDurable) {
      await this.#moveToMemory("storage_unavailable", `IndexedDB fails (${String(error)})`);
    } else {
      this.#retryAt = Date.now() + retryDelay;
      this.#timer.set(this.#retryAt);
      return;
    }
    this.#isAskedAgain = true;
    setTimeout(() => void this.#work());
  }

  async #moveToMemory(code: DegradationCode, reason: string): Promise<void> {
    await this.#store.moveTo(new MemoryStore());
    // What is on the disk stays behind, and goes on from there one day: two that count on from one number must not share it.
    this.#isEpochOver = true;
    this.#profile = { ...this.#profile, epochSince: 0 };
    this.#degrade(code, `Nothing more is kept beyond this page: ${reason}.`);
  }

  #degrade(code: DegradationCode, message: string): void {
    if (this.#degraded.has(code)) return;
    this.#degraded.add(code);
    this.#port.tell({ type: "degraded", degradation: { code, message } });
  }

  #ended(reason: "superseded" | "erased"): void {
    if (this.#isEnded) return;
    this.#port.tellOwn({ type: "ended", reason });
    this.end();
  }
}
