import { Core } from "./core.ts";
import type { StudioModule } from "./core_module.ts";

/** What `author` can be asked for: the values of AuthoringTask in bindings/wasm/bridge.h. */
const authoringTasks = {
  describe: 0,
  templates: 1,
  instantiate: 2,
  personaArguments: 3,
  personas: 4,
  normalForm: 5,
  lint: 6,
  diff: 7,
  fromQuery: 8,
  toQuery: 9,
} as const;

export type AuthoringTask = keyof typeof authoringTasks;

/** An instance of the studio module: the core, a directory of many contacts, and what helps to write rules. */
export class StudioCore extends Core {
  readonly #studio: StudioModule;

  constructor(module: StudioModule) {
    super(module);
    this.#studio = module;
  }

  /** How many distinct texts the core holds: a leak counter for tests. */
  textCount(): number {
    return this.#studio.textCount();
  }

  openDirectory(live: boolean): void {
    this.call(() => this.#studio.openDirectory(live ? 1 : 0));
  }

  closeDirectory(): void {
    this.call(() => this.#studio.closeDirectory());
  }

  ingest(length: number): void {
    this.call(() => this.#studio.ingest(length));
  }

  limitUntil(until: number): void {
    this.call(() => this.#studio.limitUntil(until));
  }

  finish(): void {
    this.call(() => this.#studio.finish());
  }

  evaluate(at: number, withMembers: boolean): string | undefined {
    this.call(() => this.#studio.evaluate(at, withMembers ? 1 : 0));
    return this.response();
  }

  /** Undefined when no contact has the id. `at`: epoch milliseconds. */
  explainInDirectory(id: string, segmentIndex: number, at: number): string | undefined {
    const length = this.writeText(id);
    this.call(() => this.#studio.explainInDirectory(length, segmentIndex, at));
    return this.response();
  }

  /** Helps to write rules; answers the response as JSON, and whether what was given is refused. */
  author(
    task: AuthoringTask,
    subject: string | Uint8Array,
    options: string,
  ): { isRefused: boolean; response: string } {
    const [subjectLength, optionsLength] =
      typeof subject === "string"
        ? this.writeTexts(subject, options)
        : this.writeBytesAndText(subject, options);
    const status = this.call(() =>
      this.#studio.author(authoringTasks[task], subjectLength, optionsLength),
    );
    return { isRefused: status !== 0, response: this.response() ?? "null" };
  }

  /** The queries of the segments in force, or of one (-1: all), as JSON; `at` NaN: at the database's clock. */
  sql(dialect: number, at: number, segmentIndex: number): string {
    this.call(() => this.#studio.sql(dialect, at, segmentIndex));
    return this.response() ?? "{}";
  }

  /** Rows for the tables that queries read, of contacts from a place on, as JSON. */
  tableRows(first: number): string {
    this.call(() => this.#studio.tableRows(first));
    return this.response() ?? '{"next":null,"contacts":[]}';
  }

  directoryStatistics(): string | undefined {
    this.call(() => this.#studio.directoryStatistics());
    return this.response();
  }
}
