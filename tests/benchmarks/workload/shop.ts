import type { Random } from "./random.ts";
import type { EventKind, NumberField, TextField, Trade } from "./trade.ts";

const categories = ["Shoes", "Shirts", "Jackets", "Bags", "Jewellery", "Sport"];
const brands = ["Northwind", "Falke", "Orsay", "Lumen", "Kestrel"];
const currencies = ["EUR", "USD", "GBP"];
const coupons = ["WELCOME10", "SPRING", "VIP20"];
const paths = ["/", "/new", "/sale", "/shoes", "/account", "/help"];

const price: NumberField = { property: "price", low: 5, high: 250 };
const quantity: NumberField = { property: "quantity", low: 1, high: 4 };
const total: NumberField = { property: "total", low: 10, high: 600 };
const category: TextField = { property: "category", values: categories };
const brand: TextField = { property: "brand", values: brands };
const currency: TextField = { property: "currency", values: currencies };
const coupon: TextField = { property: "coupon", values: coupons };
const path: TextField = { property: "path", values: paths };

function product(random: Random) {
  return {
    sku: `SKU-${random.integer(100, 999)}`,
    category: random.pick(categories),
    brand: random.pick(brands),
    price: random.amount(price.low, price.high),
    quantity: random.integer(quantity.low, quantity.high),
  };
}

function order(random: Random) {
  const products = Array.from({ length: random.integer(1, 4) }, () => product(random));
  return {
    order_id: `O-${random.hexadecimal(8)}`,
    total: random.amount(total.low, total.high),
    currency: random.pick(currencies),
    ...(random.chance(0.3) ? { coupon: random.pick(coupons) } : {}),
    products,
  };
}

function productEvent(name: string, weight: number): EventKind {
  return {
    type: "track",
    name,
    weight,
    properties: product,
    numbers: [price, quantity],
    texts: [category, brand],
  };
}

function orderEvent(name: string, weight: number): EventKind {
  return {
    type: "track",
    name,
    weight,
    properties: order,
    numbers: [total],
    texts: [currency, coupon],
    items: { property: "products", numbers: [price, quantity], texts: [category, brand] },
  };
}

function emailEvent(name: string, weight: number): EventKind {
  const campaign: TextField = { property: "campaign", values: ["news", "sale", "win-back"] };
  return {
    type: "track",
    name,
    weight,
    properties: (random) => ({
      campaign: random.pick(campaign.values),
      subject: `Week ${random.integer(1, 52)}`,
      client: random.pick(["Mail", "Gmail", "Outlook"]),
      position: random.integer(1, 9),
      device: random.pick(["phone", "desktop"]),
    }),
    numbers: [{ property: "position", low: 1, high: 9 }],
    texts: [campaign],
  };
}

/** An online shop, in the words of the Segment Spec for commerce. */
export const shop: Trade = {
  name: "shop",
  events: [
    productEvent("Product Viewed", 30),
    productEvent("Product Clicked", 10),
    productEvent("Product Added", 9),
    productEvent("Product Removed", 3),
    {
      type: "track",
      name: "Products Searched",
      weight: 6,
      properties: (random) => ({
        query: random.pick(["boots", "red dress", "gift", "running shoes"]),
        results: random.integer(0, 80),
        sort: random.pick(["price", "new", "best"]),
        page: random.integer(1, 5),
        category: random.pick(categories),
      }),
      numbers: [{ property: "results", low: 0, high: 80 }],
      texts: [category],
    },
    {
      type: "page",
      name: "page",
      weight: 25,
      properties: (random) => ({
        path: random.pick(paths),
        title: `Page ${random.integer(1, 40)}`,
        url: `https://shop.example/${random.integer(1, 400)}`,
        referrer: random.pick(["https://search.example/", "https://social.example/"]),
        scroll: random.integer(0, 100),
      }),
      numbers: [{ property: "scroll", low: 0, high: 100 }],
      texts: [path],
    },
    orderEvent("Checkout Started", 4),
    orderEvent("Order Completed", 3),
    orderEvent("Order Refunded", 1),
    emailEvent("Email Opened", 6),
    emailEvent("Email Clicked", 3),
  ],
  funnel: ["Product Viewed", "Product Added", "Checkout Started", "Order Completed"],
  traits: (random) => ({
    plan: random.pick(["free", "plus"]),
    birthday: `19${random.integer(60, 99)}-0${random.integer(1, 9)}-1${random.integer(0, 9)}`,
    address: {
      country: random.pick(["DE", "US", "JP", "FR"]),
      city: random.pick(["Köln", "Austin", "Osaka"]),
    },
  }),
  timezones: ["Europe/Berlin", "America/New_York", "Asia/Tokyo"],
  attributes: [
    { property: "plan", values: ["free", "plus"] },
    { property: "address.country", values: ["DE", "US", "JP", "FR"] },
  ],
  channels: ["email", "sms", "push"],
  lists: ["vip-2026", "beta", "press"],
};
