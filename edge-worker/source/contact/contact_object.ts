import { DurableObject } from "cloudflare:workers";
import type { Contact, Delta, Engine } from "@fosterflow/segments/core";
import { uuidV7 } from "@fosterflow/segments/delivery";
import { ObjectAlarm } from "../alarm.ts";
import { hostTime, now } from "../clock.ts";
import { ContactDelivery } from "../delivery/contact_delivery.ts";
import { SendTimer } from "../delivery/send_timer.ts";
import { forgetOpen, keepOpen, openContactCount } from "../engine/open_contacts.ts";
import { dropFailedEngine, type Rules, rulesOf } from "../engine/rules.ts";
import type { Environment } from "../environment.ts";
import { alarmRetryDelay, sendDelay } from "../limits.ts";
import { errorText, log } from "../operations/log.ts";
import { count, measure } from "../operations/metrics.ts";
import type {
  AdoptRequest,
  Applied,
  ApplyAnswer,
  ApplyRequest,
  ContactAddress,
  CopyAnswer,
  Elsewhere,
  LeaveRequest,
  Left,
  MembershipsAnswer,
} from "./contact_calls.ts";
import type { Change, Work } from "./contact_change.ts";
import { type ContactRecord, streamOf } from "./contact_record.ts";
import { ContactStorage } from "./contact_storage.ts";
import { LiveFeeds } from "./live_feeds.ts";
import { mergedSnapshot } from "./merged_snapshot.ts";
import { reportParked } from "./parked_report.ts";
import { ownDeltas } from "./stamped_deltas.ts";

/** The contact in memory, and what of it is stored. */
interface Opened {
  readonly engine: Engine;
  readonly contact: Contact;
  stored: Uint8Array | undefined;
}

/**
 * One contact: decides, stores, delivers.
 *
 * Each change is one transaction: the snapshot's changed parts, and the deltas in the outbox of every endpoint. There is no other
 * state, so it may end at any point. Between reading the rules and the end of the transaction nothing is awaited; so changes of
 * one contact come one after the other.
 */
export class ContactObject extends DurableObject<Environment> {
  readonly #storage: ContactStorage;
  #delivery: ContactDelivery;
  readonly #alarm: ObjectAlarm;
  readonly #live: LiveFeeds;
  readonly #sendTimer = new SendTimer(() => void this.#sendDue());
  #opened: Opened | undefined;
  /** When to try again what failed here; null: nothing did. */
  #retryAt: number | null = null;
  /** Deliveries under way, to the end of all that they write. */
  readonly #sending = new Set<Promise<void>>();
  /** Nothing is delivered any more. */
  #isErasing = false;

  constructor(context: DurableObjectState, environment: Environment) {
    super(context, environment);
    this.#storage = new ContactStorage(context.storage.sql);
    this.#delivery = this.#newDelivery();
    this.#alarm = new ObjectAlarm(context.storage);
    this.#live = new LiveFeeds(context);
  }

