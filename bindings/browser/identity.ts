import { uuidV7 } from "../javascript/uuid_v7.ts";
import type { LocalText } from "./local_text.ts";

interface StoredIdentity {
  readonly installation: string;
  readonly anonymousId: string;
  readonly userId: string | null;
}

const key = "identity";

/** Who is here, as analytics.js has it: an anonymous id, and a user's once that is known. One for all tabs. */
export class Identity {
  readonly #texts: LocalText;
  #stored: StoredIdentity;
  /** Whether it was there before this page. */
  readonly isReturning: boolean;

  constructor(texts: LocalText) {
    this.#texts = texts;
    const known = readIdentity(texts);
    this.isReturning = known !== undefined;
    this.#stored = known ?? { installation: uuidV7(), anonymousId: uuidV7(), userId: null };
    if (known === undefined) this.#save();
  }

  /** The installation, as the source of deltas. */
  get source(): string {
    return `web:${this.#stored.installation}`;
  }

  get anonymousId(): string {
    return this.#stored.anonymousId;
  }

  get userId(): string | null {
    return this.#stored.userId;
  }

  /** The id that messages are of. */
  get contact(): string {
    return this.#stored.userId ?? this.#stored.anonymousId;
  }

  /**
   * This user is here.
   *
   * @returns the anonymous id that is the user's from now on; null when it is not: somebody else was here before, whose
   * anonymous id is not the user's
   */
  identify(userId: string): string | null {
    const { userId: before, anonymousId } = this.#stored;
    if (before === userId) return null;
    const isOther = before !== null;
    this.#change({ userId, ...(isOther ? { anonymousId: uuidV7() } : {}) });
    return isOther ? null : anonymousId;
  }

  setAnonymousId(anonymousId: string): void {
    this.#change({ anonymousId });
  }

  /** Nobody is known to be here. */
  reset(): void {
    this.#change({ userId: null, anonymousId: uuidV7() });
  }

  /** Another tab may have changed it. */
  reload(): void {
    this.#stored = readIdentity(this.#texts) ?? this.#stored;
  }

  #change(change: Partial<StoredIdentity>): void {
    this.#stored = { ...this.#stored, ...change };
    this.#save();
  }

  #save(): void {
    this.#texts.set(key, JSON.stringify(this.#stored));
  }
}

function readIdentity(texts: LocalText): StoredIdentity | undefined {
  try {
    const { installation, anonymousId, userId } = JSON.parse(texts.get(key) ?? "{}");
    const isWhole = isId(installation) && isId(anonymousId) && (userId === null || isId(userId));
    return isWhole ? { installation, anonymousId, userId } : undefined;
  } catch {
    return undefined;
  }
}

function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
