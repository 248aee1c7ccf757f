import { compareCodePoints } from "./code_points.ts";
import { emptyObject, isObject, type JsonObject } from "./json_text.ts";
import type { EventContent, Message, TraitWrite } from "./messages.ts";
import { compareValues, writePath } from "./values.ts";

/** What the law speaks of: one contact after all aliases, apart from the instant. */
export interface Contact {
  id: string;
  /** In order of time; the future ones too. */
  events: readonly EventContent[];
  attributes: JsonObject;
  reachableChannels: ReadonlySet<string>;
  lists: ReadonlySet<string>;
}

interface Dated {
  time: number;
  holds: boolean;
}

/** All ids that aliases have joined so far, with the union of their data. */
export interface Group {
  ids: Set<string>;
  events: EventContent[];
  /** For each path, written out, the newest write; among equally new ones the larger value. */
  writes: Map<string, TraitWrite>;
  channels: Map<string, Dated>;
  lists: Map<string, Dated>;
  /** Built when asked for, forgotten when a message comes. */
  contact: Contact | undefined;
}

/** The order by which a full history lets its oldest events go (appendix, "Edges"). */
export function compareEvents(left: EventContent, right: EventContent): number {
  return (
    left.time - right.time ||
    compareCodePoints(left.canonical, right.canonical) ||
    compareCodePoints(left.messageId ?? "", right.messageId ?? "")
  );
}

function insertInOrder(events: EventContent[], event: EventContent): void {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareEvents(events[middle] as EventContent, event) <= 0) low = middle + 1;
    else high = middle;
  }
  events.splice(low, 0, event);
}

/** Of two events with one `messageId` the earlier counts, then the smaller content. */
function insertOnce(events: EventContent[], event: EventContent): void {
  const same =
    event.messageId === undefined
      ? -1
      : events.findIndex((other) => other.messageId === event.messageId);
  if (same >= 0) {
    if (compareEvents(events[same] as EventContent, event) <= 0) return;
    events.splice(same, 1);
  }
  insertInOrder(events, event);
}

function isOlder(left: EventContent, right: EventContent): boolean {
  return (left.time - right.time || compareCodePoints(left.canonical, right.canonical)) < 0;
}

function writeTrait(writes: Map<string, TraitWrite>, write: TraitWrite): void {
  const path = writePath(write.keys);
  const known = writes.get(path);
  const newer =
    known === undefined ||
    write.time > known.time ||
    (write.time === known.time && compareValues(write.value, known.value) > 0);
  if (newer) writes.set(path, write);
}

/** A tie goes to unreachable and to removed, that is to what does not hold. */
function writeDated(known: Map<string, Dated>, key: string, word: Dated): void {
  const before = known.get(key);
  const newer =
    before === undefined || word.time > before.time || (word.time === before.time && !word.holds);
  if (newer) known.set(key, word);
}

function startsWith(keys: readonly string[], above: readonly string[]): boolean {
  return above.length < keys.length && above.every((key, index) => keys[index] === key);
}

/** Whether a write beats one to a path above or below it: newer, or at one time deeper. */
function beats(write: TraitWrite, other: TraitWrite): boolean {
  const related = startsWith(write.keys, other.keys) || startsWith(other.keys, write.keys);
  if (!related) return false;
  if (write.time !== other.time) return write.time > other.time;
  return write.keys.length > other.keys.length;
}

/** A pure function of the set of writes: those that no related write beats, null ones left out. */
function attributesOf(writes: readonly TraitWrite[]): JsonObject {
  const attributes = emptyObject();
  for (const write of writes) {
    if (write.value === null || writes.some((other) => beats(other, write))) continue;
    let place = attributes;
    for (const key of write.keys.slice(0, -1)) {
      let inner = place[key];
      if (!isObject(inner)) {
        inner = emptyObject();
        place[key] = inner;
      }
      place = inner;
    }
    place[write.keys.at(-1) as string] = write.value;
  }
  return attributes;
}

function keysThatHold(words: ReadonlyMap<string, Dated>): Set<string> {
  return new Set([...words].filter(([, word]) => word.holds).map(([key]) => key));
}

export class Contacts {
  readonly groupOfId = new Map<string, Group>();
  /** Every id that an alias named as previous; an alias of an id to itself does not count. */
  readonly previousIds = new Set<string>();
  readonly mostEvents: number;

  constructor(mostEvents: number) {
    this.mostEvents = mostEvents;
  }

  groups(): Group[] {
    return [...new Set(this.groupOfId.values())];
  }

  /** The smallest id that is nowhere a previous one; if all are, the smallest (section 1). */
  idOf(group: Group): string {
    const ids = [...group.ids].sort(compareCodePoints);
    return ids.find((id) => !this.previousIds.has(id)) ?? (ids[0] as string);
  }

  contactOf(group: Group): Contact {
    group.contact ??= {
      id: this.idOf(group),
      events: [...group.events],
      attributes: attributesOf([...group.writes.values()]),
      reachableChannels: keysThatHold(group.channels),
      lists: keysThatHold(group.lists),
    };
    return group.contact;
  }

  private groupFor(id: string): Group {
    let group = this.groupOfId.get(id);
    if (group === undefined) {
      group = {
        ids: new Set([id]),
        events: [],
        writes: new Map(),
        channels: new Map(),
        lists: new Map(),
        contact: undefined,
      };
      this.groupOfId.set(id, group);
    }
    return group;
  }

  /** Applies one message and returns the group that it touched. */
  apply(message: Message): Group {
    if (message.kind === "alias") return this.join(message.previousId, message.contact);
    const group = this.groupFor(message.contact);
    group.contact = undefined;
    switch (message.kind) {
      case "event":
        this.addEvent(group, message.event);
        break;
      case "identify":
        for (const write of message.writes) writeTrait(group.writes, write);
        break;
      case "channel":
        writeDated(group.channels, message.channel, {
          time: message.time,
          holds: message.reachable,
        });
        break;
      case "list":
        writeDated(group.lists, message.list, { time: message.time, holds: message.member });
        break;
    }
    return group;
  }

  /** First the bound, then the deduplication (README, "Readings"). */
  private addEvent(group: Group, event: EventContent): void {
    const oldest = group.events[0];
    const full = group.events.length >= this.mostEvents;
    if (full && oldest !== undefined && !isOlder(oldest, event)) return;
    insertOnce(group.events, event);
    if (group.events.length > this.mostEvents) group.events.shift();
  }

  private join(previousId: string, id: string): Group {
    const group = this.groupFor(id);
    group.contact = undefined;
    if (previousId === id) return group;
    this.previousIds.add(previousId);
    const previous = this.groupFor(previousId);
    if (previous === group) return group;
    for (const joined of previous.ids) {
      group.ids.add(joined);
      this.groupOfId.set(joined, group);
    }
    for (const event of previous.events) insertOnce(group.events, event);
    if (group.events.length > this.mostEvents) {
      group.events.splice(0, group.events.length - this.mostEvents);
    }
    for (const write of previous.writes.values()) writeTrait(group.writes, write);
    for (const [key, word] of previous.channels) writeDated(group.channels, key, word);
    for (const [key, word] of previous.lists) writeDated(group.lists, key, word);
    return group;
  }
}
