import type { Delta, Membership } from "@fosterflow/segments";
import {
  createSender,
  type DeltaSender,
  type ParkedStream,
  type RetryPolicy,
  type SenderEvent,
  type Stream,
  serverRetryPolicy,
  uuidV7,
} from "@fosterflow/segments/delivery";
import { now } from "../clock.ts";
import { type ContactRecord, streamOf } from "../contact/contact_record.ts";
import type { ContactStorage } from "../contact/contact_storage.ts";
import { restamped } from "../contact/stamped_deltas.ts";
import type { Endpoint, EndpointFilter } from "../engine/configuration.ts";
import type { Rules } from "../engine/rules.ts";
import { type Environment, shardStub } from "../environment.ts";
import { alarmRetryDelay } from "../limits.ts";
import { errorText, log } from "../operations/log.ts";
import { count } from "../operations/metrics.ts";
import { shardOf } from "../shard/shard_of.ts";
import { ContactOutbox } from "./contact_outbox.ts";
import { addressProblem } from "./endpoint_address.ts";

/** The workspace's own index, counts and feed are told by the same protocol as everybody else. */
export const indexEndpointId = "@index";

/** The index is near, and never gives up. */
const indexRetryPolicy: RetryPolicy = {
  base: 200,
  cap: 30_000,
  giveUpAfter: Number.POSITIVE_INFINITY,
  leastAttempts: Number.POSITIVE_INFINITY,
};

/** A delivery under way is looked after so often, in milliseconds; longer than a request may take. */
const watchInterval = 30_000;

interface Target {
  readonly id: string;
  readonly filter: EndpointFilter;
  /** What the sender was made of; another key needs another sender. */
  readonly key: string;
}

/** A contact's deltas on their way to the index and to all endpoints; each has a sender and a stream of its own. */
export class ContactDelivery {
  readonly #storage: ContactStorage;
  readonly #transaction: <Result>(work: () => Result) => Result;
  readonly #environment: Environment;
  readonly #outboxes = new Map<string, ContactOutbox>();
  /** Endpoints that have streams. Undefined until they were read. */
  #endpoints: Set<string> | undefined;
  readonly #senders = new Map<string, { key: string; sender: Promise<DeltaSender> }>();
  /** When each endpoint is to be served next. Undefined until the outbox was looked at. */
  #next: Map<string, number> | undefined;
  readonly #underWay = new Map<string, { done: Promise<void>; isAskedAgain: boolean }>();

  constructor(
    storage: ContactStorage,
    transaction: <Result>(work: () => Result) => Result,
    environment: Environment,
  ) {
    this.#storage = storage;
    this.#transaction = transaction;
    this.#environment = environment;
  }

