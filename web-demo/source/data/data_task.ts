import type { LineNotice } from "@fosterflow/segments/audience";
import * as Comlink from "comlink";
import { useSyncExternalStore } from "react";
import { Observable } from "../application/observable.ts";
import { loadDataSet } from "../application/workspace.ts";
import type { LoadSource } from "../engine/loader_service.ts";
import { hour } from "../shop/customer.ts";
import type { ConvertedRows } from "./csv_convert.ts";
import type { CsvPlan } from "./csv_plan.ts";
import type { DataService } from "./data_service.ts";

/** What is being made, read or written. It goes on while other screens are looked at. */
export interface DataTask {
  readonly kind: "make" | "import" | "export";
  readonly phase: "unpack" | "rows" | "messages" | "vocabulary" | "file" | "writing";
  /** From 0 to 1; undefined when nobody knows. */
  readonly share: number | undefined;
  /** Messages so far. */
  readonly lines: number | undefined;
  readonly cancel: () => void;
}

/** What became of the last one. */
export interface DataOutcome {
  readonly kind: DataTask["kind"];
  readonly name: string;
  /** Why it failed; undefined: it is done. */
  readonly failure: string | undefined;
  readonly isCancelled: boolean;
  readonly rows: ConvertedRows | undefined;
  readonly refusedCount: number;
  readonly refused: readonly LineNotice[];
}

export interface DataWork {
  readonly task: DataTask | undefined;
  readonly outcome: DataOutcome | undefined;
}

const work = new Observable<DataWork>({ task: undefined, outcome: undefined });

export function useDataWork(): DataWork {
  return useSyncExternalStore(work.subscribe, work.get);
}

export function forgetOutcome(): void {
  work.set({ ...work.get(), outcome: undefined });
}

type Told = Partial<Omit<DataOutcome, "kind" | "name" | "failure" | "isCancelled">>;
type Tell = (step: Partial<Pick<DataTask, "phase" | "share" | "lines">>) => void;

/** Does one thing at a time, and tells how far it is and what became of it. */
async function run(
  kind: DataTask["kind"],
  name: string,
  phase: DataTask["phase"],
  job: (tell: Tell, signal: AbortSignal) => Promise<Told>,
): Promise<void> {
  if (work.get().task !== undefined) return;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  let task: DataTask = { kind, phase, share: undefined, lines: undefined, cancel };
  work.set({ task, outcome: undefined });
  let isOver = false;
  const tell: Tell = (step) => {
    // What a worker said before it was ended may still come.
    if (isOver) return;
    task = { ...task, ...step };
    work.set({ ...work.get(), task });
  };
  const outcome = { kind, name, isCancelled: false, rows: undefined, refusedCount: 0, refused: [] };
  try {
    const told = await job(tell, controller.signal);
    isOver = true;
    work.set({ task: undefined, outcome: { ...outcome, failure: undefined, ...told } });
  } catch (error) {
    isOver = true;
    const failure = error instanceof Error ? error.message : String(error);
    const isCancelled = controller.signal.aborted;
    work.set({ task: undefined, outcome: { ...outcome, failure, isCancelled } });
  }
}

/** Makes a shop of so many customers in the place of the contacts that are there. */
export function makeShop(contacts: number, seed: number): void {
  const end = Math.floor(Date.now() / hour) * hour;
  const source = { kind: "shop", options: { contacts, seed, end } } as const;
  void run("make", "", "messages", (tell, signal) => load(source, tell, signal));
}

/** Reads messages, or with a plan rows, in the place of the contacts that are there. */
export function importFile(file: File, plan: CsvPlan | undefined): void {
  void run("import", file.name, "messages", async (tell, signal) => {
    let blob: Blob = file;
    if (isPacked(file)) {
      tell({ phase: "unpack" });
      blob = await inWorker(signal, (service) =>
        service.unpack(
          file,
          Comlink.proxy((share) => tell({ share })),
        ),
      );
    }
    let rows: ConvertedRows | undefined;
    if (plan !== undefined) {
      tell({ phase: "rows", share: 0 });
      const { messages, counts, skipped } = await inWorker(signal, (service) =>
        service.convert(
          blob,
          plan,
          Comlink.proxy((share) => tell({ share })),
        ),
      );
      if (counts.messages === 0) throw new NoMessages();
      blob = messages;
      rows = { counts, skipped };
    }
    const told = await load({ kind: "messages", blob, name: file.name }, tell, signal);
    return { ...told, rows };
  });
}

/** No row gave a message: the contacts that are there stay. */
export class NoMessages extends Error {
  override readonly name = "NoMessages";
}

export function isPacked({ name }: File): boolean {
  return /\.gz$/i.test(name);
}

async function load(
  source: LoadSource & { readonly name?: string },
  tell: Tell,
  signal: AbortSignal,
): Promise<Told> {
  return loadDataSet(source, { signal, onStep: tell });
}

/** Writes all messages into a file, which the browser asks for when there are very many. */
export function exportMessages(options: { name: string; bytes: number; isPacked: boolean }): void {
  const name = `${options.name}.ndjson${options.isPacked ? ".gz" : ""}`;
  void run("export", name, "writing", async (tell, signal) => {
    const file = options.bytes > mostDownloadBytes ? await chosenFile(name) : undefined;
    const blob = await inWorker(signal, (service) =>
      service.exportMessages(
        { isPacked: options.isPacked, file },
        Comlink.proxy((share) => tell({ share })),
      ),
    );
    if (blob !== undefined) download(blob, name);
    return {};
  });
}

/** More is written straight into a file, where the browser can. */
const mostDownloadBytes = 256 * 1024 * 1024;

type FilePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

async function chosenFile(name: string): Promise<FileSystemFileHandle | undefined> {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: FilePicker };
  return showSaveFilePicker?.({ suggestedName: name });
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Work in a worker of its own, which the signal ends. */
async function inWorker<Value>(
  signal: AbortSignal,
  job: (service: Comlink.Remote<DataService>) => Promise<Value>,
): Promise<Value> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./data_worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise<Value>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      worker.onerror = ({ message }) => reject(new Error(message || "The worker could not start."));
      job(Comlink.wrap<DataService>(worker)).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
