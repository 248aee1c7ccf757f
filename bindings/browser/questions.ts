import type { LeaderPort } from "./protocol.ts";

/** What only the page that started the leader can answer: it has the functions and the rest of the package. */
export class Questions {
  readonly #port: LeaderPort;
  readonly #waiting = new Map<
    number,
    { resolve(value: unknown): void; reject(error: Error): void }
  >();
  #asked = 0;

  constructor(port: LeaderPort) {
    this.#port = port;
  }

  /** The header `Authorization`; `isRefused`: the last one was not taken. Rejects as the page's function did. */
  async authorization(isRefused: boolean): Promise<string> {
    return String(await this.#ask(isRefused ? "renewed token" : "token"));
  }

  /** The whole core's bytes, from inside the package. */
  async core(): Promise<Uint8Array> {
    return (await this.#ask("core")) as Uint8Array;
  }

  answered(ask: number, value: unknown, error: string | undefined): void {
    const waiting = this.#waiting.get(ask);
    this.#waiting.delete(ask);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }

  #ask(what: "token" | "renewed token" | "core"): Promise<unknown> {
    this.#asked += 1;
    const ask = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, { resolve, reject });
      this.#port.tellOwn({ type: "ask", ask, what });
    });
  }
}
