import { uuidV7 } from "../javascript/uuid_v7.ts";
import { only, type ProfileRecord, type StoreTransaction, type TrackerStore } from "./store.ts";

/** Another leader writes now; this one must stop. Nothing of the transaction is written. */
export class SupersededError extends Error {
  override readonly name = "SupersededError";
}

/**
 * A store that only the leader writes: every transaction looks first whose mark is there, so that one that was asleep
 * while another took its place cannot write any more.
 */
export class LedStore {
  readonly #leader: string;
  #store: TrackerStore;

  constructor(store: TrackerStore, leader: string) {
    this.#store = store;
    this.#leader = leader;
  }

  get isDurable(): boolean {
    return this.#store.isDurable;
  }

  /** Goes on in another store, which has all that this one had. */
  async moveTo<Store extends TrackerStore & { copy(other: TrackerStore): Promise<void> }>(
    store: Store,
  ): Promise<void> {
    await store.copy(this.#store);
    this.#store.close();
    this.#store = store;
  }

  read<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    return this.#store.read(work);
  }

  /** Rejects with a `SupersededError` when there is another leader. */
  write<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    return this.#store.write(async (transaction) => {
      const profile = await transaction.get("profile", only);
      if (profile !== undefined && profile.leader !== this.#leader) {
        throw new SupersededError("Another page leads now.");
      }
      return work(transaction);
    });
  }

  /** Puts the leader's mark, whoever led before. A store that is new begins an epoch. */
  takeOver({
    source,
    isReturning,
  }: {
    source: string;
    isReturning: boolean;
  }): Promise<ProfileRecord> {
    return this.#store.write(async (transaction) => {
      const profile: ProfileRecord = {
        ...{ source, epoch: uuidV7(), epochSince: Date.now(), opensContacts: isReturning },
        ...(await transaction.get("profile", only)),
        leader: this.#leader,
      };
      transaction.put("profile", only, profile);
      return profile;
    });
  }

  close(): void {
    this.#store.close();
  }
}
