interface Base64Hosts {
  Uint8Array: { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> };
}

/** Decodes by the fastest means that the runtime has. */
export function decodedBase64(text: string): Uint8Array<ArrayBuffer> {
  const hosts = globalThis as unknown as Base64Hosts;
  if (hosts.Uint8Array.fromBase64 !== undefined) return hosts.Uint8Array.fromBase64(text);
  if (hosts.Buffer !== undefined) return hosts.Buffer.from(text, "base64");
  // Uint8Array.from with a mapping function would take 15 times as long.
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
