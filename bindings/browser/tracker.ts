import type { Delta, Membership } from "../javascript/delta_types.ts";
import type { ExplainOptions, Explanation } from "../javascript/explanation_types.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import { Bearer } from "./bearer.ts";
import { cachedView, holdsOf } from "./cached_view.ts";
import { deferred } from "./deferred.ts";
import { Emitter } from "./emitter.ts";
import type { Degradation, Pending, TrackerEvents } from "./event_types.ts";
import { Identity } from "./identity.ts";
import { eraseDatabase } from "./indexed_store.ts";
import { Journal } from "./journal.ts";
import { LocalText } from "./local_text.ts";
import {
  type MessageOptions,
  MessageWriter,
  messageText,
  pageProperties,
  stamped,
} from "./messages.ts";
import { PageLink } from "./page_link.ts";
import { watchPage } from "./page_watch.ts";
import type { LeaderMessage, MessageLine, TrackerView } from "./protocol.ts";
import { settingsOf, type TrackerOptions, type TrackerSettings } from "./tracker_options.ts";
import { UnloadSender } from "./unload_sender.ts";
import { WaitingCalls } from "./waiting_calls.ts";

const consentKey = "consent";

/** What a page has while its visitor agrees. */
interface Running {
  readonly identity: Identity;
  readonly writer: MessageWriter;
  readonly journal: Journal;
  readonly link: PageLink;
  readonly unload: UnloadSender;
}

/**
 * Makes a tracker: the contact of this browser, decided in the page and kept beyond it. It begins when it is told to: by
 * `consent: true`, or by `optIn()`.
 *
 * @example
 * const tracker = createTracker({ segments: "/segments.json", endpoint: "https://backend.example", token, consent: true });
 * tracker.on("entered", ({ segment }) => console.log("entered", segment));
 * tracker.track("Product Viewed", { sku: "A1", price: 19.9 });
 *
 * @throws SegmentError `invalid_argument`
 */
export function createTracker(options: TrackerOptions): Tracker {
  return new Tracker(options, settingsOf(options));
}

/** The contact of this browser. Made by `createTracker`; all tabs of an origin share one. */
export class Tracker {
  readonly #options: TrackerOptions;
  readonly #settings: TrackerSettings;
  readonly #texts: LocalText;
  readonly #events = new Emitter<TrackerEvents>();
  readonly #kept = new Map<string, () => void>();
  readonly #degradations = new Map<string, Degradation>();
  #running: Running | undefined;
  readonly #waiting = new WaitingCalls<Running>();
  #submitted: MessageLine[] = [];
  #view: TrackerView | undefined;
  #ready = deferred();
  readonly #bearer: Bearer;
  #stopWatching = () => {};
  #isPaused = false;
  #isDisposed = false;

