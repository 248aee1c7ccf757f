import base64 from "#engine-wasm";
import { decodedBase64 } from "../javascript/base64.ts";

/** The whole core's bytes, for where its file is not published beside the code. */
export function inlineCore(): Uint8Array {
  return decodedBase64(base64);
}
