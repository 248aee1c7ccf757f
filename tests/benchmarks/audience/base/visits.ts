import type { Random } from "../../workload/random.ts";
import type { Base } from "./base.ts";
import { campaigns, paths, products } from "./catalogue.ts";
import { kind, kindOfPercent, stageOfKind } from "./kinds.ts";
import { begin, day, end, now } from "./period.ts";

const hour = 3_600_000;
const meanVisit = 6;
const meanGap = 45_000;

/** How often the hours of a day are chosen, from midnight on: the night is quiet, the evening busy. */
const hours = Uint8Array.from(
  [2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 10, 10, 11, 10, 9, 9, 10, 11, 13, 15, 16, 14, 9, 5].flatMap(
    (weight, index) => Array.from({ length: weight }, () => index),
  ),
);

/** Writes the events of contacts into a base, visit by visit. */
export class Visits {
  readonly #base: Base;
  readonly #random: Random;
  #viewed = 0;

  constructor(base: Base, random: Random) {
    this.#base = base;
    this.#random = random;
  }

  /** A contact's joining is known already; its events are not. */
  fill(contact: number): void {
    const { first, joined } = this.#base;
    const from = first[contact] as number;
    const to = first[contact + 1] as number;
    if (from === to) return;
    const random = this.#random;
    const start = Math.max(begin, joined[contact] as number);
    // A third has gone again.
    const until = random.chance(0.33) ? start + random.fraction() * (now - start) : end;
    const sizes = this.#sizes(to - from);
    const starts = Float64Array.from(sizes, () => this.#visitStart(start, until)).sort();
    let event = from;
    sizes.forEach((size, visit) => {
      this.#visit(event, event + size, starts[visit] as number);
      event += size;
    });
    this.#sortByTime(from, to);
  }

  #sizes(events: number): number[] {
    const sizes: number[] = [];
    for (let rest = events; rest > 0; ) {
      const size = Math.min(rest, 1 + Math.floor(this.#random.exponential(meanVisit - 1)));
      sizes.push(size);
      rest -= size;
    }
    return sizes;
  }

  #visitStart(start: number, until: number): number {
    const random = this.#random;
    const date = Math.floor((start + random.fraction() * (until - start)) / day) * day;
    const hourOfDay = hours[random.integer(0, hours.length - 1)] as number;
    const time = date + hourOfDay * hour + Math.floor(random.fraction() * hour);
    return time < end ? time : end - 1 - Math.floor(random.fraction() * (end - now));
  }

  #visit(from: number, to: number, start: number): void {
    const { time, kind: kinds, detail } = this.#base;
    const random = this.#random;
    for (let event = from; event < to; event += 1) {
      kinds[event] = kindOfPercent[random.integer(0, 99)] as number;
    }
    // Some know where they want to go, others come and go between pages and products.
    if (random.chance(0.6)) {
      kinds
        .subarray(from, to)
        .sort((left, right) => (stageOfKind[left] as number) - (stageOfKind[right] as number));
    }
    let instant = start;
    for (let event = from; event < to; event += 1) {
      time[event] = instant;
      detail[event] = this.#detailOf(kinds[event] as number);
      instant += Math.floor(random.exponential(meanGap));
    }
  }

  #detailOf(number: number): number {
    const random = this.#random;
    switch (number) {
      case kind.page:
        return random.integer(0, paths.length - 1);
      case kind.opened:
      case kind.clicked:
        return random.integer(0, campaigns.length - 1);
      case kind.viewed:
        // A few products are seen by everybody.
        this.#viewed = Math.floor(random.fraction() ** 2 * products.length);
        return this.#viewed;
      default:
        if (random.chance(0.2)) return random.integer(0, products.length - 1);
        return this.#viewed;
    }
  }

  /** Visits seldom overlap, so there is little to do. */
  #sortByTime(from: number, to: number): void {
    const { time, kind: kinds, detail } = this.#base;
    for (let event = from + 1; event < to; event += 1) {
      const instant = time[event] as number;
      let place = event;
      while (place > from && (time[place - 1] as number) > instant) place -= 1;
      if (place === event) continue;
      const movedKind = kinds[event] as number;
      const movedDetail = detail[event] as number;
      time.copyWithin(place + 1, place, event);
      kinds.copyWithin(place + 1, place, event);
      detail.copyWithin(place + 1, place, event);
      time[place] = instant;
      kinds[place] = movedKind;
      detail[place] = movedDetail;
    }
  }
}
