/** Small vocabularies, so that rules and data often meet, leaning on what is easily got wrong. */
export const zones = [
  "UTC",
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Africa/Casablanca",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Asia/Beirut",
  "Pacific/Kiritimati",
  "Africa/Cairo",
] as const;

/** Their transitions lie far back, where midnight itself was skipped or repeated. */
export const zonesOfThePast = ["Pacific/Apia", "America/Sao_Paulo", "America/St_Johns"] as const;

/** What a contact's trait `timezone` may say; most of the odd ones mean UTC. */
export const zoneTraits = [
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "UTC",
  "america/new_york",
  "Nowhere/Else",
  "+02:00",
  "",
  7,
] as const;

export const contactIds = ["u1", "u2", "a-7", "\u{1f600}", "\uff5a", "U1", "anon"] as const;

export const eventNames = [
  "Product Viewed",
  "Order Completed",
  "Product Added",
  "page",
  "screen",
  "\u{1f600}",
] as const;

/** Families that fold, nearly fold or look alike; a case takes few of them, so that texts meet. */
export const textFamilies = [
  ["Shoes", "shoes", "SHOES", "\u017fhoes", "Shoe", "hoes"],
  ["Stra\u00dfe", "STRASSE", "STRA\u1e9eE", "stra\u00dfe"],
  ["\u03c2", "\u03c3", "\u03a3", "\u03c3\u03c2"],
  ["\u0130", "i", "I", "\u0131", "i\u0307"],
  ["\u212a", "k", "K", "KK"],
  ["", "5", "true", "null"],
  ["a*b", "axb", "a?b", "ab", "A*B"],
  ["a\\b", "a.b", "\\", "a\\"],
  ["\u{1f600}", "\uff5a", "a\u{1f600}b", "\ufffd"],
  ["\u00e9", "e\u0301", "\u00c9"],
  ["\u{10400}", "\u{10428}", "\u13a0", "\uab70", "\u1c80", "\u0432"],
] as const;

/** Patterns that no text suggests. */
export const oddPatterns = [
  "*",
  "?",
  "??",
  "",
  "\\",
  "a\\",
  "\\?",
  "a\\\\b",
  "a\\*b",
  "**o**e**",
] as const;

export const numbers = [
  0, -0, 1, 2, 3, 5, 10, 50, 199.99, 200, -5, 0.1, 0.2, 0.3, 0.30000000000000004, 1e16, -1e16,
  1e308, -1e308, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 9007199254740992, 1e-7,
  1e21, 0.6000000000000001, 0.6,
] as const;

/** Numbers as only a text can have them: rounded to even, to the largest double, to nothing. */
export const numberTexts = [
  "9007199254740993",
  "0.1000000000000000055511151231257827021181583404541015625",
  "123456789012345678901234567890",
  "2.2250738585072011e-308",
  "2.4703282292062328e-324",
  "1e-400",
  "1.7976931348623158e308",
  "1.7976931348623159e308",
  "5.0",
  "20e-1",
  "-0.0e5",
] as const;

export const smallNumbers = [0, 1, 1, 2, 2, 3, 5, 10] as const;

export const channels = ["email", "sms"] as const;
export const lists = ["vip-2026", "holdout"] as const;

export const numberPaths = ["price", "qty", "address.zip"] as const;
export const textPaths = ["sku", "category", "address.city", "a\\.b", "name", "name"] as const;
export const booleanPaths = ["gift"] as const;
export const arrayPaths = ["tags"] as const;
export const datePaths = ["when"] as const;
export const objectPaths = ["address", "nothing", "", "products", "deep.er.still", "back\\\\slash"];

export const numberTraits = ["age", "limit", "address.zip"] as const;
export const textTraits = ["plan", "homeCity", "address.city", "a\\.b", "timezone"] as const;
export const booleanTraits = ["vip"] as const;
export const arrayTraits = ["tags", "words"] as const;
export const dateTraits = ["birthday", "renewal"] as const;
export const objectTraits = ["address", "nothing", "", "address.city.block"] as const;
