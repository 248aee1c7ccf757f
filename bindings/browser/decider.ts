import type { ParameterOverrides } from "../javascript/definition_types.ts";
import type { Membership } from "../javascript/delta_types.ts";
import type { Engine } from "../javascript/engine.ts";
import { createEngine } from "../javascript/entries/core.ts";
import type { ExplainOptions, Explanation } from "../javascript/explanation_types.ts";
import type { WasmSource } from "../javascript/wasm_source.ts";
import { type Changes, ContactBook } from "./contact_book.ts";
import type { LedStore } from "./led_store.ts";
import type { ContactRecord, DefinitionsRecord, ProfileRecord } from "./store.ts";

/** Where the two cores come from. */
export interface Cores {
  /** The lean one, which decides. */
  contact(): Promise<WasmSource>;
  /** The whole one, which can also say why. */
  whole(): Promise<WasmSource>;
}

/** The engine, with the contacts of this installation and the segments in force. */
export class Decider {
  readonly #cores: Cores;
  readonly #engine: Engine;
  readonly book: ContactBook;
  #definitions: DefinitionsRecord;
  #explainer: Promise<Engine> | undefined;

  private constructor(
    cores: Cores,
    engine: Engine,
    book: ContactBook,
    definitions: DefinitionsRecord,
  ) {
    this.#cores = cores;
    this.#engine = engine;
    this.book = book;
    this.#definitions = definitions;
  }

  /** Opens what the store has, under the segments that decided it. */
  static async open(
    cores: Cores,
    store: LedStore,
    { source, epoch }: ProfileRecord,
    definitions: DefinitionsRecord,
  ): Promise<Decider> {
    const [engine, records] = await Promise.all([
      startEngine(await cores.contact(), definitions, source, epoch),
      store.read((transaction) => transaction.values("contacts")),
    ]);
    const book = new ContactBook(engine, records, (key) =>
      store.read(async (transaction) => ({
        snapshot: await transaction.get("snapshots", key),
        log: await transaction.values("log", { prefix: key }),
      })),
    );
    return new Decider(cores, engine, book, definitions);
  }

  get definitions(): DefinitionsRecord {
    return this.#definitions;
  }

  /** The same contacts in a new epoch: each tells its full membership there. The one before stays as it is. */
  async inNewEpoch(
    { source, epoch }: ProfileRecord,
    now: number,
    changes: Changes,
  ): Promise<Decider> {
    const definitions = this.#definitions;
    const core = await this.#cores.contact();
    const snapshots = new Map<string, Uint8Array>();
    const latest = this.book.records.reduce((most, { clock }) => Math.max(most, clock), 0);
    // Only data can go back in time: a contact that has none of its own yet takes them in at `now`.
    const past = latest > now ? await startEngine(core, definitions, source, "past") : undefined;
    for (const { key, ids } of this.book.records) {
      const id = ids[0] as string;
      let bytes = await this.book.snapshotOf(id);
      if (past !== undefined && bytes !== undefined) {
        const contact = past.contact(id);
        contact.merge(bytes, { now });
        bytes = contact.snapshot();
        contact.dispose();
      }
      if (bytes !== undefined) snapshots.set(key, bytes);
    }
    past?.dispose();
    const engine = await startEngine(core, definitions, source, epoch);
    const records: ContactRecord[] = [...this.book.records];
    const book = new ContactBook(engine, records, async (key) => ({
      snapshot: snapshots.get(key),
      log: [],
    }));
    await book.redecide(now, changes);
    return new Decider(this.#cores, engine, book, definitions);
  }

  /**
   * Puts other segments in force; what they change is in `changes`.
   *
   * @throws SegmentError `definitions_refused`; those before stay.
   */
  async define(definitions: DefinitionsRecord, now: number, changes: Changes): Promise<void> {
    await this.book.openAll();
    this.#engine.define(definitions.text, { parameters: definitions.parameters ?? {} });
    this.#forgetExplainer();
    this.#definitions = definitions;
    await this.book.redecide(now, changes);
  }

  /** The same segments, known to be current. */
  confirm(definitions: DefinitionsRecord): void {
    this.#definitions = definitions;
  }

  segments(): string[] {
    return this.#engine.segments().map(({ id }) => id);
  }

  memberships(contact: string): Promise<readonly Membership[]> {
    return this.book.memberships(contact);
  }

  /**
   * @param options `at`: now, unless they say otherwise
   * @throws SegmentError as `contact.explain`
   */
  async explain(contact: string, segment: string, options: ExplainOptions): Promise<Explanation> {
    const bytes = await this.book.snapshotOf(contact);
    this.#explainer ??= this.#startExplainer();
    const engine = await this.#explainer;
    const id = this.book.recordOf(contact)?.ids[0] ?? contact;
    const opened = engine.contact(id, bytes);
    try {
      const now = Date.now();
      opened.advanceTo(now);
      return opened.explain(segment, { at: now, ...options });
    } finally {
      opened.dispose();
    }
  }

  close(): void {
    this.#forgetExplainer();
    this.#engine.dispose();
  }

  async #startExplainer(): Promise<Engine> {
    try {
      return await startEngine(await this.#cores.whole(), this.#definitions, "explain", "0");
    } catch (error) {
      this.#explainer = undefined;
      throw error;
    }
  }

  #forgetExplainer(): void {
    this.#explainer?.then(
      (engine) => engine.dispose(),
      () => {},
    );
    this.#explainer = undefined;
  }
}

function startEngine(
  wasm: WasmSource,
  { text, parameters }: { text: string; parameters: ParameterOverrides | null },
  source: string,
  epoch: string,
): Promise<Engine> {
  return createEngine({
    ...{ wasm, segments: text, source, epoch },
    ...(parameters === null ? {} : { parameters }),
  });
}