  /** Applies messages; they and what they change are stored when this answers. */
  async apply(request: ApplyRequest): Promise<ApplyAnswer> {
    const rules = await this.#rules(request.workspace);
    const elsewhere = this.#elsewhere();
    if (elsewhere !== undefined) return elsewhere;
    const { lines, requestId } = request;
    const isNew = this.#storage.record === undefined;
    const { deltas, refused } = this.#change(rules, request, request.isSampled, (contact) => {
      const result = contact.apply(lines.join("\n"), { now: now() });
      // Nothing is kept of a contact that no message was accepted of.
      const isKept = !(isNew && result.refused.length === lines.length);
      return { ...result, lines, isKept };
    });
    log("debug", "messages applied", {
      ...{ requestId, workspace: request.workspace, messages: lines.length },
      ...{ refused: refused.length, deltas: deltas.length },
    });
    const notices = refused.map((notice) => ({ ...notice, line: notice.line - 1 }));
    return { kind: "applied", refused: notices, deltas: deltas.length };
  }

  /** Brings the contact up to the rules (at least of `version`) and the clock: for refreshes, and before it is asked. */
  async touch(
    address: ContactAddress & { version?: number },
  ): Promise<Applied | Elsewhere | { kind: "unknown" }> {
    const rules = await this.#rules(address.workspace, address.version);
    const elsewhere = this.#elsewhere();
    if (elsewhere !== undefined) return elsewhere;
    if (this.#storage.record === undefined) return { kind: "unknown" };
    const { deltas } = this.#advance(rules);
    this.#sendSoon(rules);
    return { kind: "applied", refused: [], deltas: deltas.length };
  }

  async memberships(address: ContactAddress): Promise<MembershipsAnswer> {
    const touched = await this.touch(address);
    if (touched.kind !== "applied") return touched;
    const rules = await this.#rules(address.workspace);
    const { contact } = this.#open(rules);
    const { version } = rules.configuration;
    const nextChangeAt = contact.nextChangeAt();
    return { kind: "known", memberships: contact.memberships(), nextChangeAt, version };
  }

  /** The contact as it is now, for whoever wants to look at it elsewhere. */
  async copy(address: ContactAddress): Promise<CopyAnswer> {
    const touched = await this.touch(address);
    if (touched.kind !== "applied") return touched;
    const rules = await this.#rules(address.workspace);
    return { kind: "copied", snapshot: this.#open(rules).contact.snapshot() };
  }

  /** What the sample has of this contact, one message a line. */
  async sampledMessages(): Promise<readonly string[]> {
    return this.#storage.record?.standing.kind === "here" ? this.#storage.messages() : [];
  }

  /** An alias joins this contact to another: it exits its segments here, and its data are handed over. May be repeated. */
  async leave(request: LeaveRequest): Promise<Left> {
    const rules = await this.#rules(request.workspace);
    const record = this.#storage.record;
    if (record === undefined) {
      this.#transacted(() =>
        this.#storage.saveRecord({
          ...this.#newRecord(request, false),
          standing: { kind: "leaving", to: request.to },
        }),
      );
      return { snapshot: undefined, messages: [] };
    }
    if (record.standing.kind === "here") {
      this.#change(
        rules,
        request,
        false,
        (contact) => contact.apply(request.line, { now: now() }),
        {
          standing: { kind: "leaving", to: request.to },
        },
      );
    }
    return { snapshot: this.#storage.snapshot(), messages: this.#storage.messages() };
  }

  /** Takes over what left other objects by an alias. May be repeated. */
  async adopt(request: AdoptRequest): Promise<void> {
    const rules = await this.#rules(request.workspace);
    const { line, messageId, left } = request;
    this.#change(
      rules,
      request,
      request.isSampled,
      (contact) => {
        const copy = mergedSnapshot(rules.engine, left, line);
        const merged = copy === undefined ? [] : contact.merge(copy, { now: now() }).deltas;
        const result = contact.apply(line, { now: now() });
        const told = [...merged, ...result.deltas].map((delta) =>
          delta.cause === "merge" && messageId !== undefined ? { ...delta, messageId } : delta,
        );
        const lines = [...left.flatMap(({ messages }) => messages), line];
        return { deltas: told, refused: result.refused, lines };
      },
      { standing: { kind: "here" } },
    );
  }

  /** The other object has taken over. May be repeated. */
  async left(request: ContactAddress & { to: string }): Promise<void> {
    this.#close();
    const record = this.#storage.record ?? this.#newRecord(request, false);
    this.#transacted(() =>
      this.#storage.saveRecord({ ...record, standing: { kind: "moved", to: request.to } }),
    );
    this.#live.closeMoved(request.to);
  }

  /** Forgets everything. When it answers, nothing more of the contact comes from here. */
  async erase(): Promise<void> {
    this.#isErasing = true;
    try {
      // What the index is being told must be there before the index forgets it.
      await this.#delivery.close();
      await Promise.all(this.#sending);
      await this.ctx.blockConcurrencyWhile(async () => {
        this.#live.closeErased();
        this.#close();
        await this.ctx.storage.deleteAlarm();
        await this.ctx.storage.deleteAll();
        this.#storage.reload();
        this.#alarm.forget();
        this.#retryAt = null;
      });
    } finally {
      this.#delivery = this.#newDelivery();
      this.#isErasing = false;
    }
  }

  /** @returns how many streams are tried again */
  async retryParked(address: ContactAddress & { endpoint: string }): Promise<number> {
    const record = this.#storage.record;
    if (record === undefined) return 0;
    const rules = await this.#rules(address.workspace);
    const streams = await this.#delivery.retryParked(rules, record, address.endpoint);
    this.#sendSoon(rules);
    return streams;
  }

  /** @returns how many deltas are deleted */
  async discardParked(address: ContactAddress & { endpoint: string }): Promise<number> {
    const record = this.#storage.record;
    if (record === undefined) return 0;
    const rules = await this.#rules(address.workspace);
    const deltas = await this.#delivery.discardParked(rules, record, address.endpoint);
    this.#sendSoon(rules);
    return deltas;
  }

  /** The live feed: the memberships as they are, then each delta when it is stored. */
  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const workspace = url.searchParams.get("workspace") ?? "";
    const contact = url.searchParams.get("contact") ?? "";
    const rules = await this.#rules(workspace);
    const elsewhere = this.#elsewhere();
    if (elsewhere !== undefined) return Response.json(elsewhere, { status: 409 });
    if (this.#live.areFull) return Response.json({ kind: "too_many" }, { status: 429 });
    const isKnown = this.#storage.record !== undefined;
    if (isKnown) this.#advance(rules);
    const memberships = isKnown ? this.#open(rules).contact.memberships() : [];
    return this.#live.accept(request, contact, memberships);
  }

  /** Live feeds only listen. */
  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  /** Time moves on, and deltas are sent. Never throws: an alarm that throws too often does not come again. */
  override async alarm(): Promise<void> {
    this.#alarm.fired();
    this.#retryAt = null;
    let rules: Rules | undefined;
    try {
      const record = this.#storage.record;
      if (record === undefined) return;
      rules = await this.#rules(record.workspace);
      if (this.#storage.record?.standing.kind === "here") this.#advance(rules);
      await this.#deliver(rules);
      count("edge_alarms_total", { outcome: "done" });
    } catch (error) {
      count("edge_alarms_total", { outcome: "failed" });
      log("error", "alarm failed", { error: errorText(error) });
      this.#retryAt = now() + alarmRetryDelay;
    } finally {
      this.#arm(rules);
    }
  }

  /**
   * The rules, for what comes without another await. A contact never goes back to rules older than those it was decided by.
   */
  async #rules(workspace: string, atLeast = 0): Promise<Rules> {
    if (!this.#alarm.isKnown) await this.#alarm.read();
    const version = Math.max(this.#storage.record?.version ?? 0, atLeast);
    return rulesOf(this.env, workspace, version);
  }

  #elsewhere(): Elsewhere | undefined {
    const standing = this.#storage.record?.standing;
    if (standing?.kind === "moved") return { kind: "moved", to: standing.to };
    return standing?.kind === "leaving" ? { kind: "joining" } : undefined;
  }

  #newDelivery(): ContactDelivery {
    return new ContactDelivery(this.#storage, (work) => this.#transacted(work), this.env);
  }

  #newRecord({ workspace, contact }: ContactAddress, isSampled: boolean): ContactRecord {
    return {
      ...{ workspace, contact, epoch: uuidV7(now()), version: 0, isSampled },
      standing: { kind: "here" },
      reportedParked: {},
    };
  }

  #advance(rules: Rules): Change {
    const record = this.#storage.record;
    const instant = now();
    if (record === undefined || this.#isUpToDate(rules, record, instant)) {
      return { deltas: [], refused: [] };
    }
    const change = this.#change(rules, record, false, (contact) => ({
      deltas: contact.advanceTo(instant),
      refused: [],
    }));
    for (const { cause, at } of change.deltas) {
      if (cause !== "time") continue;
      count("edge_late_alarm_seconds_total", {}, (instant - Date.parse(at)) / 1000);
    }
    return change;
  }

  /** Whether neither time nor the rules change anything of the contact. */
  #isUpToDate(rules: Rules, record: ContactRecord, instant: number): boolean {
    if (record.version !== rules.configuration.version) return false;
    if (this.#delivery.needsOpening(rules)) return false;
    const next = this.#nextChange(rules);
    return next === null || next > instant;
  }

  /**
   * Changes the contact and stores what came of it, in one transaction. When that fails, the contact in memory is let go, since
   * it is ahead of what is stored.
   */
  #change(
    rules: Rules,
    address: ContactAddress,
    isSampled: boolean,
    work: (contact: Contact) => Work,
    recordChange: Partial<ContactRecord> = {},
  ): Change {
    const before = this.#storage.record;
    try {
      const change = this.#transacted(() => {
        const opened = this.#open(rules, address);
        const record: ContactRecord = {
          ...(before ?? this.#newRecord(address, isSampled)),
          version: rules.configuration.version,
          ...recordChange,
        };
        const stream = streamOf(record);
        const early = before === undefined ? [] : this.#openStreams(rules, record, opened);
        const result = work(opened.contact);
        if (result.isKept === false) return { deltas: [], refused: result.refused, isKept: false };
        if (JSON.stringify(record) !== JSON.stringify(before)) this.#storage.saveRecord(record);
        const own = ownDeltas(result.deltas, stream);
        if (before === undefined) this.#delivery.open(rules, record, [], true);
        this.#delivery.append(rules, own);
        if (record.isSampled && result.lines !== undefined) {
          this.#storage.appendMessages(result.lines);
        }
        const bytes = opened.contact.snapshot();
        this.#storage.saveSnapshot(bytes, opened.stored);
        opened.stored = bytes;
        return { deltas: [...early, ...own], refused: result.refused, isKept: true };
      });
      if (!change.isKept) {
        this.#close();
        return change;
      }
      this.#live.tell(change.deltas);
      for (const { cause } of change.deltas) count("edge_deltas_total", { cause });
      if (change.deltas.length > 0 || before === undefined) this.#delivery.sendWaiting(sendDelay);
      this.#arm(rules);
      return change;
    } catch (error) {
      this.#close();
      dropFailedEngine(rules.workspace, error);
      throw error;
    }
  }

  /** Opens streams for endpoints that are new, after what the rules have changed was told to the others. */
  #openStreams(rules: Rules, record: ContactRecord, { contact }: Opened): readonly Delta[] {
    if (record.standing.kind !== "here" || !this.#delivery.needsOpening(rules)) return [];
    const own = ownDeltas(contact.advanceTo(now()), streamOf(record));
    this.#delivery.append(rules, own);
    this.#delivery.open(rules, record, contact.memberships(), false);
    return own;
  }

  #transacted<Result>(work: () => Result): Result {
    try {
      return this.ctx.storage.transactionSync(work);
    } catch (error) {
      this.#storage.reload();
      this.#delivery.reload();
      throw error;
    }
  }

  /** The contact in memory, opened from what is stored when it is not there yet. */
  #open(rules: Rules, address: ContactAddress | undefined = this.#storage.record): Opened {
    if (this.#opened !== undefined && this.#opened.engine !== rules.engine) this.#close();
    if (this.#opened === undefined) {
      if (address === undefined) throw new Error("a contact that nobody named");
      const stored = this.#storage.snapshot();
      const contact = rules.engine.contact(address.contact, stored);
      this.#opened = { engine: rules.engine, contact, stored };
    }
    keepOpen(this, () => this.#close());
    measure("edge_open_contacts", openContactCount());
    return this.#opened;
  }

  #close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    forgetOpen(this);
    try {
      opened?.contact.dispose();
    } catch {
      // Its engine has failed; the memory goes with that.
    }
  }

  #sendSoon(rules: Rules): void {
    this.#delivery.sendWaiting(sendDelay);
    this.#arm(rules);
  }

  /** Never rejects. */
  async #sendDue(): Promise<void> {
    const { record } = this.#storage;
    if (record === undefined) return;
    try {
      await this.#deliver(await this.#rules(record.workspace));
    } catch (error) {
      log("error", "delivery not begun", { error: errorText(error) });
    }
  }

  /** Sends what is due, and waits for that, but not so long that a change of time would be late. */
  async #deliver(rules: Rules): Promise<void> {
    const record = this.#storage.record;
    if (record === undefined || this.#isErasing) return;
    const delivered = this.#delivery
      .deliver(rules, record, (endpoint) => this.#reopen(rules, endpoint))
      .then(() => reportParked(this.env, this.#storage, this.#delivery, rules))
      .catch((error: unknown) => {
        log("error", "parked deltas not reported", { error: errorText(error) });
        this.#retryAt = now() + alarmRetryDelay;
      })
      .finally(() => {
        this.#sending.delete(delivered);
        this.#arm(rules);
      });
    this.#sending.add(delivered);
    let timer: number | null = null;
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#untilNextChange(rules));
    });
    await Promise.race([delivered, tooLong]);
    clearTimeout(timer);
  }

  /** Past and present of an endpoint do not agree: a new epoch tells it all memberships. */
  #reopen(rules: Rules, endpoint: string): void {
    const record = this.#storage.record;
    if (record === undefined) return;
    const memberships =
      record.standing.kind === "here" ? this.#open(rules).contact.memberships() : [];
    this.#transacted(() => this.#delivery.reopen(rules, record, endpoint, memberships));
    log("warning", "new epoch", { workspace: record.workspace, endpoint });
  }

  /** Milliseconds that an alarm may take before time changes something else. */
  #untilNextChange(rules: Rules): number {
    const next = this.#nextChange(rules);
    return next === null ? alarmRetryDelay : Math.min(Math.max(next - now(), 0), alarmRetryDelay);
  }

  #nextChange(rules: Rules): number | null {
    if (this.#storage.record?.standing.kind !== "here") return null;
    return this.#open(rules).contact.nextChangeAt();
  }

  /** Sets the alarm to the next change of time or the next delivery, whichever is first. */
  #arm(rules: Rules | undefined): void {
    try {
      if (this.#storage.record === undefined) return;
      const change = rules === undefined ? null : this.#nextChange(rules);
      const sending = this.#sendTimer.cover(this.#delivery.nextAt());
      const instants = [change, sending, this.#retryAt].filter((instant) => instant !== null);
      if (instants.length > 0) this.#alarm.ring(hostTime(Math.min(...instants)));
    } catch (error) {
      log("error", "alarm not set", { error: errorText(error) });
      this.#alarm.ring(Date.now() + alarmRetryDelay);
    }
  }
}
