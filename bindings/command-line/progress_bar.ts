import type { Terminal } from "./terminal.ts";

const patience = 1000;
const drawnEvery = 100;
const width = 30;

/** Shows how much of the input is read, to a person, once it takes more than a second. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #label: string;
  /** Bytes; undefined for a stream of unknown length. */
  readonly #total: number | undefined;
  readonly #startedAt = performance.now();
  #drawnAt = 0;
  #done = 0;

  constructor(terminal: Terminal, label: string, total: number | undefined) {
    this.#terminal = terminal;
    this.#label = label;
    this.#total = total;
  }

  advance(bytes: number): void {
    this.#done += bytes;
    if (!this.#terminal.isWatched) return;
    const now = performance.now();
    if (now - this.#startedAt < patience || now - this.#drawnAt < drawnEvery) return;
    this.#drawnAt = now;
    this.#terminal.drawProgress(this.#text());
  }

  finish(): void {
    this.#terminal.eraseProgress();
  }

  #text(): string {
    const megabytes = `${(this.#done / 1_000_000).toFixed(1)} MB`;
    if (this.#total === undefined) return `${this.#label}  ${megabytes}`;
    const share = Math.min(1, this.#done / Math.max(1, this.#total));
    const filled = Math.round(share * width);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    return `${this.#label}  ${bar} ${Math.floor(share * 100)} %  ${megabytes}`;
  }
}