  /** A transaction was rolled back: what is in memory may be ahead. */
  reload(): void {
    for (const outbox of this.#outboxes.values()) outbox.reload();
    this.#endpoints = undefined;
  }

  /** Whether there is an endpoint that does not know yet how this contact stands, or under another filter. */
  needsOpening(rules: Rules): boolean {
    return targetsOf(rules).some((target) => this.#needsOpening(target));
  }

  /**
   * Opens a stream for each endpoint that has none, with the memberships as they are. Inside the caller's transaction.
   *
   * @param isNew nothing was ever told of this contact: the numbers of its deltas are those of the stream
   */
  open(
    rules: Rules,
    record: ContactRecord,
    memberships: readonly Membership[],
    isNew: boolean,
  ): void {
    for (const target of targetsOf(rules)) {
      if (!this.#needsOpening(target)) continue;
      const isWhole = target.filter.segments === undefined && target.filter.causes === undefined;
      const epoch = isNew && isWhole ? record.epoch : uuidV7(now());
      this.#openStream(target, { ...streamOf(record), epoch }, memberships, rules.definitions);
    }
  }

  /** Opens a new epoch for an endpoint whose past and ours no longer agree. Inside the caller's transaction. */
  reopen(
    rules: Rules,
    record: ContactRecord,
    endpointId: string,
    memberships: readonly Membership[],
  ): void {
    const target = targetsOf(rules).find(({ id }) => id === endpointId);
    if (target === undefined) return;
    const stream = { ...streamOf(record), epoch: uuidV7(now()) };
    this.#openStream(target, stream, memberships, rules.definitions);
  }

  /** Appends deltas to every stream that wants them. Inside the caller's transaction, after `open`. */
  append(rules: Rules, deltas: readonly Delta[]): void {
    if (deltas.length === 0) return;
    for (const { id, filter } of targetsOf(rules)) {
      const outbox = this.#outbox(id);
      const state = outbox.current();
      if (state === undefined) continue;
      const wanted = deltas.filter((delta) => isWanted(delta, filter));
      const numbered = wanted.map((delta, index) =>
        restamped(delta, state, state.lastSequence + 1 + index),
      );
      outbox.append(state, numbered);
    }
  }

  /** What waits is looked at after `delay` milliseconds: deltas were appended, or somebody wants it tried again. */
  sendWaiting(delay: number): void {
    const next = this.#schedule();
    for (const endpointId of this.#waitingEndpoints()) {
      const running = this.#underWay.get(endpointId);
      if (running !== undefined) running.isAskedAgain = true;
      else
        next.set(
          endpointId,
          Math.min(next.get(endpointId) ?? Number.POSITIVE_INFINITY, now() + delay),
        );
    }
  }

  /** When `deliver` is to be called; null: nothing waits. */
  nextAt(): number | null {
    const instants = [...this.#schedule().values()];
    return instants.length === 0 ? null : Math.min(...instants);
  }

  /**
   * Sends what is due to everybody, each at its own pace. Never rejects.
   *
   * @param onEpochNeeded told each endpoint that needs a new epoch
   */
  async deliver(
    rules: Rules,
    record: ContactRecord,
    onEpochNeeded: (endpointId: string) => void,
  ): Promise<void> {
    this.#forgetGone(rules);
    for (const target of targetsOf(rules)) {
      const dueAt = this.#schedule().get(target.id);
      if (dueAt === undefined || dueAt > now() || this.#underWay.has(target.id)) continue;
      // Comes again by itself if this object ends meanwhile.
      this.#schedule().set(target.id, now() + watchInterval);
      const running = { done: Promise.resolve(), isAskedAgain: false };
      running.done = this.#serve(target, rules, record, onEpochNeeded).then((next) => {
        this.#underWay.delete(target.id);
        const again = running.isAskedAgain ? now() : next;
        if (again === null) this.#schedule().delete(target.id);
        else this.#schedule().set(target.id, again);
      });
      this.#underWay.set(target.id, running);
    }
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  /** Sends nothing more to endpoints; answers when the index has what it was being told. Nothing else may be asked afterwards. */
  async close(): Promise<void> {
    for (const [endpointId, { sender }] of this.#senders) {
      if (endpointId !== indexEndpointId) (await sender.catch(() => undefined))?.close();
    }
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  /** The streams that wait for somebody, by endpoint. */
  async parked(rules: Rules): Promise<Map<string, readonly ParkedStream[]>> {
    const all = new Map<string, readonly ParkedStream[]>();
    for (const { id } of targetsOf(rules)) {
      const streams = await this.#outbox(id).streams();
      const parked = streams.flatMap((state) => {
        const { source, epoch, contact, parked: parking, lastSequence, acknowledged } = state;
        if (parking === null) return [];
        return [{ source, epoch, contact, parking, waiting: lastSequence - acknowledged }];
      });
      all.set(id, parked);
    }
    return all;
  }

  /** Lets an endpoint's parked streams be tried again. @returns how many those are */
  async retryParked(rules: Rules, record: ContactRecord, endpointId: string): Promise<number> {
    const target = targetsOf(rules).find(({ id }) => id === endpointId);
    if (target === undefined) return 0;
    return (await this.#sender(target, rules, record)).retryParked();
  }

  /** Deletes an endpoint's parked streams, by somebody's decision. @returns how many deltas those were */
  async discardParked(rules: Rules, record: ContactRecord, endpointId: string): Promise<number> {
    const target = targetsOf(rules).find(({ id }) => id === endpointId);
    if (target === undefined) return 0;
    const sender = await this.#sender(target, rules, record);
    let deltas = 0;
    for (const stream of await sender.parked()) deltas += await sender.discardParked(stream);
    return deltas;
  }

  /** @returns when to serve the endpoint again; null: nothing waits, or nobody may be served */
  async #serve(
    target: Target,
    rules: Rules,
    record: ContactRecord,
    onEpochNeeded: (endpointId: string) => void,
  ): Promise<number | null> {
    try {
      const sender = await this.#sender(target, rules, record);
      await this.#resumeStopped(target, rules, sender);
      const next = await sender.deliver();
      if (!(await this.#needsEpoch(target.id))) return next;
      onEpochNeeded(target.id);
      return now();
    } catch (error) {
      const { workspace } = record;
      log("error", "delivery failed", { workspace, endpoint: target.id, error: errorText(error) });
      return now() + alarmRetryDelay;
    }
  }

  #schedule(): Map<string, number> {
    if (this.#next === undefined) {
      this.#next = new Map(this.#waitingEndpoints().map((endpointId) => [endpointId, now()]));
    }
    return this.#next;
  }

  #waitingEndpoints(): string[] {
    return [...this.#known()].filter((endpointId) => this.#outbox(endpointId).isWaiting);
  }

  #known(): Set<string> {
    this.#endpoints ??= new Set(this.#storage.endpoints());
    return this.#endpoints;
  }

  #outbox(endpointId: string): ContactOutbox {
    let outbox = this.#outboxes.get(endpointId);
    if (outbox === undefined) {
      outbox = new ContactOutbox(this.#storage, this.#transaction, endpointId);
      this.#outboxes.set(endpointId, outbox);
    }
    return outbox;
  }

  #needsOpening({ id, filter }: Target): boolean {
    if (this.#storage.field(filterField(id)) !== JSON.stringify(filter)) return true;
    return this.#outbox(id).current() === undefined;
  }

  #openStream(
    { id, filter }: Target,
    stream: Stream,
    memberships: readonly Membership[],
    definitions: ReadonlyMap<string, string>,
  ): void {
    const opening = memberships
      .map((membership) => firstDelta(membership, stream, definitions))
      .filter((delta) => isWanted(delta, filter))
      .map((delta, index) => restamped(delta, stream, index + 1));
    this.#outbox(id).open(stream, opening);
    this.#known().add(id);
    this.#storage.saveField(filterField(id), JSON.stringify(filter));
  }

  /** Rows of endpoints that were deleted. */
  #forgetGone(rules: Rules): void {
    const wanted = new Set(targetsOf(rules).map(({ id }) => id));
    for (const id of this.#known()) {
      if (wanted.has(id)) continue;
      this.#transaction(() => this.#outbox(id).drop());
      this.#known().delete(id);
      this.#senders.delete(id);
      this.#outboxes.delete(id);
      this.#schedule().delete(id);
    }
  }

  async #needsEpoch(endpointId: string): Promise<boolean> {
    const streams = await this.#outbox(endpointId).streams();
    const current = this.#outbox(endpointId).current();
    return streams.some(
      ({ epoch, parked }) => epoch === current?.epoch && parked?.code === "epoch_needed",
    );
  }

  async #resumeStopped(target: Target, rules: Rules, sender: DeltaSender): Promise<void> {
    const endpoint = rules.configuration.endpoints.find(({ id }) => id === target.id);
    const { stoppedAt } = await this.#outbox(target.id).endpoint();
    if (stoppedAt !== null && stoppedAt <= (endpoint?.resumedAt ?? 0)) await sender.resume();
  }

  #sender(target: Target, rules: Rules, record: ContactRecord): Promise<DeltaSender> {
    const known = this.#senders.get(target.id);
    if (known?.key === target.key) return known.sender;
    void known?.sender.then((sender) => sender.close());
    const sender = this.#created(target, rules, record);
    this.#senders.set(target.id, { key: target.key, sender });
    return sender;
  }

