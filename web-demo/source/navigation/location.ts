import { useMemo, useSyncExternalStore } from "react";

/** Where the page is: every state that somebody may want to send to somebody else is in its address. */
export interface Place {
  readonly path: string;
  readonly search: URLSearchParams;
}

const moved = "navigation";

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(moved, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(moved, listener);
  };
}

/** Goes to an address of this application; `replace` leaves no entry in the history. */
export function navigate(address: string, options: { replace?: boolean } = {}): void {
  if (options.replace === true) window.history.replaceState(null, "", address);
  else {
    window.history.pushState(null, "", address);
    window.scrollTo(0, 0);
  }
  window.dispatchEvent(new Event(moved));
}

export function usePlace(): Place {
  const path = useSyncExternalStore(subscribe, () => window.location.pathname);
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return useMemo(() => ({ path, search: new URLSearchParams(search) }), [path, search]);
}

/** Writes values into the address of where we are; an undefined or empty one is taken out. */
export function setSearch(values: Readonly<Record<string, string | undefined>>): void {
  const search = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === "") search.delete(name);
    else search.set(name, value);
  }
  const text = search.toString();
  navigate(window.location.pathname + (text === "" ? "" : `?${text}`), { replace: true });
}

/** A value in the address, and how to change it. */
export function useSearchValue(name: string, otherwise = ""): [string, (value: string) => void] {
  const { search } = usePlace();
  const value = search.get(name) ?? otherwise;
  return [value, (next) => setSearch({ [name]: next === otherwise ? undefined : next })];
}
