/** The addresses of the screens, and what they say. */
export type Route =
  | { readonly screen: "segments" }
  | { readonly screen: "create"; readonly way: "choose" | "scenario" | "persona" | "list" }
  | { readonly screen: "builder"; readonly segment: string }
  | { readonly screen: "contacts" }
  | { readonly screen: "contact"; readonly contact: string }
  | { readonly screen: "personas" }
  | { readonly screen: "live" }
  | { readonly screen: "data" }
  | { readonly screen: "unknown" };

const ways = ["scenario", "persona", "list"] as const;

export function routeOf(path: string): Route {
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
  const [first = "segments", second, third, ...more] = parts;
  const unknown: Route = { screen: "unknown" };
  if (more.length > 0) return unknown;
  if (first === "segments") {
    if (second === undefined) return { screen: "segments" };
    if (second === "new") {
      const way = ways.find((name) => name === third);
      if (third === undefined) return { screen: "create", way: "choose" };
      return way === undefined ? unknown : { screen: "create", way };
    }
    return third === undefined ? { screen: "builder", segment: second } : unknown;
  }
  if (third !== undefined) return unknown;
  if (first === "contacts") {
    return second === undefined ? { screen: "contacts" } : { screen: "contact", contact: second };
  }
  if (second !== undefined) return unknown;
  if (first === "personas" || first === "live" || first === "data") return { screen: first };
  return unknown;
}

export const addresses = {
  segments: "/segments",
  create: "/segments/new",
  createBy: (way: (typeof ways)[number]) => `/segments/new/${way}`,
  builder: (segment: string) => `/segments/${encodeURIComponent(segment)}`,
  contacts: "/contacts",
  contact: (contact: string) => `/contacts/${encodeURIComponent(contact)}`,
  personas: "/personas",
  live: "/live",
  data: "/data",
};

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
