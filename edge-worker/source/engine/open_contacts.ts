import { mostOpenContacts } from "../limits.ts";

/** The contacts that this isolate has in memory, so that they do not become too many: all are in their storage, too. */
const open = new Map<object, () => void>();

/** The contact was used; `close` is called when it must make room for others. */
export function keepOpen(owner: object, close: () => void): void {
  open.delete(owner);
  open.set(owner, close);
  if (open.size <= mostOpenContacts) return;
  const [oldest] = open;
  if (oldest === undefined) return;
  open.delete(oldest[0]);
  oldest[1]();
}

export function forgetOpen(owner: object): void {
  open.delete(owner);
}

export function openContactCount(): number {
  return open.size;
}
