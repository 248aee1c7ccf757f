import { Random } from "../../workload/random.ts";
import type { Base } from "./base.ts";
import { begin, end } from "./period.ts";

const minute = 60_000;
/** One in so many events arrives late, by up to a day; one in so many is sent a second time. */
const lateEvery = 100;
const repeatEvery = 1000;
const mostMinutesLate = 24 * 60;
const minutesUntilRepeat = 10;

export interface Delivery {
  /** Numbers of events, as they arrive. */
  readonly order: Uint32Array;
  /** Those that arrive twice, with the same `messageId`. */
  readonly repeated: Uint32Array;
}

/**
 * A file as it comes out of a tracker: by the minute of arrival, contacts mixed, some late, some twice, since delivery
 * is at least once.
 */
export function deliveryOf(base: Base): Delivery {
  const random = new Random(base.seed + 1);
  const { events, time } = base;
  const minutes = Math.ceil((end - begin) / minute) + 2 * mostMinutesLate + minutesUntilRepeat;
  const starts = new Uint32Array(minutes + 1);
  const arrival = new Uint32Array(events);
  const repeats: number[] = [];
  for (let event = 0; event < events; event += 1) {
    let at = Math.floor(((time[event] as number) - begin) / minute);
    if (random.integer(1, lateEvery) === 1) at += random.integer(1, mostMinutesLate);
    arrival[event] = at;
    starts[at + 1] = (starts[at + 1] as number) + 1;
    if (random.integer(1, repeatEvery) === 1) {
      repeats.push(event);
      starts[at + minutesUntilRepeat + 1] = (starts[at + minutesUntilRepeat + 1] as number) + 1;
    }
  }
  for (let index = 0; index < minutes; index += 1) {
    starts[index + 1] = (starts[index + 1] as number) + (starts[index] as number);
  }
  const order = new Uint32Array(events + repeats.length);
  const put = (event: number, at: number) => {
    order[starts[at] as number] = event;
    starts[at] = (starts[at] as number) + 1;
  };
  for (let event = 0; event < events; event += 1) put(event, arrival[event] as number);
  for (const event of repeats) put(event, (arrival[event] as number) + minutesUntilRepeat);
  return { order, repeated: Uint32Array.from(repeats) };
}
