import { HttpProblem } from "./problem.ts";

/**
 * A request's body as text, decompressed where it says `Content-Encoding: gzip`.
 *
 * @param most bytes, both as sent and decompressed
 */
export async function bodyText(request: Request, most: number): Promise<string> {
  const tooLarge = () =>
    new HttpProblem(
      "body_too_large",
      `A body has at most ${most} bytes here, decompressed too. Send less at once.`,
    );
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new HttpProblem(
      "media_type_unsupported",
      `The content encoding "${encoding.slice(0, 40)}" is not understood; gzip is.`,
    );
  }
  if (request.body === null) return "";
  const stream =
    encoding === "gzip" ? request.body.pipeThrough(new DecompressionStream("gzip")) : request.body;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  let length = 0;
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      length += value.length;
      if (length > most) throw tooLarge();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(
      "body_unreadable",
      "The body is not UTF-8, or its compression is damaged.",
    );
  }
}

export async function bodyJson(request: Request, most: number): Promise<unknown> {
  return parsed(await bodyText(request, most));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem("body_unreadable", "The body is not JSON.");
  }
}

/** A body that must be a JSON object. */
export async function bodyObject(
  request: Request,
  most: number,
): Promise<Readonly<Record<string, unknown>>> {
  return checkedObject(await bodyJson(request, most));
}

/** A body that must be a JSON object where there is one; else an empty object. */
export async function optionalBodyObject(
  request: Request,
  most: number,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await bodyText(request, most);
  return text.trim() === "" ? {} : checkedObject(parsed(text));
}

function checkedObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new HttpProblem("body_unreadable", "The body is not a JSON object.");
}
