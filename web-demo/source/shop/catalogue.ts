import { Random } from "./random.ts";

/** What the shop sells and who buys there. */

export interface Product {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
  readonly brand: string;
  readonly price: number;
}

const ranges = [
  {
    category: "Shoes",
    code: "SH",
    nouns: ["Trail Runner", "Sneaker", "Ankle Boot", "Loafer", "Sandal"],
    low: 39,
    high: 189,
  },
  {
    category: "Jackets",
    code: "JA",
    nouns: ["Rain Jacket", "Parka", "Windbreaker", "Down Vest"],
    low: 59,
    high: 249,
  },
  {
    category: "Shirts",
    code: "SI",
    nouns: ["Linen Shirt", "T-Shirt", "Merino Top", "Polo"],
    low: 15,
    high: 79,
  },
  {
    category: "Bags",
    code: "BA",
    nouns: ["Travel Bag", "Backpack", "Tote", "Belt Bag"],
    low: 25,
    high: 199,
  },
  {
    category: "Accessories",
    code: "AC",
    nouns: ["Water Bottle", "Beanie", "Belt", "Umbrella", "Scarf"],
    low: 9,
    high: 59,
  },
  { category: "Home", code: "HO", nouns: ["Candle", "Blanket", "Mug", "Lamp"], low: 7, high: 89 },
] as const;

const brands = ["Fjell", "Nordsee", "Alma", "Kestrel", "Ossa"];
const endings = [0.99, 0.95, 0.9, 0.5, 0, 0];
const productCount = 90;

function productsOf(): Product[] {
  const random = new Random(7, 1);
  return Array.from({ length: productCount }, (_, index) => {
    const { category, code, nouns, low, high } = random.pick(ranges);
    const brand = random.pick(brands);
    return {
      product_id: `${code}-${100 + index}`,
      name: `${brand} ${random.pick(nouns)}`,
      category,
      brand,
      price: random.integer(low, high) + random.pick(endings),
    };
  });
}

export const products: readonly Product[] = productsOf();
/** What each would say about itself in a message, written once. */
export const productTexts: readonly string[] = products.map((product) =>
  JSON.stringify(product).slice(1, -1),
);

export const pages = ["/", "/new", "/sale", "/shoes", "/bags", "/account", "/help", "/cart"];
export const coupons = ["WELCOME10", "SUMMER15", "FREESHIP"];

export const places = [
  {
    country: "DE",
    cities: ["Berlin", "Hamburg", "Munich", "Cologne"],
    timezone: "Europe/Berlin",
    weight: 24,
  },
  {
    country: "US",
    cities: ["Austin", "Boston", "Seattle"],
    timezone: "America/Chicago",
    weight: 22,
  },
  { country: "GB", cities: ["London", "Leeds", "Bristol"], timezone: "Europe/London", weight: 16 },
  { country: "FR", cities: ["Paris", "Lyon", "Lille"], timezone: "Europe/Paris", weight: 12 },
  { country: "AT", cities: ["Vienna", "Graz"], timezone: "Europe/Vienna", weight: 8 },
  { country: "NL", cities: ["Utrecht", "Rotterdam"], timezone: "Europe/Amsterdam", weight: 7 },
  { country: "ES", cities: ["Madrid", "Valencia"], timezone: "Europe/Madrid", weight: 6 },
  { country: "JP", cities: ["Osaka", "Tokyo"], timezone: "Asia/Tokyo", weight: 5 },
] as const;

/** For drawing in proportion to weights at the cost of one look. */
export const placeTable: readonly (typeof places)[number][] = places.flatMap((place) =>
  Array.from({ length: place.weight }, () => place),
);

export const firstNames = [
  ...[
    "Ada",
    "Amara",
    "Ben",
    "Chiara",
    "David",
    "Elif",
    "Emma",
    "Felix",
    "Hana",
    "Ines",
    "Jonas",
    "Julia",
  ],
  ...[
    "Kenji",
    "Lena",
    "Leon",
    "Lucas",
    "Maria",
    "Mateo",
    "Mila",
    "Noah",
    "Nora",
    "Omar",
    "Paula",
    "Rosa",
  ],
  ...["Sara", "Sofia", "Theo", "Yuki", "Zoe", "Zoran"],
];
export const lastNames = [
  ...[
    "Adler",
    "Bauer",
    "Brown",
    "Costa",
    "Dubois",
    "Fischer",
    "Garcia",
    "Hughes",
    "Ito",
    "Jansen",
    "Keller",
  ],
  ...[
    "Lopez",
    "Martin",
    "Meyer",
    "Moreau",
    "Novak",
    "Okafor",
    "Rossi",
    "Sato",
    "Schmidt",
    "Silva",
    "Smith",
  ],
  ...["Tanaka", "Visser", "Wagner", "Weber", "Wilson", "Yilmaz"],
];
