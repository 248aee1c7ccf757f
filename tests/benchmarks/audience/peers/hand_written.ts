import { type Base, reach } from "../base/base.ts";
import {
  categories,
  categoryOfProduct,
  centsOfProduct,
  countries,
  nothing,
  quantityAt,
} from "../base/catalogue.ts";
import { type Kind, kind } from "../base/kinds.ts";
import { day } from "../base/period.ts";
import type { RuleId } from "../rules.ts";

const hour = 3_600_000;

/** Of one kind of event: those of contact c from `first[c]` to before `first[c + 1]`, in the order of time. */
interface Events {
  readonly first: Uint32Array;
  readonly time: Float64Array;
  readonly amount: Float64Array;
  readonly category: Uint8Array;
}

function eventsOf(base: Base, wanted: Kind): Events {
  let count = 0;
  for (const number of base.kind) if (number === wanted) count += 1;
  const events: Events = {
    first: new Uint32Array(base.contacts + 1),
    time: new Float64Array(count),
    amount: new Float64Array(wanted === kind.page ? 0 : count),
    category: new Uint8Array(wanted === kind.page ? 0 : count),
  };
  let place = 0;
  for (let contact = 0; contact < base.contacts; contact += 1) {
    const to = base.first[contact + 1] as number;
    for (let event = base.first[contact] as number; event < to; event += 1) {
      if (base.kind[event] !== wanted) continue;
      const time = base.time[event] as number;
      events.time[place] = time;
      if (wanted !== kind.page) {
        const product = base.detail[event] as number;
        const quantity = wanted === kind.ordered ? quantityAt(time) : 1;
        events.amount[place] = ((centsOfProduct[product] as number) * quantity) / 100;
        events.category[place] = categoryOfProduct[product] as number;
      }
      place += 1;
    }
    events.first[contact + 1] = place;
  }
  return events;
}

/** The place of the newest event of a contact that is not after `now`; before `from` when there is none. */
function newest(time: Float64Array, from: number, to: number, now: number): number {
  let place = to - 1;
  while (place >= from && (time[place] as number) > now) place -= 1;
  return place;
}

/**
 * What an expert writes who has one base and seven rules: the events of each kind grouped by contact in typed arrays,
 * texts decided once for each distinct value, a loop for each rule that looks at the newest events first and stops as
 * soon as the answer is known.
 */
export class HandWritten {
  readonly #contacts: number;
  readonly #pages: Events;
  readonly #viewed: Events;
  readonly #added: Events;
  readonly #ordered: Events;
  readonly #isUs: Uint8Array;
  readonly #isReachable: Uint8Array;

  constructor(base: Base) {
    this.#contacts = base.contacts;
    this.#pages = eventsOf(base, kind.page);
    this.#viewed = eventsOf(base, kind.viewed);
    this.#added = eventsOf(base, kind.added);
    this.#ordered = eventsOf(base, kind.ordered);
    const withUs = countries.map(({ text }) => text.includes("US"));
    this.#isUs = base.country.map((number) => (number !== nothing && withUs[number] ? 1 : 0));
    this.#isReachable = base.email.map((answer) => (answer === reach.reachable ? 1 : 0));
  }

  /** How many contacts a rule with this number means at an instant. */
  count(rule: RuleId, number: number, now: number): number {
    switch (rule) {
      case "repeat-orders":
        return this.#atLeast(this.#ordered, number, now - 30 * day, now, this.#isUs);
      case "revenue-without-visit":
        return this.#revenueWithoutVisit(number, now);
      case "cart-abandonment":
        return this.#cartAbandonment(number, now);
      case "cheap-views":
        return this.#cheapViews(number, now);
      case "page-views":
        return this.#atLeast(this.#pages, number, now - 90 * day, now, undefined);
      case "average-shoes":
        return this.#averageShoes(number, now);
      case "three-steps":
        return this.#threeSteps(number, now);
    }
  }

