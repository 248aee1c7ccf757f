import { Core } from "./core.ts";
import type { StudioModule } from "./core_module.ts";

/** An instance of the studio module: the core, and a directory of many contacts. */
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

  directoryStatistics(): string | undefined {
    this.call(() => this.#studio.directoryStatistics());
    return this.response();
  }
}