  #created(target: Target, rules: Rules, record: ContactRecord): Promise<DeltaSender> {
    const outbox = this.#outbox(target.id);
    const clock = {
      now,
      after(milliseconds: number, callback: () => void) {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
    };
    const onEvent = (event: SenderEvent) => watch(target.id, record, event);
    const endpoint = rules.configuration.endpoints.find(({ id }) => id === target.id);
    if (endpoint === undefined) {
      const stub = shardStub(this.#environment, record.workspace, shardOf(record.contact));
      return createSender({
        ...{ outbox, clock, onEvent, retryPolicy: indexRetryPolicy },
        endpoint: "https://index/deltas",
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set("x-contact", encodeURIComponent(record.contact));
          return stub.fetch(input as RequestInfo, { ...init, headers } as RequestInit);
        },
      });
    }
    const arePrivateAllowed = this.#environment.ALLOW_PRIVATE_ENDPOINTS === "true";
    return createSender({
      ...{ outbox, clock, onEvent, retryPolicy: serverRetryPolicy },
      endpoint: endpoint.url,
      secrets: endpoint.secrets,
      async fetch(input, init) {
        const problem = addressProblem(String(input), arePrivateAllowed);
        if (problem !== undefined) throw new Error(`The endpoint's address is refused: ${problem}`);
        return fetch(input as RequestInfo, init as RequestInit);
      },
    });
  }
}