  /** The k-th newest event must be in the window; nothing is counted. */
  #atLeast(
    { first, time }: Events,
    wanted: number,
    start: number,
    now: number,
    among: Uint8Array | undefined,
  ): number {
    let result = 0;
    for (let contact = 0; contact < this.#contacts; contact += 1) {
      if (among !== undefined && among[contact] === 0) continue;
      const from = first[contact] as number;
      const to = first[contact + 1] as number;
      if (to - from < wanted) continue;
      const place = newest(time, from, to, now) - wanted + 1;
      if (place >= from && (time[place] as number) > start) result += 1;
    }
    return result;
  }

  #revenueWithoutVisit(revenue: number, now: number): number {
    const { first, time, amount } = this.#ordered;
    const viewed = this.#viewed;
    const start = now - 90 * day;
    const visitStart = now - 7 * day;
    let result = 0;
    for (let contact = 0; contact < this.#contacts; contact += 1) {
      if (this.#isReachable[contact] === 0) continue;
      const from = first[contact] as number;
      let sum = 0;
      let place = newest(time, from, first[contact + 1] as number, now);
      for (; place >= from && (time[place] as number) > start; place -= 1) {
        sum += amount[place] as number;
      }
      if (sum <= revenue) continue;
      const viewedFrom = viewed.first[contact] as number;
      const last = newest(viewed.time, viewedFrom, viewed.first[contact + 1] as number, now);
      if (last < viewedFrom || (viewed.time[last] as number) <= visitStart) result += 1;
    }
    return result;
  }

  #cartAbandonment(days: number, now: number): number {
    const { first, time } = this.#added;
    const ordered = this.#ordered;
    const start = now - days * day;
    let result = 0;
    for (let contact = 0; contact < this.#contacts; contact += 1) {
      const from = first[contact] as number;
      const last = newest(time, from, first[contact + 1] as number, now);
      if (last < from) continue;
      const added = time[last] as number;
      if (added <= start) continue;
      const orderedFrom = ordered.first[contact] as number;
      const order = newest(ordered.time, orderedFrom, ordered.first[contact + 1] as number, now);
      if (order < orderedFrom || (ordered.time[order] as number) < added) result += 1;
    }
    return result;
  }

  #cheapViews(price: number, now: number): number {
    const { first, time, amount } = this.#viewed;
    const start = now - 14 * day;
    let result = 0;
    for (let contact = 0; contact < this.#contacts; contact += 1) {
      const from = first[contact] as number;
      let found = 0;
      let place = newest(time, from, first[contact + 1] as number, now);
      for (; place >= from && (time[place] as number) > start; place -= 1) {
        if ((amount[place] as number) >= price) continue;
        found += 1;
        if (found === 2) {
          result += 1;
          break;
        }
      }
    }
    return result;
  }

  #averageShoes(average: number, now: number): number {
    const { first, time, amount, category } = this.#ordered;
    const shoes = categories.indexOf("shoes");
    let result = 0;
    for (let contact = 0; contact < this.#contacts; contact += 1) {
      const to = first[contact + 1] as number;
      let sum = 0;
      let found = 0;
      for (let place = first[contact] as number; place < to; place += 1) {
        if (category[place] !== shoes || (time[place] as number) > now) continue;
        sum += amount[place] as number;
        found += 1;
      }
      if (found > 0 && sum / found > average) result += 1;
    }
    return result;
  }

  /** From the rarest step backwards: an order, something added shortly before, something viewed shortly before that. */
  #threeSteps(hours: number, now: number): number {
    const ordered = this.#ordered;
    const start = now - 30 * day;
    let result = 0;
    for (let contact = 0; contact < this.#contacts; contact += 1) {
      const from = ordered.first[contact] as number;
      let place = newest(ordered.time, from, ordered.first[contact + 1] as number, now);
      for (; place >= from && (ordered.time[place] as number) > start; place -= 1) {
        if (this.#hasAddedBefore(contact, ordered.time[place] as number, hours * hour, start)) {
          result += 1;
          break;
        }
      }
    }
    return result;
  }

  #hasAddedBefore(contact: number, order: number, within: number, start: number): boolean {
    const { first, time } = this.#added;
    const from = first[contact] as number;
    for (let place = (first[contact + 1] as number) - 1; place >= from; place -= 1) {
      const added = time[place] as number;
      if (added >= order) continue;
      if (added < order - within || added <= start) return false;
      if (this.#hasViewedBefore(contact, added, within, start)) return true;
    }
    return false;
  }

  #hasViewedBefore(contact: number, added: number, within: number, start: number): boolean {
    const { first, time } = this.#viewed;
    const from = first[contact] as number;
    // The latest one before is the nearest, so it alone decides.
    for (let place = (first[contact + 1] as number) - 1; place >= from; place -= 1) {
      const viewed = time[place] as number;
      if (viewed < added) return viewed >= added - within && viewed > start;
    }
    return false;
  }
}
