/** The bearer token of a page: got when it is first needed, and again when it was refused. */
export class Bearer {
  readonly #source: () => string | Promise<string>;
  #token: Promise<string> | undefined;
  #last: string | undefined;

  constructor(token: string | (() => string | Promise<string>) = "") {
    this.#source = typeof token === "function" ? token : () => token;
  }

  /** The last header `Authorization`, for a page that cannot wait for another. */
  get last(): string | undefined {
    return this.#last;
  }

  /** Gets the token before it is needed; whoever needs it is told when that fails. */
  prepare(): void {
    if (this.#last === undefined) this.authorization(false).catch(() => {});
  }

  /** The header `Authorization`. Rejects as the source does, which is asked again then. */
  async authorization(isRefused: boolean): Promise<string> {
    if (isRefused) this.#token = undefined;
    this.#token ??= Promise.resolve().then(this.#source);
    try {
      this.#last = `Bearer ${await this.#token}`;
    } catch (error) {
      this.#token = undefined;
      throw error;
    }
    return this.#last;
  }
}
