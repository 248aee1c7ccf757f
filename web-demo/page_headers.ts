/** What the built pages live under, wherever they are served: no other origin, nothing inline, no code from text. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The headers of all files. Isolated from other origins, the page and its worker may share memory, by which a number
 * is painted in the frame of the key; without that it comes by message, a frame later.
 */
export const pageHeaders = {
  "Content-Security-Policy": contentSecurityPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
} as const;
