import type { SegmentDefinition } from "@fosterflow/segments";
import type {
  Degradation,
  Delta,
  Membership,
  Pending,
  Refusal,
  Tracker,
  TrackerOptions,
} from "@fosterflow/segments/browser";

/** What playwright's and puppeteer's pages have in common. */
export interface BrowserPage {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  close(): Promise<void>;
  evaluate(expression: string): Promise<unknown>;
}

/** Runs a function in the page, as text: the drivers would make a function of it here, which the tests forbid. */
export async function inPage<Argument, Result>(
  page: BrowserPage,
  work: (argument: Argument) => Result | Promise<Result>,
  argument: Argument,
): Promise<Result> {
  return (await page.evaluate(`(${work})(${JSON.stringify(argument)})`)) as Result;
}

/** What the page has for tests. */
export interface PageGlobals {
  browserPackage: typeof import("@fosterflow/segments/browser");
  tracker: Tracker;
  moveClock(offset: number): void;
  told: {
    deltas: Delta[];
    refused: Refusal[];
    degraded: Degradation[];
    memberships: (readonly Membership[])[];
  };
}

export interface TabOptions {
  readonly segments: readonly SegmentDefinition[] | string;
  readonly options?: Partial<TrackerOptions>;
  readonly collects?: boolean;
}

/** A page that tracks, and what tests ask of it. */
export class Tab {
  readonly page: BrowserPage;
  readonly #address: string;
  readonly #given: TabOptions;

  constructor(page: BrowserPage, origin: string, given: TabOptions) {
    this.page = page;
    this.#address = `${origin}/`;
    this.#given = given;
  }

  /** Runs a function in the page. */
  run<Argument, Result>(
    work: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return inPage(this.page, work, argument);
  }

  async open(): Promise<this> {
    await this.page.goto(this.#address);
    await this.#create();
    return this;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#create();
  }

  /** Each is kept when this is fulfilled. */
  track(
    events: readonly {
      event: string;
      messageId: string;
      timestamp: number;
      [key: string]: unknown;
    }[],
  ) {
    return this.run(async (given) => {
      const { tracker } = globalThis as unknown as PageGlobals;
      await Promise.all(
        given.map(({ event, messageId, timestamp, ...properties }) =>
          tracker.track(event, properties, { messageId, timestamp }),
        ),
      );
    }, events);
  }

  identify(userId: string | null, traits: Record<string, unknown> = {}): Promise<void> {
    return this.run(
      ([user, given]) => (globalThis as unknown as PageGlobals).tracker.identify(user, given),
      [userId, traits] as const,
    );
  }

  async memberships(): Promise<readonly Membership[]> {
    return this.run(async () => {
      const { tracker } = globalThis as unknown as PageGlobals;
      await tracker.ready;
      return tracker.memberships();
    }, null);
  }

  pending(): Promise<Pending> {
    return this.run(() => (globalThis as unknown as PageGlobals).tracker.pending(), null);
  }

  flush(): Promise<Pending> {
    return this.run(() => (globalThis as unknown as PageGlobals).tracker.flush(), null);
  }

  told(): Promise<PageGlobals["told"]> {
    return this.run(() => (globalThis as unknown as PageGlobals).told, null);
  }

  contact(): Promise<string> {
    return this.run(() => {
      const { tracker } = globalThis as unknown as PageGlobals;
      return tracker.userId ?? tracker.anonymousId ?? "";
    }, null);
  }

  /** Waits until everything that is due has been delivered. */
  async settled(longest = 120_000): Promise<void> {
    const end = Date.now() + longest;
    for (;;) {
      const { queued, messages, parked } = await this.flush();
      if (queued === 0 && messages === 0) return;
      if (parked > 0)
        await this.run(() => (globalThis as unknown as PageGlobals).tracker.retryParked(), null);
      if (Date.now() > end) throw new Error(`${queued} deltas and ${messages} messages still wait`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  #create(): Promise<void> {
    const { segments, options, collects = false } = this.#given;
    return this.run(
      async ([segments, options, collects]) => {
        const globals = globalThis as unknown as PageGlobals;
        while (globals.browserPackage === undefined) {
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        const { origin } = location;
        const collect = { endpoint: `${origin}/collect`, writeKey: "key" };
        const tracker = globals.browserPackage.createTracker({
          ...{ segments, endpoint: `${origin}/backend`, token: "good", consent: true },
          ...(collects ? { collect } : {}),
          ...options,
        } as TrackerOptions);
        globals.tracker = tracker;
        globals.told = { deltas: [], refused: [], degraded: [], memberships: [] };
        for (const name of ["entered", "exited"] as const) {
          tracker.on(name, (delta) => globals.told.deltas.push(delta));
        }
        tracker.on("refused", (refusal) => globals.told.refused.push(refusal));
        tracker.on("degraded", (degradation) => globals.told.degraded.push(degradation));
        tracker.on("memberships", (memberships) => globals.told.memberships.push(memberships));
      },
      [segments, options ?? {}, collects] as const,
    );
  }
}
