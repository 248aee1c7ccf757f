import { Random } from "../../workload/random.ts";
import { cities, countries, nothing, timezones, type Weighted } from "./catalogue.ts";
import { begin, day, now } from "./period.ts";
import { Visits } from "./visits.ts";

export interface BaseSize {
  readonly contacts: number;
  readonly events: number;
}

/** A contact's answer to "may we write to you?". */
export const reach = { unreachable: 0, reachable: 1, unknown: 2 } as const;

/**
 * Contacts and their events as columns, 11 bytes an event. The events of contact c are those from `first[c]` to before
 * `first[c + 1]`, in the order of time.
 */
export interface Base extends BaseSize {
  readonly seed: number;
  readonly first: Uint32Array;
  readonly time: Float64Array;
  readonly kind: Uint8Array;
  /** A product, path or campaign, by the event's kind. */
  readonly detail: Uint16Array;
  /** Epoch milliseconds. */
  readonly joined: Float64Array;
  readonly country: Uint8Array;
  readonly city: Uint8Array;
  readonly timezone: Uint8Array;
  /** Days since 1970, negative before. */
  readonly birthday: Int32Array;
  readonly email: Uint8Array;
  readonly isVip: Uint8Array;
}

/** Most contacts do little, some do very much: the most active of a million has some thousand events. */
const activitySpread = 1.3;
/** Below the bound of events kept of a contact. */
const mostTimesTheMean = 400;

function activities(random: Random, contacts: number): Float64Array {
  const weights = new Float64Array(contacts);
  for (let contact = 0; contact < contacts; contact += 1) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.fraction()));
    const normal = radius * Math.cos(2 * Math.PI * random.fraction());
    weights[contact] = Math.min(
      Math.exp(activitySpread * normal),
      mostTimesTheMean * Math.exp(activitySpread ** 2 / 2),
    );
  }
  return weights;
}

/** Deals out exactly so many events in proportion to the activities. */
function firstEvents(weights: Float64Array, events: number): Uint32Array {
  const first = new Uint32Array(weights.length + 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  weights.forEach((weight, contact) => {
    sum += weight;
    first[contact + 1] = Math.round((sum / total) * events);
  });
  first[weights.length] = events;
  return first;
}

/** For drawing in proportion to weights at the cost of one look. */
function drawTable(values: readonly Weighted[]): Uint8Array {
  return Uint8Array.from(
    values.flatMap(({ weight }, index) => Array.from({ length: weight }, () => index)),
  );
}

/** The same seed and size give the same base everywhere. */
export function generateBase({ contacts, events }: BaseSize, seed: number): Base {
  const random = new Random(seed);
  const base: Base = {
    contacts,
    events,
    seed,
    first: firstEvents(activities(random, contacts), events),
    time: new Float64Array(events),
    kind: new Uint8Array(events),
    detail: new Uint16Array(events),
    joined: new Float64Array(contacts),
    country: new Uint8Array(contacts),
    city: new Uint8Array(contacts),
    timezone: new Uint8Array(contacts),
    birthday: new Int32Array(contacts),
    email: new Uint8Array(contacts),
    isVip: new Uint8Array(contacts),
  };
  const countryTable = drawTable(countries);
  const cityTable = drawTable(cities);
  const visits = new Visits(base, random);
  for (let contact = 0; contact < contacts; contact += 1) {
    const age = random.fraction();
    // Four in ten came within the year.
    base.joined[contact] = Math.floor(
      random.chance(0.4) ? now - age * (now - begin) : begin - age * 900 * day,
    );
    base.country[contact] = random.chance(0.95)
      ? (countryTable[random.integer(0, countryTable.length - 1)] as number)
      : nothing;
    base.city[contact] = cityTable[random.integer(0, cityTable.length - 1)] as number;
    base.timezone[contact] = random.integer(0, timezones.length - 1);
    base.birthday[contact] = random.integer(-5000, 12_000);
    const answer = random.fraction();
    base.email[contact] =
      answer < 0.7 ? reach.reachable : answer < 0.8 ? reach.unreachable : reach.unknown;
    base.isVip[contact] = random.chance(0.01) ? 1 : 0;
    visits.fill(contact);
  }
  return base;
}
