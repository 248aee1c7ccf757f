import type { Peer, PeerEvent } from "./peer.ts";
import { type SharedFilter, type SharedRule, windowStart } from "./shared_rule.ts";

const capacity = 16_384;

/** Texts as numbers, so that columns of texts are typed arrays too. */
class TextNumbers {
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** The events of one name: their times, and a column for each property that a rule reads. */
class EventTable {
  count = 0;
  readonly times = new Float64Array(capacity);
  readonly #columns = new Map<string, Float64Array>();

  column(property: string): Float64Array {
    const known = this.#columns.get(property);
    if (known !== undefined) return known;
    const column = new Float64Array(capacity);
    this.#columns.set(property, column);
    return column;
  }

  add({ time, properties }: PeerEvent, texts: TextNumbers): void {
    this.times[this.count] = time;
    for (const [property, column] of this.#columns) {
      const value = properties[property];
      column[this.count] =
        typeof value === "number"
          ? value
          : typeof value === "string"
            ? texts.of(value)
            : Number.NaN;
    }
    this.count += 1;
  }
}

type Mark = (selected: Uint8Array, from: number, to: number) => void;

function markerOf(
  { property, op, value }: SharedFilter,
  table: EventTable,
  texts: TextNumbers,
): Mark {
  const column = table.column(property);
  const bound = typeof value === "string" ? texts.of(value) : value;
  // A loop for each operator: a choice within the loop would cost more than the comparison.
  switch (op) {
    case "eq":
      return (selected, from, to) => {
        for (let index = from; index < to; index += 1) {
          if (column[index] !== bound) selected[index] = 0;
        }
      };
    case "gte":
      return (selected, from, to) => {
        for (let index = from; index < to; index += 1) {
          if (!((column[index] as number) >= bound)) selected[index] = 0;
        }
      };
    case "lt":
      return (selected, from, to) => {
        for (let index = from; index < to; index += 1) {
          if (!((column[index] as number) < bound)) selected[index] = 0;
        }
      };
  }
}

function firstAfter(times: Float64Array, count: number, bound: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What one writes when it must be fast: a table for each event name, typed columns, the window by binary search, one
 * pass over it for each rule.
 */
export function handWrittenColumns(
  rules: readonly SharedRule[],
  history: readonly PeerEvent[],
): Peer {
  const texts = new TextNumbers();
  const tables = new Map<string, EventTable>();
  const selected = new Uint8Array(capacity);
  const compiled = rules.map((rule) => {
    const table = tables.get(rule.event) ?? new EventTable();
    tables.set(rule.event, table);
    return {
      rule,
      table,
      marks: rule.filters.map((filter) => markerOf(filter, table, texts)),
      summed: rule.sum === undefined ? undefined : table.column(rule.sum),
    };
  });
  const add = (event: PeerEvent) => tables.get(event.event)?.add(event, texts);
  for (const event of history) add(event);

  function measure({ rule, table, marks, summed }: (typeof compiled)[number], now: number): number {
    const to = table.count;
    const from = firstAfter(table.times, to, windowStart(rule, now));
    if (marks.length === 0 && summed === undefined) return to - from;
    selected.fill(1, from, to);
    for (const mark of marks) mark(selected, from, to);
    let result = 0;
    for (let index = from; index < to; index += 1) {
      if (selected[index] === 1) result += summed === undefined ? 1 : (summed[index] as number);
    }
    return result;
  }

  return {
    name: "hand-written, typed columns",
    decide(event) {
      add(event);
      return compiled.map((entry) => {
        const value = measure(entry, event.time);
        return entry.rule.op === "gte" ? value >= entry.rule.value : value < entry.rule.value;
      });
    },
  };
}
