import { type Base, reach } from "./base.ts";
import {
  campaigns,
  centsOfProduct,
  cities,
  countries,
  hasCoupon,
  nothing,
  paths,
  products,
  quantityAt,
  timezones,
} from "./catalogue.ts";
import type { Delivery } from "./delivery.ts";
import { kind, kindNames } from "./kinds.ts";
import { day } from "./period.ts";
import { TextWriter } from "./text_writer.ts";

const encoder = new TextEncoder();
const ascii = (text: string) => encoder.encode(text);
/** Digits of a contact's number; leading zeros make the order of ids that of the numbers. */
const idDigits = 7;
const chunkSize = 1 << 22;
/** All messages about one contact, or of one event. */
const longest = 2048;

/** The id that the messages give to a contact. */
export function contactId(contact: number): string {
  return `u${String(contact).padStart(idDigits, "0")}`;
}

const text = {
  uuid: ascii('{"messageId":"'),
  user: ascii('","userId":"u'),
  timestamp: ascii('","timestamp":"'),
  end: ascii("}\n"),
  lineEnd: ascii("\n"),
  properties: ascii('","properties":'),
  price: ascii(',"price":'),
  quantity: ascii(',"quantity":'),
  total: ascii(',"total":'),
  coupon: ascii(',"coupon":"WELCOME10"'),
  close: ascii("}"),
  closeProducts: ascii("}]}"),
};

const typeOfKind = kindNames.map((name) =>
  name === "page" ? ascii('","type":"page') : ascii(`","type":"track","event":"${name}`),
);
const pathProperties = paths.map((path) => ascii(`{"path":"${path}"}`));
const campaignProperties = campaigns.map((campaign) => ascii(`{"campaign":"${campaign}"}`));
const productProperties = products.map(({ sku, category }) =>
  ascii(`{"sku":"${sku}","category":"${category}"`),
);
const orderProperties = products.map(({ category }) => ascii(`{"category":"${category}"`));
const orderProducts = products.map(({ sku, category }) =>
  ascii(`,"products":[{"sku":"${sku}","category":"${category}"`),
);

/** Writes a base as messages of the Segment Spec. */
export class Messages {
  readonly #base: Base;
  readonly #writer = new TextWriter(chunkSize, longest);
  /** Events know their contact by their place only. */
  readonly #contactOf: Uint32Array;

  constructor(base: Base) {
    this.#base = base;
    this.#contactOf = new Uint32Array(base.events);
    for (let contact = 0; contact < base.contacts; contact += 1) {
      this.#contactOf.fill(contact, base.first[contact], base.first[contact + 1]);
    }
  }

  /**
   * NDJSON in chunks of some megabytes, which are cut anywhere but within a line. Messages about contacts themselves are
   * spread evenly, before or after their events.
   */
  *chunks({ order }: Delivery): Generator<Uint8Array<ArrayBuffer>> {
    const { contacts } = this.#base;
    let contact = 0;
    for (let place = 0; place < order.length; place += 1) {
      while (contact < contacts && contact * order.length <= place * contacts) {
        this.#profile(contact);
        contact += 1;
        if (this.#writer.isFull) yield this.#writer.take();
      }
      this.#event(order[place] as number);
      if (this.#writer.isFull) yield this.#writer.take();
    }
    for (; contact < contacts; contact += 1) {
      this.#profile(contact);
      if (this.#writer.isFull) yield this.#writer.take();
    }
    yield this.#writer.take();
  }

  /** All messages of one contact, each event once. */
  linesOf(contact: number): Uint8Array<ArrayBuffer> {
    const { first } = this.#base;
    const parts: Uint8Array[] = [];
    this.#profile(contact);
    const to = first[contact + 1] as number;
    for (let event = first[contact] as number; event < to; event += 1) {
      this.#event(event);
      if (this.#writer.isFull) parts.push(this.#writer.take());
    }
    parts.push(this.#writer.take());
    return Uint8Array.from(Buffer.concat(parts));
  }

  /** The `messageId`s of events, one a line. */
  *idsOf(events: Iterable<number>): Generator<Uint8Array<ArrayBuffer>> {
    for (const event of events) {
      this.#writer.uuid(this.#base.seed, event);
      this.#writer.bytes(text.lineEnd);
      if (this.#writer.isFull) yield this.#writer.take();
    }
    yield this.#writer.take();
  }

  #event(event: number): void {
    const { seed, time, kind: kinds, detail } = this.#base;
    const writer = this.#writer;
    const number = kinds[event] as number;
    const instant = time[event] as number;
    writer.bytes(text.uuid);
    writer.uuid(seed, event);
    writer.bytes(typeOfKind[number] as Uint8Array);
    writer.bytes(text.user);
    writer.digits(this.#contactOf[event] as number, idDigits);
    writer.bytes(text.timestamp);
    writer.instant(instant);
    writer.bytes(text.properties);
    this.#properties(number, detail[event] as number, instant);
    writer.bytes(text.end);
  }

  #properties(number: number, detail: number, instant: number): void {
    const writer = this.#writer;
    if (number === kind.page) {
      writer.bytes(pathProperties[detail] as Uint8Array);
    } else if (number === kind.opened || number === kind.clicked) {
      writer.bytes(campaignProperties[detail] as Uint8Array);
    } else if (number === kind.ordered) {
      const cents = centsOfProduct[detail] as number;
      const quantity = quantityAt(instant);
      writer.bytes(orderProperties[detail] as Uint8Array);
      writer.bytes(text.total);
      writer.amount(cents * quantity);
      if (hasCoupon(instant)) writer.bytes(text.coupon);
      writer.bytes(orderProducts[detail] as Uint8Array);
      writer.bytes(text.price);
      writer.amount(cents);
      writer.bytes(text.quantity);
      writer.digits(quantity, 1);
      writer.bytes(text.closeProducts);
    } else {
      writer.bytes(productProperties[detail] as Uint8Array);
      writer.bytes(text.price);
      writer.amount(centsOfProduct[detail] as number);
      writer.bytes(text.close);
    }
  }

  /** What is seldom may be written comfortably. */
  #profile(contact: number): void {
    const { joined, country, city, timezone, birthday, email, isVip } = this.#base;
    const createdAt = joined[contact] as number;
    const userId = contactId(contact);
    const timestamp = new Date(createdAt).toISOString();
    const place = country[contact] as number;
    const lines: object[] = [
      {
        type: "identify",
        userId,
        timestamp,
        traits: {
          ...(place === nothing ? {} : { country: countries[place]?.text }),
          createdAt: timestamp,
          birthday: new Date((birthday[contact] as number) * day).toISOString().slice(0, 10),
          timezone: timezones[timezone[contact] as number],
          address: { city: cities[city[contact] as number]?.text },
        },
      },
    ];
    const answer = email[contact];
    if (answer !== reach.unknown) {
      const reachable = answer === reach.reachable;
      lines.push({ type: "channel", userId, timestamp, channel: "email", reachable });
    }
    if (isVip[contact] === 1) {
      lines.push({ type: "list", userId, timestamp, list: "vip-2026", action: "add" });
    }
    for (const line of lines) this.#writer.bytes(ascii(`${JSON.stringify(line)}\n`));
  }
}
