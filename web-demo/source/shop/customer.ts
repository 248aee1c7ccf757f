import {
  coupons,
  firstNames,
  lastNames,
  pages,
  placeTable,
  products,
  productTexts,
} from "./catalogue.ts";
import { Random } from "./random.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** How far back the shop remembers. */
export const historyDays = 540;
/** Newsletters go out on this rhythm; so many of them are remembered. */
const campaignDays = 7;
const campaignsSent = 8;
/** So many visits at most, however fond of the shop somebody is. */
const mostVisits = 120;

export interface ShopOptions {
  /** 1 to 1,000,000. */
  readonly contacts: number;
  readonly seed: number;
  /** The shop's last instant, in epoch milliseconds: nothing happened later. */
  readonly end: number;
}

/** The id of the customer with this number, from 0. */
export function contactId(index: number): string {
  return `c${String(index + 1).padStart(6, "0")}`;
}

/** The number of the customer with this id; undefined when the shop has none such. */
export function contactIndex(id: string, contacts: number): number | undefined {
  if (!/^c\d{6,7}$/.test(id)) return undefined;
  const index = Number(id.slice(1)) - 1;
  return index >= 0 && index < contacts && contactId(index) === id ? index : undefined;
}

/**
 * All that one customer did, as lines of NDJSON of the Segment Spec, each with its line feed. Everybody is drawn apart
 * from the others, so that one can be told without them.
 */
export function customerLines({ seed, end }: ShopOptions, index: number): string {
  return new Customer(new Random(seed, index), contactId(index), end).lines();
}

class Customer {
  readonly #random: Random;
  readonly #id: string;
  readonly #end: number;
  #text = "";
  #messages = 0;

  constructor(random: Random, id: string, end: number) {
    this.#random = random;
    this.#id = id;
    this.#end = end;
  }