function targetsOf({ configuration }: Rules): readonly Target[] {
  return targets.get(configuration) ?? madeTargets(configuration);
}

/** Made once for each configuration: every message asks for them. */
const targets = new WeakMap<object, readonly Target[]>();

function madeTargets(configuration: Rules["configuration"]): readonly Target[] {
  const made = [
    { id: indexEndpointId, filter: {}, key: "" },
    ...configuration.endpoints.map((endpoint: Endpoint) => ({
      id: endpoint.id,
      filter: endpoint.filter,
      key: JSON.stringify([endpoint.url, endpoint.secrets]),
    })),
  ];
  targets.set(configuration, made);
  return made;
}

function isWanted({ segment, cause }: Delta, { segments, causes }: EndpointFilter): boolean {
  return (segments?.includes(segment) ?? true) && (causes?.includes(cause) ?? true);
}

/** A membership as an epoch's opening tells it. */
function firstDelta(
  { segment, since }: Membership,
  stream: Stream,
  definitions: ReadonlyMap<string, string>,
): Delta {
  return {
    ...{ id: "", ...stream, sequence: 0, segment },
    definition: definitions.get(segment) ?? "0".repeat(16),
    change: "entered",
    at: new Date(since).toISOString(),
    decidedAt: new Date(now()).toISOString(),
    cause: "first",
  };
}

function filterField(endpointId: string): string {
  return `filter:${endpointId}`;
}

function watch(endpoint: string, { workspace }: ContactRecord, event: SenderEvent): void {
  const outcome = event.type === "outbox_failed" ? "failed" : event.type;
  count("edge_delivery_total", { endpoint, outcome });
  switch (event.type) {
    case "delivered":
      count("edge_delivered_deltas_total", { endpoint }, event.deltas);
      break;
    case "failed":
      log("warning", "delivery failed", { workspace, endpoint, status: event.status });
      break;
    case "parked": {
      const { code, status } = event.parking;
      log("error", "deltas parked", { workspace, endpoint, code, status });
      break;
    }
    case "stopped":
      log("error", "endpoint answered 410", { workspace, endpoint });
      break;
    case "outbox_failed":
      log("error", "outbox failed", { workspace, endpoint });
  }
}
