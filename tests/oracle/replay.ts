import { changeInstants } from "./change_instants.ts";
import { compareCodePoints } from "./code_points.ts";
import { type Contact, Contacts, type Group } from "./contacts.ts";
import { type Definition, readDefinitions } from "./definitions.ts";
import { membershipsAt, mostEventsKept } from "./evaluate.ts";
import { type Line, type Message, type Refusal, readMessages } from "./messages.ts";

/** A delta exactly as section 3 has it. */
export interface Delta {
  id: string;
  source: string;
  epoch: string;
  contact: string;
  sequence: number;
  segment: string;
  definition: string;
  change: "entered" | "exited";
  at: string;
  decidedAt: string;
  cause: "message" | "time" | "definition" | "merge" | "first";
  messageId?: string;
}

export interface ReplayInput {
  definitions: readonly unknown[];
  lines: readonly Line[];
  until?: number | undefined;
  parameters?: Record<string, unknown> | undefined;
  source: string;
  epoch: string;
  mostEvents?: number | undefined;
  /** Asks the law also where nothing should change, and throws if something does. */
  verify?: boolean | undefined;
}

export interface Replay {
  deltas: Delta[];
  refused: Refusal[];
}

interface Stamp {
  at: number;
  decidedAt: number;
  cause: Delta["cause"];
  messageId: string | undefined;
}

interface Recorded {
  at: number;
  delta: Delta;
}

/** The clock of section 3 and the appendix: it moves first, then the message is applied. */
class Player {
  private readonly definitions: readonly Definition[];
  private readonly contacts: Contacts;
  private readonly input: ReplayInput;
  private readonly end: number;
  private readonly hashes: Map<string, string>;
  private readonly memberships = new Map<string, string[]>();
  private readonly sequences = new Map<string, number>();
  private readonly upcoming = new WeakMap<Contact, number[]>();
  private readonly recorded: Recorded[] = [];
  private clock: number | undefined;

  constructor(definitions: readonly Definition[], input: ReplayInput, end: number) {
    this.definitions = definitions;
    this.input = input;
    this.end = end;
    this.contacts = new Contacts(input.mostEvents ?? mostEventsKept);
    this.hashes = new Map(definitions.map((definition) => [definition.id, definition.hash]));
  }

  advanceTo(now: number): void {
    const from = this.clock;
    if (from !== undefined && now <= from) return;
    this.clock = now;
    if (from === undefined) return;
    for (const group of this.contacts.groups()) this.advanceContact(group, from, now);
  }

  /** What changes in (from, to] with nobody touching the contact, each at its own instant. */
  private advanceContact(group: Group, from: number, to: number): void {
    const contact = this.contacts.contactOf(group);
    let instants = this.upcoming.get(contact);
    if (instants === undefined) {
      instants = changeInstants(this.definitions, contact, from, this.end);
      this.upcoming.set(contact, instants);
    }
    let checked = from;
    for (const at of instants) {
      if (at <= from || at > to) continue;
      this.expectNoChange(contact, checked, at - 1);
      checked = at;
      const stamp: Stamp = { at, decidedAt: to, cause: "time", messageId: undefined };
      this.become(contact.id, membershipsAt(this.definitions, contact, at), stamp);
    }
    this.expectNoChange(contact, checked, to);
  }

  /** Nothing may change between two instants: asked at the end and at a few places on the way. */
  private expectNoChange(contact: Contact, from: number, to: number): void {
    if (this.input.verify !== true) return;
    const expected = (this.memberships.get(contact.id) ?? []).join();
    for (const part of [0.13, 0.5, 0.81, 1]) {
      const at = Math.floor(from + (to - from) * part);
      const found = membershipsAt(this.definitions, contact, at).join();
      if (expected !== found) {
        throw new Error(
          `the oracle missed a change of ${contact.id} by ${at}: ${expected}/${found}`,
        );
      }
    }
  }

  apply(message: Message): void {
    this.advanceTo(message.time);
    const clock = this.clock as number;
    const isAlias = message.kind === "alias";
    const stamp: Stamp = {
      at: clock,
      decidedAt: clock,
      cause: isAlias ? "merge" : "message",
      messageId: message.messageId,
    };
    const touched = isAlias ? [message.previousId, message.contact] : [message.contact];
    const idsBefore = new Set<string>();
    for (const id of touched) {
      const group = this.contacts.groupOfId.get(id);
      if (group !== undefined) idsBefore.add(this.contacts.idOf(group));
    }
    const contact = this.contacts.contactOf(this.contacts.apply(message));
    for (const id of idsBefore) if (id !== contact.id) this.become(id, [], stamp);
    this.become(contact.id, membershipsAt(this.definitions, contact, clock), stamp);
  }

  private become(id: string, after: string[], stamp: Stamp): void {
    const before = this.memberships.get(id) ?? [];
    this.memberships.set(id, after);
    const segments = [...new Set([...before, ...after])].sort(compareCodePoints);
    for (const segment of segments) {
      const was = before.includes(segment);
      const is = after.includes(segment);
      if (was !== is) this.record(id, segment, is ? "entered" : "exited", stamp);
    }
  }

  private record(id: string, segment: string, change: Delta["change"], stamp: Stamp): void {
    const { source, epoch } = this.input;
    const sequence = (this.sequences.get(id) ?? 0) + 1;
    this.sequences.set(id, sequence);
    const delta: Delta = {
      id: `${source}:${epoch}:${id}:${sequence}`,
      source,
      epoch,
      contact: id,
      sequence,
      segment,
      definition: this.hashes.get(segment) as string,
      change,
      at: new Date(stamp.at).toISOString(),
      decidedAt: new Date(stamp.decidedAt).toISOString(),
      cause: stamp.cause,
    };
    if (stamp.messageId !== undefined) delta.messageId = stamp.messageId;
    this.recorded.push({ at: stamp.at, delta });
  }

  /** By `at`, then contact, then sequence. */
  deltas(): Delta[] {
    return this.recorded
      .sort(
        (left, right) =>
          left.at - right.at ||
          compareCodePoints(left.delta.contact, right.delta.contact) ||
          left.delta.sequence - right.delta.sequence,
      )
      .map(({ delta }) => delta);
  }
}

export function replay(input: ReplayInput): Replay {
  const definitions = readDefinitions(input.definitions, input.parameters);
  const { messages, refused } = readMessages(input.lines);
  const until = input.until ?? Number.POSITIVE_INFINITY;
  const applied = messages.filter((message) => message.time <= until);
  const end = applied.reduce((latest, message) => Math.max(latest, message.time), -8.64e15);
  const player = new Player(definitions, input, input.until ?? end);
  for (const message of applied) player.apply(message);
  if (input.until !== undefined) player.advanceTo(input.until);
  return { deltas: player.deltas(), refused };
}
