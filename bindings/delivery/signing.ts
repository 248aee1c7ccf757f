/** Signatures as Standard Webhooks 1.0 defines them: HMAC-SHA256 over `id.timestamp.body`. */

const secretPrefix = "whsec_";
const leastSecretBytes = 24;
const mostSecretBytes = 64;

/** A secret, ready to sign and to verify. */
export type SigningKey = CryptoKey;

/**
 * Reads a secret: `whsec_` and the base64 of 24 to 64 random bytes; the prefix may be missing.
 *
 * @throws TypeError when it is none. The message does not repeat it.
 */
export async function signingKey(secret: string): Promise<SigningKey> {
  const bytes = decoded(
    secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret,
  );
  if (bytes === undefined || bytes.length < leastSecretBytes || bytes.length > mostSecretBytes) {
    throw new TypeError(
      `A signing secret is "${secretPrefix}" and the base64 of ${leastSecretBytes} to ${mostSecretBytes} bytes.`,
    );
  }
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign", "verify"]);
}

/** The header `webhook-signature`: one signature a key, so that keys can be changed without a pause. */
export async function signatureHeader(
  keys: readonly SigningKey[],
  id: string,
  timestamp: number,
  body: Uint8Array,
): Promise<string> {
  const content = signedContent(id, String(timestamp), body);
  const signatures = keys.map(async (key) => {
    const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, content));
    return `v1,${btoa(String.fromCharCode(...bytes))}`;
  });
  return (await Promise.all(signatures)).join(" ");
}

/** Whether one of the header's signatures is by one of the keys. Takes the same time wherever they differ. */
export async function isSignedBy(
  keys: readonly SigningKey[],
  header: string,
  id: string,
  timestamp: string,
  body: Uint8Array,
): Promise<boolean> {
  const content = signedContent(id, timestamp, body);
  for (const part of header.split(" ").slice(0, mostSignatures)) {
    const signature = part.startsWith("v1,") ? decoded(part.slice(3)) : undefined;
    if (signature === undefined) continue;
    for (const key of keys) {
      if (await crypto.subtle.verify("HMAC", key, signature, content)) return true;
    }
  }
  return false;
}

/** More signatures than this in one header are not looked at. */
const mostSignatures = 16;

function signedContent(id: string, timestamp: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  return content;
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
