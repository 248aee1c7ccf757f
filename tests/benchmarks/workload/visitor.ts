import type { Message } from "../../../bindings/javascript/message_types.ts";
import { Random } from "./random.ts";
import type { Trade } from "./trade.ts";

const second = 1000;
const day = 86_400 * second;
const firstVisit = Date.UTC(2025, 10, 20, 8);
const meanVisit = 8;
/** What an event's neighbours are: news about the contact itself. */
const shareOfOthers = 0.03;

export interface TimedMessage {
  readonly message: Message;
  readonly time: number;
  readonly isEvent: boolean;
}

export interface Habit {
  /** How many events in `days`, on average. */
  readonly events: number;
  readonly days: number;
}

/** One contact that comes in visits: some events within minutes, then nothing for hours or days. */
export class Visitor {
  readonly id: string;
  readonly #random: Random;
  readonly #trade: Trade;
  readonly #meanPause: number;
  readonly #timezone: string;
  #time = firstVisit;
  #left = 0;

  constructor(trade: Trade, seed: number, { events, days }: Habit) {
    this.id = `user-${seed.toString().padStart(6, "0")}`;
    this.#random = new Random(seed);
    this.#trade = trade;
    this.#timezone = this.#random.pick(trade.timezones);
    this.#meanPause = (days * day * meanVisit) / events;
  }

  /** Messages until this many events are among them. */
  history(events: number): TimedMessage[] {
    const messages: TimedMessage[] = [this.#identify()];
    for (let count = 0; count < events; ) {
      const message = this.next();
      messages.push(message);
      if (message.isEvent) count += 1;
    }
    return messages;
  }

  messages(count: number): TimedMessage[] {
    return Array.from({ length: count }, () => this.next());
  }

  next(): TimedMessage {
    this.#wait();
    return this.#random.chance(shareOfOthers) ? this.#other() : this.#event();
  }

  #wait(): void {
    const random = this.#random;
    if (this.#left === 0) {
      this.#left = random.integer(1, 2 * meanVisit - 1);
      this.#time += Math.ceil(random.exponential(this.#meanPause));
    } else {
      this.#time += random.integer(2 * second, 90 * second);
    }
    this.#left -= 1;
  }

  #event(): TimedMessage {
    const kind = this.#random.weighted(this.#trade.events);
    const properties = kind.properties(this.#random);
    return this.#timed(
      kind.type === "track"
        ? { type: kind.type, ...this.#envelope(), event: kind.name, properties }
        : { type: kind.type, ...this.#envelope(), name: "Main", properties },
      true,
    );
  }

  #other(): TimedMessage {
    const random = this.#random;
    const envelope = this.#envelope();
    if (random.chance(0.5)) return this.#identify();
    if (random.chance(0.5)) {
      const channel = random.pick(this.#trade.channels);
      const reachable = random.chance(0.7);
      return this.#timed({ type: "channel", ...envelope, channel, reachable }, false);
    }
    const list = random.pick(this.#trade.lists);
    const action = random.chance(0.6) ? "add" : "remove";
    return this.#timed({ type: "list", ...envelope, list, action }, false);
  }

  #identify(): TimedMessage {
    const traits = { ...this.#trade.traits(this.#random), timezone: this.#timezone };
    return this.#timed({ type: "identify", ...this.#envelope(), traits }, false);
  }

  #timed(message: Message, isEvent: boolean): TimedMessage {
    return { message, time: this.#time, isEvent };
  }

  #envelope() {
    const random = this.#random;
    const identifier = [8, 4, 4, 4, 12].map((digits) => random.hexadecimal(digits)).join("-");
    return {
      messageId: identifier,
      userId: this.id,
      timestamp: new Date(this.#time).toISOString(),
    };
  }
}

export function linesOf(messages: readonly TimedMessage[]): string {
  return messages.map(({ message }) => `${JSON.stringify(message)}\n`).join("");
}
