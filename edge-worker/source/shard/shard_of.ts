import { shardCount } from "../limits.ts";

/** Which part of the index a contact is in: FNV-1a over the id's UTF-8. It must never change. */
export function shardOf(contact: string): number {
  return contactHash(contact) % shardCount;
}

/** 32 bits that spread contacts evenly; who is in the sample follows from them, too. */
export function contactHash(contact: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(contact)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  // The low bits of FNV-1a differ little for ids that differ at their end.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}