  lines(): string {
    const random = this.#random;
    // Four in ten came within the last quarter of the shop's life, some in the last hours.
    const age = random.chance(0.4) ? random.fraction() ** 2 * 135 : random.fraction() * historyDays;
    const joined = Math.floor(this.#end - Math.max(age, 0.01) * day);
    // Most do little, some do very much.
    const fondness = Math.exp(1.1 * random.normal());
    // Some have stopped coming.
    const lastSeen = random.chance(0.35)
      ? joined + random.fraction() * (this.#end - joined)
      : this.#end;
    this.#introduce(joined, fondness);
    const lifeDays = (lastSeen - joined) / day;
    const visits = Math.min(
      mostVisits,
      Math.floor((0.35 + lifeDays / 150) * fondness + random.fraction()),
    );
    const times = Array.from(
      { length: visits },
      () => joined + Math.floor(random.fraction() * (lastSeen - joined)),
    ).sort((left, right) => left - right);
    const cravesOrders = 0.1 + 0.35 * random.fraction();
    for (const time of times) this.#visit(time, cravesOrders);
    if (random.chance(0.55)) this.#mails(joined, lastSeen, random.fraction());
    return this.#text;
  }

  #write(type: string, time: number, rest: string): void {
    this.#messages += 1;
    this.#text += `{"type":"${type}","messageId":"${this.#id}-${this.#messages}","userId":"${this.#id}","timestamp":${time},${rest}}\n`;
  }

  #track(event: string, time: number, properties: string): void {
    if (time <= this.#end)
      this.#write("track", time, `"event":"${event}","properties":{${properties}}`);
  }

  #introduce(joined: number, fondness: number): void {
    const random = this.#random;
    const place = random.pick(placeTable);
    const first = random.pick(firstNames);
    const last = random.pick(lastNames);
    const birthYear = random.integer(1950, 2006);
    const birthday = `${birthYear}-${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`;
    const points = Math.floor(fondness * random.integer(0, 400));
    const optional =
      (random.chance(0.75) ? `,"birthday":"${birthday}"` : "") +
      (random.chance(0.2) ? `,"company":"${last} ${random.pick(["GmbH", "Ltd", "Studio"])}"` : "");
    this.#write(
      "identify",
      joined,
      `"traits":{"firstName":"${first}","lastName":"${last}","createdAt":"${new Date(joined).toISOString()}",` +
        `"timezone":"${place.timezone}","language":"${place.country === "DE" || place.country === "AT" ? "de" : "en"}",` +
        `"loyaltyPoints":${points},"subscriber":${random.chance(0.3)}${optional},` +
        `"address":{"country":"${place.country}","city":"${random.pick(place.cities)}"}}`,
    );
    this.#track("Signed Up", joined, `"method":"${random.pick(["email", "google", "apple"])}"`);
    this.#channel("email", joined, 0.78);
    if (random.chance(0.4)) this.#channel("push", joined, 0.7);
    if (random.chance(0.3)) this.#channel("sms", joined, 0.8);
    if (random.chance(0.45)) this.#write("list", joined, `"list":"newsletter","action":"add"`);
    if (fondness > 6) this.#write("list", joined, `"list":"vip-2026","action":"add"`);
    if (random.chance(0.04)) this.#write("list", joined, `"list":"wholesale","action":"add"`);
  }

  #channel(channel: string, time: number, share: number): void {
    const reachable = this.#random.chance(share);
    this.#write("channel", time, `"channel":"${channel}","reachable":${reachable}`);
  }

  #visit(begin: number, cravesOrders: number): void {
    const random = this.#random;
    let time = begin;
    const later = (most: number) => {
      time += random.integer(1, most) * 1000 * 20;
      return time;
    };
    if (random.chance(0.5)) {
      this.#write(
        "page",
        time,
        `"properties":{"path":"${random.pick(pages)}","referrer":"${random.pick(["google", "instagram", "direct", "newsletter"])}"}`,
      );
    }
    const looks = random.integer(1, 3);
    const seen: number[] = [];
    for (let look = 0; look < looks; look += 1) {
      const product = Math.floor(products.length * random.fraction() ** 2);
      seen.push(product);
      this.#track("Product Viewed", later(9), productTexts[product] ?? "");
    }
    if (!random.chance(cravesOrders * 1.6)) return;
    const quantity = random.pick([1, 1, 1, 2, 3]);
    const cart = seen.slice(0, random.chance(0.3) ? 2 : 1);
    for (const product of cart) {
      this.#track("Product Added", later(6), `${productTexts[product]},"quantity":${quantity}`);
    }
    const lines = cart.map((product) => `{${productTexts[product]},"quantity":${quantity}}`);
    const full = cart.reduce((sum, product) => sum + (products[product]?.price ?? 0) * quantity, 0);
    if (!random.chance(0.72)) return;
    const hasCoupon = random.chance(0.18);
    const total = Math.round(full * (hasCoupon ? 0.9 : 1) * 100) / 100;
    this.#track(
      "Checkout Started",
      later(15),
      `"total":${total},"currency":"EUR","products":[${lines.join(",")}]`,
    );
    if (!random.chance(0.7)) return;
    const coupon = hasCoupon ? `,"coupon":"${random.pick(coupons)}"` : "";
    this.#track(
      "Order Completed",
      later(20),
      `"total":${total},"currency":"EUR"${coupon},"products":[${lines.join(",")}]`,
    );
    if (random.chance(0.07)) {
      this.#track(
        "Order Refunded",
        time + random.integer(2, 20) * day,
        `"total":${total},"currency":"EUR"`,
      );
    }
  }

  #mails(joined: number, lastSeen: number, interest: number): void {
    const random = this.#random;
    const latest = this.#end - (this.#end % (campaignDays * day));
    for (let sent = 0; sent < campaignsSent; sent += 1) {
      const time = latest - sent * campaignDays * day + 9 * hour;
      if (time < joined || time > lastSeen || random.chance(0.5)) continue;
      const campaign = `"campaign":"news-${Math.floor(time / day / campaignDays) % 52}"`;
      this.#track("Email Delivered", time, campaign);
      if (!random.chance(interest * 0.8)) continue;
      const opened = time + random.integer(1, 900) * minute;
      this.#track("Email Opened", opened, campaign);
      if (random.chance(0.3))
        this.#track("Email Link Clicked", opened + random.integer(1, 10) * minute, campaign);
    }
  }
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
