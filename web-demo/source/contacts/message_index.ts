/**
 * Where in a file of NDJSON a contact's messages are. The file is cut into pieces of whole lines; of each is kept which
 * ids its messages name, as hashes: some two percent of the file. What a contact did is then read from the few pieces
 * that may name it, and not from the whole file.
 */
export interface MessageIndex {
  readonly pieces: readonly MessagePiece[];
}

export interface MessagePiece {
  /** Bytes of the file: from the first, up to but not including the second. */
  readonly from: number;
  readonly to: number;
  /** Of the ids, ascending, each once. */
  readonly hashes: Uint32Array;
}

/** A piece is complete with the line that makes it this long, in bytes. */
const pieceLength = 512 * 1024;
const lineFeed = 10;

const namedId = /"(?:userId|anonymousId|previousId)"\s*:\s*("(?:[^"\\]|\\.)*")/g;

/** FNV-1a over UTF-16 units. */
export function idHash(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The ids that lines name: at least all of their contacts. */
function* idsIn(lines: string): Generator<string> {
  for (const [, text = '""'] of lines.matchAll(namedId)) {
    const id = text.includes("\\") ? parsedText(text) : text.slice(1, -1);
    if (id !== undefined) yield id;
  }
  if (!lines.includes("\\u")) return;
  // A key may be written with escapes, too.
  for (const line of lines.split("\n")) {
    if (line.includes("\\u")) yield* idsOfMessage(parsedMessage(line));
  }
}

/** Undefined when it is no text of JSON. */
function parsedText(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined when the line is no JSON object. */
export function parsedMessage(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** The contact that a message is of, and the one that an alias joins to it. */
export function idsOfMessage(message: JsonObject | undefined): string[] {
  if (message === undefined) return [];
  const { type, userId, anonymousId, previousId } = message;
  const own = [userId, anonymousId].find((id) => typeof id === "string" && id !== "");
  const ids = type === "alias" ? [own, previousId] : [own];
  return ids.filter((id): id is string => typeof id === "string" && id !== "");
}

/** Lets the bytes of a file through and notes on their way which ids each piece names. */
export class MessageIndexer {
  readonly #pieces: MessagePiece[] = [];
  #waiting: Uint8Array[] = [];
  #waitingLength = 0;
  #from = 0;

  through(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const transform = new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        this.#add(bytes);
        controller.enqueue(bytes);
      },
      flush: () => this.#complete(this.#waitingLength),
    });
    return source.pipeThrough(transform);
  }

  /** Of all bytes that went through. */
  index(): MessageIndex {
    return { pieces: this.#pieces };
  }

  #add(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    const before = this.#waitingLength;
    this.#waitingLength += bytes.length;
    if (this.#waitingLength < pieceLength) return;
    const end = bytes.lastIndexOf(lineFeed) + 1;
    if (end > 0) this.#complete(before + end);
  }

  /** Makes a piece of the first `length` bytes that wait. */
  #complete(length: number): void {
    if (length === 0) return;
    const bytes = new Uint8Array(this.#waitingLength);
    let place = 0;
    for (const part of this.#waiting) {
      bytes.set(part, place);
      place += part.length;
    }
    const hashes = new Set<number>();
    const text = new TextDecoder().decode(bytes.subarray(0, length));
    for (const id of idsIn(text)) hashes.add(idHash(id));
    const to = this.#from + length;
    this.#pieces.push({ from: this.#from, to, hashes: Uint32Array.from(hashes).sort() });
    const rest = bytes.subarray(length);
    this.#waiting = rest.length > 0 ? [rest] : [];
    this.#waitingLength = rest.length;
    this.#from = to;
  }
}

/** The pieces that may name an id. */
export function piecesNaming({ pieces }: MessageIndex, id: string): MessagePiece[] {
  const hash = idHash(id);
  return pieces.filter(({ hashes }) => includesSorted(hashes, hash));
}

function includesSorted(sorted: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
