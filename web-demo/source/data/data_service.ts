import Papa from "papaparse";
import type { ShopOptions } from "../shop/customer.ts";
import { shopStream } from "../shop/shop_stream.ts";
import { current, database } from "../storage/database.ts";
import { type ConvertedRows, CsvConverter, unreadableRows } from "./csv_convert.ts";
import type { CsvPlan } from "./csv_plan.ts";

export interface ConvertedFile extends ConvertedRows {
  /** NDJSON. */
  readonly messages: Blob;
}

/** From 0 to 1; undefined when nobody knows. */
type TellShare = (share: number | undefined) => void;

const pieceLength = 4 * 1024 * 1024;

/** Text in pieces that the browser may put on its disk. */
class BlobWriter {
  readonly #parts: Blob[] = [];
  #text: string[] = [];
  #length = 0;

  write(text: string): void {
    this.#text.push(text);
    this.#length += text.length;
    if (this.#length >= pieceLength) this.#flush();
  }

  blob(type: string): Blob {
    this.#flush();
    return new Blob(this.#parts, { type });
  }

  #flush(): void {
    this.#parts.push(new Blob(this.#text));
    this.#text = [];
    this.#length = 0;
  }
}

/** Work on whole files, in a worker that is ended when the work is given up. */
export class DataService {
  /** A file as it was before it was packed by gzip. */
  async unpack(file: Blob, tell: TellShare): Promise<Blob> {
    const counted = file.stream().pipeThrough(counting((bytes) => tell(bytes / file.size)));
    const stream = counted.pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).blob();
  }

  /**
   * Makes messages of the rows of a CSV file.
   *
   * @throws Error, when the plan names a column that is not there
   */
  async convert(file: Blob, plan: CsvPlan, tell: TellShare): Promise<ConvertedFile> {
    const converter = new CsvConverter(plan);
    const writer = new BlobWriter();
    await new Promise<void>((resolve, reject) => {
      Papa.parse<string[]>(file as File, {
        delimiter: plan.separator,
        chunkSize: pieceLength,
        chunk: ({ data, errors, meta }, parser) => {
          try {
            const unreadable = unreadableRows(errors);
            for (const [row, cells] of data.entries()) {
              writer.write(converter.add(cells, unreadable.has(row)));
            }
            tell(meta.cursor / file.size);
          } catch (error) {
            parser.abort();
            reject(error);
          }
        },
        complete: () => resolve(),
        error: reject,
      });
    });
    writer.write(converter.finish());
    return { messages: writer.blob("application/x-ndjson"), ...converter.result() };
  }

  /**
   * All messages of the contacts that are kept, as NDJSON: into a file that was chosen, or as a whole.
   *
   * @returns undefined, when a file was chosen
   */
  async exportMessages(
    options: { isPacked: boolean; file: FileSystemFileHandle | undefined },
    tell: TellShare,
  ): Promise<Blob | undefined> {
    const store = await database();
    const dataSet = await store.get("dataSet", current);
    if (dataSet === undefined) throw new Error("There are no contacts yet.");
    const { source } = dataSet;
    const kept = await store.get("source", current);
    const parts = (await store.getAll("appended")).filter((part) => part.dataSet === dataSet.id);
    const after = new Blob(parts.flatMap(({ lines }) => ["\n", lines]));
    const first =
      source.kind === "shop" ? shopMessages(source.options, tell) : keptMessages(kept, tell);
    const all = joined([first, after.stream() as ReadableStream<Uint8Array<ArrayBuffer>>]);
    const stream = options.isPacked ? all.pipeThrough(new CompressionStream("gzip")) : all;
    if (options.file === undefined) return new Response(stream).blob();
    await stream.pipeTo(await options.file.createWritable());
    return undefined;
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

function shopMessages(options: ShopOptions, tell: TellShare): ReadableStream<Bytes> {
  const made = (contacts: number) => tell(contacts / options.contacts);
  return shopStream(options, made) as ReadableStream<Bytes>;
}

function keptMessages(kept: Blob | undefined, tell: TellShare): ReadableStream<Bytes> {
  const source = kept ?? new Blob([]);
  return source.stream().pipeThrough(counting((bytes) => tell(bytes / (source.size || 1))));
}

function counting(tell: (bytes: number) => void): TransformStream<Bytes, Bytes> {
  let bytes = 0;
  return new TransformStream({
    transform(piece, controller) {
      bytes += piece.length;
      tell(bytes);
      controller.enqueue(piece);
    },
  });
}

function joined(streams: readonly ReadableStream<Bytes>[]): ReadableStream<Bytes> {
  const { readable, writable } = new TransformStream<Bytes, Bytes>();
  const pump = async () => {
    for (const stream of streams) await stream.pipeTo(writable, { preventClose: true });
    await writable.close();
  };
  void pump().catch(() => {});
  return readable;
}
