import type {
  Contact,
  Engine,
  Explanation,
  SegmentDefinition,
  TimelineChange,
} from "@fosterflow/segments";
import type { AuthoringLanguage } from "@fosterflow/segments/authoring";
import { ContactLines, type SentMessage } from "./contact_lines.ts";
import { type ContactProfile, linesOf, profileOf } from "./profile.ts";

/** Of which contacts, under which rules, and when. */
export interface Setting {
  /** The data set and its revision, as the workspace has it. */
  readonly data: string;
  readonly definitions: readonly SegmentDefinition[];
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface SegmentStanding {
  readonly id: string;
  readonly name: string;
  readonly holds: boolean;
  /** Since when it is so; null: since the contact is known. */
  readonly since: number | null;
  /** The next instant at which it changes if no message comes; null: not within 400 days. */
  readonly changesAt: number | null;
  /** Every entering and leaving, the oldest first; those after the instant are what time alone will bring. */
  readonly changes: readonly TimelineChange[];
  /** Whether it held before the first of them. */
  readonly heldBefore: boolean;
}

export interface ContactEvent {
  readonly at: number;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly line: string;
}

export interface ContactView {
  readonly id: string;
  readonly at: number;
  readonly profile: ContactProfile;
  /** When the first and the last event happened; undefined without events. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** The newest first. */
  readonly events: readonly ContactEvent[];
  readonly segments: readonly SegmentStanding[];
  /** The next change of any membership; null: none within 400 days. */
  readonly nextChangeAt: number | null;
  /** The range of `changes`. */
  readonly from: number;
  readonly to: number;
}

/** What a list says of a contact. */
export interface ContactCard {
  readonly id: string;
  readonly name: string | undefined;
  readonly events: number;
  readonly lastAt: number | undefined;
  /** Ids of the segments that it is in. */
  readonly segments: readonly string[];
}

const day = 86_400_000;
/** So far ahead is looked for what time alone will bring. */
const aheadDays = 30;

/** Single contacts, opened from their messages in an engine of their own, in a worker. All instants are epoch milliseconds. */
export class ContactService {
  #engine: Promise<Engine> | undefined;
  #profiles: Promise<Engine> | undefined;
  #lines: Promise<ContactLines | undefined> | undefined;
  #data = "";
  #defined = "";

  /** Everything about one contact; undefined when there is none of that id. */
  async view(setting: Setting, id: string): Promise<ContactView | undefined> {
    const opened = await this.#open(setting, id);
    if (opened === undefined) return undefined;
    const { contact, sent } = opened;
    try {
      const events = eventsOf(sent);
      const firstAt = events.at(-1)?.at;
      const lastAt = events.find((event) => event.at <= setting.at)?.at;
      const from = Math.min(firstAt ?? setting.at, setting.at) - 1;
      const to = setting.at + aheadDays * day;
      return {
        id,
        at: setting.at,
        profile: profileOf(await this.#openProfiles(), id, sent, setting.at),
        firstAt,
        lastAt,
        events,
        segments: setting.definitions.map((definition) =>
          standingOf(contact, definition, { at: setting.at, from, to }),
        ),
        nextChangeAt: contact.nextChangeAt(),
        from,
        to,
      };
    } finally {
      contact.dispose();
    }
  }

  /** Why a contact is in a segment, or is not. */
  async explain(
    setting: Setting,
    id: string,
    segment: string,
    language: AuthoringLanguage,
  ): Promise<Explanation | undefined> {
    const opened = await this.#open(setting, id);
    if (opened === undefined) return undefined;
    try {
      return opened.contact.explain(segment, { at: setting.at, language });
    } finally {
      opened.contact.dispose();
    }
  }

  /** What a list says of contacts; those that there are not are left out. */
  async cards(setting: Setting, ids: readonly string[]): Promise<ContactCard[]> {
    const cards: ContactCard[] = [];
    for (const id of ids) {
      const opened = await this.#open(setting, id);
      if (opened === undefined) continue;
      const { contact, sent } = opened;
      const events = eventsOf(sent).filter((event) => event.at <= setting.at);
      const profile = profileOf(await this.#openProfiles(), id, sent, setting.at);
      const segments = contact.memberships().map(({ segment }) => segment);
      contact.dispose();
      cards.push({
        id,
        name: profile.name,
        events: events.length,
        lastAt: events[0]?.at,
        segments,
      });
    }
    return cards;
  }

  async #open(
    { data, definitions, at }: Setting,
    id: string,
  ): Promise<{ contact: Contact; sent: readonly SentMessage[] } | undefined> {
    if (this.#data !== data) {
      this.#data = data;
      this.#lines = ContactLines.open();
    }
    const [engine, lines] = await Promise.all([this.#openEngine(), this.#lines]);
    const all = (await lines?.of(id)) ?? [];
    if (all.length === 0) return undefined;
    const defined = JSON.stringify(definitions);
    if (this.#defined !== defined) {
      engine.define(definitions);
      this.#defined = defined;
    }
    const contact = engine.contact(id);
    const { refused } = contact.apply(linesOf(all), { now: at });
    const isRefused = new Set(refused.map(({ line }) => line));
    const sent = all.filter((_, index) => !isRefused.has(index + 1));
    if (sent.length > 0) return { contact, sent };
    contact.dispose();
    return undefined;
  }

  #openEngine(): Promise<Engine> {
    this.#engine ??= newEngine();
    return this.#engine;
  }

  #openProfiles(): Promise<Engine> {
    this.#profiles ??= newEngine();
    return this.#profiles;
  }
}

async function newEngine(): Promise<Engine> {
  const { createEngine } = await import("@fosterflow/segments");
  return createEngine({ segments: [] });
}

function standingOf(
  contact: Contact,
  { id, name }: SegmentDefinition,
  { at, from, to }: { at: number; from: number; to: number },
): SegmentStanding {
  const { holds, changesAt } = contact.explain(id, { at });
  const changes = contact.timeline(id, { from, to });
  const past = changes.filter((change) => change.at <= at);
  const [first] = changes;
  return {
    id,
    name: name ?? id,
    holds,
    since: past.at(-1)?.at ?? null,
    changesAt,
    changes,
    heldBefore: first === undefined ? holds : first.change === "exited",
  };
}

function eventsOf(sent: readonly SentMessage[]): ContactEvent[] {
  const ids = new Set<string>();
  const events: ContactEvent[] = [];
  for (const { line, message } of sent) {
    const { type, event, timestamp, properties, messageId } = message;
    if (type !== "track" && type !== "page" && type !== "screen") continue;
    if (typeof messageId === "string" && messageId !== "") {
      if (ids.has(messageId)) continue;
      ids.add(messageId);
    }
    const at = typeof timestamp === "number" ? timestamp : Date.parse(String(timestamp));
    if (!Number.isFinite(at)) continue;
    events.push({
      at,
      name: type === "track" ? String(event) : type,
      properties: (properties ?? {}) as ContactEvent["properties"],
      line,
    });
  }
  return events.sort((left, right) => right.at - left.at);
}
