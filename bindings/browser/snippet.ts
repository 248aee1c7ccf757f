import { pageProperties } from "./messages.ts";
import type { Tracker } from "./tracker.ts";

/** What analytics.js takes in the place of any argument but the first. */
type Argument = unknown;

/** The object that snippets of analytics.js's kind leave on the page: an array of calls, until somebody takes it over. */
export interface AnalyticsQueue {
  [method: string]: unknown;
}

interface AnalyticsHost {
  analytics?: unknown;
}

/**
 * Takes `window.analytics` over: calls that a snippet has queued, and all that follow, go to the tracker. Its methods are those
 * of analytics.js: `track`, `identify`, `page`, `alias`, `reset`, `ready`, `user`, `setAnonymousId`; what the tracker has no word
 * for (`group`, `screen`, plugins) does nothing.
 *
 * @example
 * adoptAnalytics(createTracker({ segments, endpoint, token, consent: true }));
 *
 * @param host where `analytics` is (default: the window)
 */
export function adoptAnalytics(
  tracker: Tracker,
  host: AnalyticsHost = window as unknown as AnalyticsHost,
): AnalyticsQueue {
  const methods = methodsOf(tracker);
  const queued: unknown = host.analytics;
  const analytics: AnalyticsQueue = { ...silentMethods(queued), ...methods, initialized: true };
  const call = (entry: unknown) => {
    if (!Array.isArray(entry)) return;
    const [name, ...given] = entry as [unknown, ...Argument[]];
    const method = analytics[String(name)];
    if (typeof method === "function") method(...given);
  };
  analytics["push"] = (...entries: unknown[]) => entries.forEach(call);
  host.analytics = analytics;
  if (Array.isArray(queued)) queued.forEach(call);
  return analytics;
}

/** Whatever the snippet has methods for may be called on. */
function silentMethods(queued: unknown): AnalyticsQueue {
  const names = (queued as { methods?: unknown } | undefined)?.methods;
  if (!Array.isArray(names)) return {};
  return Object.fromEntries(names.map((name) => [String(name), () => undefined]));
}

function methodsOf(tracker: Tracker): AnalyticsQueue {
  return {
    track(event: string, ...rest: Argument[]) {
      const { objects, callback } = sorted(rest);
      const [properties, options] = objects;
      return then(tracker.track(event, properties, options), callback);
    },
    page(...given: Argument[]) {
      // (category, name, properties, options, callback), each of which may be left out from the left.
      const { texts, objects, callback } = sorted(given);
      const [first, second] = texts;
      const [properties, options] = objects;
      const name = second ?? first;
      const category = second === undefined ? {} : { category: first };
      return then(
        tracker.page(name, { ...pageProperties(), ...category, ...properties }, options),
        callback,
      );
    },
    identify(...given: Argument[]) {
      const { texts, objects, callback } = sorted(given);
      const [traits, options] = objects;
      return then(tracker.identify(texts[0] ?? null, traits, options), callback);
    },
    alias(userId: string, ...rest: Argument[]) {
      const { texts, objects, callback } = sorted(rest);
      return then(tracker.alias(userId, texts[0], objects[0]), callback);
    },
    reset: () => tracker.reset(),
    setAnonymousId: (id: string) => tracker.setAnonymousId(id),
    ready(callback?: () => void) {
      return then(tracker.ready, callback);
    },
    user: () => ({ id: () => tracker.userId, anonymousId: () => tracker.anonymousId }),
  };
}

interface Sorted {
  readonly texts: readonly string[];
  readonly objects: readonly Record<string, unknown>[];
  readonly callback: (() => void) | undefined;
}

/** analytics.js tells its arguments apart by their types. Numbers are ids, too. */
function sorted(given: readonly Argument[]): Sorted {
  const isText = (value: unknown) => typeof value === "string" || typeof value === "number";
  return {
    texts: given.filter(isText).map(String),
    objects: given.flatMap((value) =>
      typeof value === "object" && value !== null ? [value as Record<string, unknown>] : [],
    ),
    callback: given.find((value) => typeof value === "function") as (() => void) | undefined,
  };
}

async function then(promise: Promise<void>, callback: (() => void) | undefined): Promise<void> {
  await promise;
  callback?.();
}
