import type { TrackerSetup } from "./protocol.ts";
import { segmentsOf } from "./segments_source.ts";
import type { DefinitionsRecord } from "./store.ts";

/** Looks for the segments that should be in force, beside the work of a leader. */
export class SegmentsWatch {
  readonly #onLooked: () => void;
  #setup: TrackerSetup;
  #isLooking = false;
  #isAskedFor = true;
  #found: DefinitionsRecord | undefined;
  /** An address that did not answer is left in peace until then. */
  #notBefore = 0;

  /** @param onLooked told when something was found, or not */
  constructor(setup: TrackerSetup, onLooked: () => void) {
    this.#setup = setup;
    this.#onLooked = onLooked;
  }

  get setup(): TrackerSetup {
    return this.#setup;
  }

  /** A page has come: the youngest knows best which segments are in force. */
  heard(setup: TrackerSetup): void {
    if (setup.openedAt <= this.#setup.openedAt) return;
    if (setup.segmentsKey === this.#setup.segmentsKey) return;
    this.#setup = setup;
    this.#isAskedFor = true;
  }

  /** When it is to look again, with these in force; infinite: there is nothing to look for. */
  dueAt({ key, openedAt, checkedAt }: DefinitionsRecord, now: number): number {
    const { segments, segmentsKey, refreshEvery } = this.#setup;
    const isOther = key !== segmentsKey;
    if (this.#isLooking || (isOther && openedAt > this.#setup.openedAt)) return Infinity;
    if (!isOther && "text" in segments) return Infinity;
    // An address is asked whenever a leader begins; so are segments that are of another clock.
    const isDue = isOther || this.#isAskedFor || checkedAt > now;
    return Math.max(isDue ? now : checkedAt + refreshEvery, this.#notBefore);
  }

  look(inForce: DefinitionsRecord, now: number): void {
    this.#isLooking = true;
    this.#isAskedFor = false;
    this.#notBefore = now + Math.min(this.#setup.refreshEvery, longestRetry);
    segmentsOf(this.#setup, inForce, now)
      .then(
        (found) => {
          this.#found = found;
        },
        () => {
          // Those in force stay; it is asked again in a while.
        },
      )
      .finally(() => {
        this.#isLooking = false;
        this.#onLooked();
      });
  }

  /** What was found and is to be put in force, once. */
  take(): DefinitionsRecord | undefined {
    const found = this.#found;
    this.#found = undefined;
    return found;
  }
}

/** An address that does not answer is asked again after so many milliseconds at the latest. */
const longestRetry = 60_000;