  /** @internal */
  constructor(options: TrackerOptions, settings: TrackerSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#bearer = new Bearer(options.token);
    this.#texts = new LocalText(settings.tracker, (error) =>
      this.#degrade({
        code: "local_storage_unavailable",
        message: `localStorage cannot be used (${String(error)}): who is here is forgotten with the page.`,
      }),
    );
    const said = this.#texts.get(consentKey);
    if (said === "granted" || (said === undefined && options.consent === true)) this.#start();
  }

  /** The visitor agrees: now, and for later visits. What was called before, on this page, counts. */
  optIn(): void {
    this.#checkOpen();
    this.#texts.set(consentKey, "granted");
    this.#start();
  }

  /**
   * The visitor does not agree, or no more: everything that is kept in this browser is erased, in all tabs, and nothing is
   * sent any more. That alone is remembered, and what is called from now on is not. What the receiver knows is not touched.
   */
  async optOut(): Promise<void> {
    this.#checkOpen();
    for (const key of this.#texts.keys("")) this.#texts.delete(key);
    this.#texts.set(consentKey, "denied");
    this.#running?.link.send({ type: "call", tab: "", call: 0, what: { method: "erase" } });
    this.#halt();
    this.#waiting.drop();
    await eraseDatabase(this.#settings.tracker);
  }

  /** Whether the visitor agrees, as far as is known. */
  get hasConsent(): boolean {
    return this.#running !== undefined;
  }

  /** Null before consent. */
  get anonymousId(): string | null {
    return this.#running?.identity.anonymousId ?? null;
  }

  /** Null while nobody has identified themselves, and before consent. */
  get userId(): string | null {
    return this.#running?.identity.userId ?? null;
  }

  /**
   * Something that the contact did.
   *
   * @returns fulfilled once it is decided and kept; it survives the page before that, too
   * @throws SegmentError `invalid_argument`, when JSON cannot say it
   */
  track(
    event: string,
    properties?: Readonly<Record<string, unknown>> | null,
    options?: MessageOptions,
  ): Promise<void> {
    return this.#tell("track", { event, properties: properties ?? {} }, options);
  }

  /** A page view: the event `page`, with what analytics.js says of a page beside `properties`. */
  page(
    name?: string | null,
    properties?: Readonly<Record<string, unknown>> | null,
    options?: MessageOptions,
  ): Promise<void> {
    const all = { ...pageProperties(), ...properties };
    return this.#tell(
      "page",
      name ? { name, properties: { ...all, name } } : { properties: all },
      options,
    );
  }

  /**
   * Says who is here, and what is known of them. With the first `userId`, what was done anonymously becomes the user's; a
   * different one than before is somebody else, who begins anew.
   *
   * @param userId null: of whoever is here
   */
  identify(
    userId?: string | null,
    traits?: Readonly<Record<string, unknown>> | null,
    options?: MessageOptions,
  ): Promise<void> {
    const given = stamped(options);
    const { timestamp } = given;
    return this.#tellLines({ traits: traits ?? {} }, (body, { identity, writer }) => {
      const previousId = userId ? identity.identify(userId) : null;
      const line = writer.line("identify", body, given);
      return previousId === null
        ? [line]
        : [writer.line("alias", { previousId, userId }, { timestamp }), line];
    });
  }

  /** Two ids are one contact. @param previousId default: who is here */
  alias(userId: string, previousId?: string, options?: MessageOptions): Promise<void> {
    const given = stamped(options);
    return this.#tellLines({ userId }, (body, { identity, writer }) => [
      writer.line("alias", { ...body, previousId: previousId ?? identity.contact }, given),
    ]);
  }

  /** Whether the contact can be reached through a channel, such as `email`. */
  channel(channel: string, reachable: boolean, options?: MessageOptions): Promise<void> {
    return this.#tell("channel", { channel, reachable }, options);
  }

  /** Puts the contact on a list or takes it off. */
  list(list: string, action: "add" | "remove", options?: MessageOptions): Promise<void> {
    return this.#tell("list", { list, action }, options);
  }

  /**
   * Nobody is known to be here any more: what follows is another contact's, with an anonymous id of its own. The one before
   * stays what it is, and what time changes for it is still told.
   */
  reset(): void {
    this.#afterStart(({ identity, link }) => {
      identity.reset();
      this.#show(undefined);
      link.send({ type: "current", current: identity.contact });
    });
  }

  /** Gives the visitor another anonymous id, such as one of the server's. */
  setAnonymousId(anonymousId: string): void {
    this.#afterStart(({ identity, link }) => {
      identity.setAnonymousId(anonymousId);
      link.send({ type: "current", current: identity.contact });
    });
  }

  /**
   * The segments that whoever is here is in; empty while that is not known (`ready`). It is what the last decision said: an
   * instant at which time alone changes something is told some milliseconds later.
   */
  memberships(): readonly Membership[] {
    return this.#view?.memberships ?? [];
  }

  /** Whether whoever is here is in the segment. False, too, while it is not known, and for segments that do not exist. */
  has(segment: string): boolean {
    return this.memberships().some((membership) => membership.segment === segment);
  }

  /** Fulfilled once `memberships()` is known, from what is kept or from the engine. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /**
   * Why whoever is here is in a segment or is not, as `contact.explain` of the engine. The first call fetches the whole
   * core.
   *
   * @throws SegmentError `unknown_segment`; `invalid_argument`, for a language that there is not.
   */
  async explain(segment: string, options: ExplainOptions = {}): Promise<Explanation> {
    const what = { method: "explain", segment, options } as const;
    return (await this.#linkOf("explain").call(what)) as Explanation;
  }

  /** Sends what may be sent now, rather than in some seconds. */
  async flush(): Promise<Pending> {
    this.#submit();
    return (await this.#linkOf("flush").call({ method: "flush" })) as Pending;
  }

  /** What waits to be sent. */
  async pending(): Promise<Pending> {
    return (await this.#linkOf("pending").call({ method: "pending" })) as Pending;
  }

  /** Tries again what was given up: parked streams, and an endpoint that wanted nothing any more. */
  async retryParked(): Promise<number> {
    return (await this.#linkOf("retryParked").call({ method: "retryParked" })) as number;
  }

  /** Sends nothing until `resume()`, in all tabs; a reload of this page forgets it. All else goes on. */
  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#setPaused(false);
  }

  /** @returns ends it */
  on<Name extends keyof TrackerEvents>(
    name: Name,
    listener: (value: TrackerEvents[Name]) => void,
  ): () => void {
    const stop = this.#events.on(name, listener);
    // What is worse than it should be mostly is so before anybody can listen.
    if (name === "degraded") {
      const told = [...this.#degradations.values()];
      queueMicrotask(() => {
        for (const degradation of told) listener(degradation as TrackerEvents[Name]);
      });
    }
    return stop;
  }

  /** Ends the tracker on this page. What is kept stays, and other tabs go on. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#submit();
    this.#halt();
    this.#events.clear();
  }

  #checkOpen(): void {
    if (this.#isDisposed) throw new SegmentError("disposed", "The tracker was disposed.");
  }

  #linkOf(method: string): PageLink {
    this.#checkOpen();
    const link = this.#running?.link;
    if (link !== undefined) return link;
    throw new SegmentError("invalid_argument", `\`${method}\` needs consent: call optIn() first.`);
  }

  #start(): void {
    if (this.#running !== undefined) return;
    const settings = this.#settings;
    const identity = new Identity(this.#texts);
    const journal = new Journal(this.#texts);
    const { source, isReturning } = identity;
    const link = new PageLink({
      setup: { ...settings, source, isReturning },
      worker: this.#options.worker,
      current: () => identity.contact,
      onMessage: (message) => this.#heard(message),
      onForgotten: () => {
        journal.recover();
        this.#submit(journal.lines);
      },
      onAsked: (what) => this.#asked(what),
      onSameThread: (reason) =>
        this.#degrade({
          code: "worker_unavailable",
          message: `The engine runs in the page's own thread: ${String(reason)}`,
        }),
      // Whoever opts out says so first; else the browser or its user has cleared the store, and it begins anew.
      onErased: () => {
        if (this.#texts.get(consentKey) === "denied") this.#halt();
        else link.restart();
      },
    });
    const writer = new MessageWriter(identity, settings.collect !== null);
    const unload = new UnloadSender(settings);
    this.#running = { identity, writer, journal, link, unload };
    this.#stopWatching = this.#watchPage(this.#running);
    if (this.#isPaused) link.send({ type: "pause", isPaused: true });
    link.open();
    const left = journal.recover();
    if (left.length > 0) this.#submit(left);
    else if (isReturning) void this.#showCached(identity);
    this.#waiting.run(this.#running);
  }

  #halt(): void {
    this.#running?.link.close();
    this.#running = undefined;
    this.#stopWatching();
    this.#show(undefined);
    this.#ready = deferred();
    for (const resolve of this.#kept.values()) resolve();
    this.#kept.clear();
  }

  async #showCached(identity: Identity): Promise<void> {
    const view = await cachedView(this.#settings.tracker);
    if (view === undefined || this.#view !== undefined || this.#submitted.length > 0) return;
    if (holdsOf(view, identity.contact, this.#settings.segmentsKey)) this.#show(view);
  }

  #show(view: TrackerView | undefined): void {
    const before = JSON.stringify(this.#view?.memberships ?? null);
    this.#view = view;
    if (view !== undefined) this.#ready.resolve();
    if (before !== JSON.stringify(view?.memberships ?? null)) {
      this.#events.emit("memberships", this.memberships());
    }
  }

  #tell(
    type: string,
    body: Readonly<Record<string, unknown>>,
    options: MessageOptions | undefined,
  ): Promise<void> {
    const given = stamped(options);
    return this.#tellLines(body, (said, { writer }) => [writer.line(type, said, given)]);
  }

  /** Takes in what is told, now or when there is consent. */
  #tellLines(
    body: Readonly<Record<string, unknown>>,
    linesOf: (body: Readonly<Record<string, unknown>>, running: Running) => readonly MessageLine[],
  ): Promise<void> {
    this.#checkOpen();
    if (this.#running !== undefined) return this.#take(linesOf(body, this.#running));
    // Its owner may change it meanwhile.
    const copy = JSON.parse(messageText(body)) as Record<string, unknown>;
    return new Promise((resolve) => {
      const work = (running: Running) =>
        void this.#take(linesOf(copy, running)).then(resolve, resolve);
      this.#afterStart(work, resolve);
    });
  }

  #afterStart(work: (running: Running) => void, drop = () => {}): void {
    this.#checkOpen();
    if (this.#running !== undefined) work(this.#running);
    else if (this.#texts.get(consentKey) === "denied") drop();
    else this.#waiting.add(work, drop);
  }

  #take(lines: readonly MessageLine[]): Promise<void> {
    const { journal, unload } = this.#running as Running;
    journal.add(lines);
    unload.tracked(lines);
    this.#submitLater(lines);
    const last = lines.at(-1) as MessageLine;
    return new Promise((resolve) => this.#kept.set(last.messageId, resolve));
  }

  #submitLater(lines: readonly MessageLine[]): void {
    if (this.#submitted.length === 0) queueMicrotask(() => this.#submit());
    this.#submitted.push(...lines);
  }

  #submit(more: readonly MessageLine[] = []): void {
    const lines = [...more, ...this.#submitted.splice(0)];
    if (this.#running === undefined || lines.length === 0) return;
    const { link, identity } = this.#running;
    link.send({ type: "submit", current: identity.contact, lines });
  }

  #heard(message: LeaderMessage): void {
    const running = this.#running;
    if (running === undefined) return;
    const { identity, journal, unload } = running;
    switch (message.type) {
      case "settled":
        if (message.view?.contact === identity.contact) this.#show(message.view);
        journal.confirm(message.messageIds, message.isDurable);
        for (const messageId of message.messageIds) {
          this.#kept.get(messageId)?.();
          this.#kept.delete(messageId);
        }
        if (message.deltas.length > 0) this.#told(running, message.deltas);
        break;
      case "delivered": {
        const { stream, acknowledged, deltas } = message;
        unload.delivered(stream, acknowledged);
        this.#events.emit("delivered", { contact: stream.contact, acknowledged, deltas });
        break;
      }
      case "collected":
        unload.collected(message.messageIds);
        break;
      case "refused":
        if (message.refusal.kind === "delta") unload.parked(message.refusal.parked);
        this.#events.emit("refused", message.refusal);
        break;
      case "degraded":
        this.#degrade(message.degradation);
        break;
      case "pending":
        this.#events.emit("pending", message.counts);
    }
  }

  #told({ link, unload }: Running, deltas: readonly Delta[]): void {
    unload.told(deltas);
    // A page that goes has no time to get one.
    if (link.isLeading && this.#options.token !== undefined) this.#bearer.prepare();
    for (const delta of deltas) this.#events.emit(delta.change, delta);
  }

  async #asked(what: "token" | "renewed token" | "core"): Promise<unknown> {
    if (what === "core") return (await import("./inline_core.ts")).inlineCore();
    return this.#bearer.authorization(what === "renewed token");
  }

  #setPaused(isPaused: boolean): void {
    this.#checkOpen();
    this.#isPaused = isPaused;
    this.#running?.link.send({ type: "pause", isPaused });
  }

  #degrade(degradation: Degradation): void {
    if (this.#degradations.has(degradation.code)) return;
    this.#degradations.set(degradation.code, degradation);
    this.#events.emit("degraded", degradation);
  }

  #watchPage({ identity, link, unload }: Running): () => void {
    return watchPage({
      onHidden: () => {
        this.#submit();
        if (link.isLeading && !this.#isPaused) unload.flush(this.#bearer.last);
      },
      onWake: () => link.send({ type: "wake", isOnline: navigator.onLine }),
      onFrozen: () => link.close(),
      onThawed: () => link.open(),
      onStorage: (event) => {
        if (this.#texts.changedKey(event) === undefined) return;
        if (this.#texts.get(consentKey) === "denied") {
          this.#halt();
          return;
        }
        const before = identity.contact;
        identity.reload();
        if (identity.contact !== before) link.send({ type: "current", current: identity.contact });
      },
    });
  }
}
