import type { SegmentDefinition } from "@fosterflow/segments";
import type {
  Degradation,
  Delta,
  Membership,
  Pending,
  Refusal,
  Tracker,
} from "@fosterflow/segments/browser";
import { useEffect, useMemo, useState } from "react";
import { useWorkspace } from "../application/workspace.ts";
import { type Backend, localBackend, publishSegments } from "./backend.ts";
import { onDecided } from "./shop_messages.ts";
import { worldNow } from "./world_store.ts";

/** A change as it was told, and how far it has come. */
export interface ToldDelta {
  readonly delta: Delta;
  readonly isDelivered: boolean;
}

/** The visitor of the shop, as the tracker knows them. */
export interface LiveVisitor {
  readonly tracker: Tracker | undefined;
  /** Undefined until it is known whether one runs here; null: none does. */
  readonly backend: Backend | null | undefined;
  readonly contact: string | undefined;
  readonly memberships: readonly Membership[];
  /** The next instant at which time alone changes each segment, where there is one. */
  readonly changes: Readonly<Record<string, number>>;
  /** The newest first. */
  readonly told: readonly ToldDelta[];
  readonly pending: Pending | undefined;
  readonly refusals: readonly Refusal[];
  readonly degradations: readonly Degradation[];
  /** Why the edge worker does not decide by the same segments. */
  readonly unpublished: string | undefined;
}

const mostTold = 50;
const nobody: Omit<LiveVisitor, "tracker" | "backend" | "unpublished"> = {
  contact: undefined,
  memberships: [],
  changes: {},
  told: [],
  pending: undefined,
  refusals: [],
  degradations: [],
};

/** The tracker of this browser, with the segments in force; every tab has the same visitor. */
export function useLiveVisitor(): LiveVisitor {
  const { segments } = useWorkspace();
  const definitions = useMemo(() => segments.map(({ definition }) => definition), [segments]);
  const [backend, setBackend] = useState<Backend | null>();
  const [unpublished, setUnpublished] = useState<string>();
  const [tracker, setTracker] = useState<Tracker>();
  const [state, setState] = useState(nobody);

  useEffect(() => {
    void localBackend().then((found) => setBackend(found ?? null));
  }, []);

  useEffect(() => {
    if (backend === undefined || backend === null) return;
    let isCurrent = true;
    void publishSegments(backend, definitions).then(
      (refused) => isCurrent && setUnpublished(refused),
      (error: unknown) => isCurrent && setUnpublished(String(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [backend, definitions]);

  useEffect(() => {
    if (backend === undefined) return;
    let isCurrent = true;
    let made: Tracker | undefined;
    let stop = () => {};
    const begin = async () => {
      const begun = await startTracker(definitions, backend);
      if (!isCurrent) {
        begun.dispose();
        return;
      }
      made = begun;
      setTracker(begun);
      const ids = definitions.map(({ id }) => id);
      stop = watch(begun, ids, (change) => isCurrent && setState(change));
    };
    void begin();
    return () => {
      isCurrent = false;
      stop();
      made?.dispose();
      setTracker(undefined);
    };
  }, [backend, definitions]);

  return { tracker, backend, unpublished, ...state };
}

async function startTracker(
  definitions: readonly SegmentDefinition[],
  backend: Backend | null,
): Promise<Tracker> {
  const { createTracker } = await import("@fosterflow/segments/browser");
  const { origin } = window.location;
  return createTracker({
    name: "shop",
    segments: definitions,
    consent: true,
    worker: () =>
      new Worker(new URL("./tracker_worker.ts", import.meta.url), {
        type: "module",
        name: "fosterflow-segments",
      }),
    ...(backend !== null && {
      endpoint: `${origin}/backend`,
      token: backend.pageKey,
      collect: { endpoint: origin, writeKey: backend.writeKey },
    }),
  });
}

type State = typeof nobody;

/** Keeps the state in step with what the tracker tells; the function that it answers ends what is left of it. */
function watch(
  tracker: Tracker,
  segments: readonly string[],
  change: (update: (before: State) => State) => void,
): () => void {
  const setPart = (part: Partial<State>) => change((before) => ({ ...before, ...part }));
  const delivered = new Map<string, number>();
  const isDelivered = ({ contact, sequence }: Delta) => sequence <= (delivered.get(contact) ?? 0);

  let isStopped = false;
  // What was asked before the end is answered by an error.
  const look = (ask: () => Promise<void>) =>
    void ask().catch((error: unknown) => {
      if (!isStopped) throw error;
    });

  const lookAtPending = async () => setPart({ pending: await tracker.pending() });
  const lookAtChanges = async () => {
    setPart({
      contact: tracker.userId ?? tracker.anonymousId ?? undefined,
      memberships: tracker.memberships(),
      changes: await changesOf(tracker, segments),
    });
  };
  const hear = (delta: Delta) => {
    change((before) => {
      const others = before.told.filter((one) => one.delta.id !== delta.id);
      const told = [{ delta, isDelivered: isDelivered(delta) }, ...others].slice(0, mostTold);
      return { ...before, told };
    });
    look(lookAtChanges);
  };
  tracker.on("entered", hear);
  tracker.on("exited", hear);
  tracker.on("memberships", (memberships) => {
    setPart({ memberships });
    look(lookAtChanges);
  });
  tracker.on("pending", () => look(lookAtPending));
  tracker.on("delivered", ({ contact, acknowledged }) => {
    delivered.set(contact, acknowledged);
    change((before) => ({
      ...before,
      told: before.told.map((one) => ({ ...one, isDelivered: isDelivered(one.delta) })),
    }));
  });
  tracker.on("refused", (refusal) =>
    change((before) => ({ ...before, refusals: [refusal, ...before.refusals].slice(0, mostTold) })),
  );
  tracker.on("degraded", (degradation) =>
    change((before) => ({ ...before, degradations: [...before.degradations, degradation] })),
  );
  void tracker.ready.then(() => {
    look(lookAtChanges);
    look(lookAtPending);
  });
  const stopListening = onDecided(() => look(lookAtChanges));
  return () => {
    isStopped = true;
    stopListening();
  };
}

/** When time alone changes each segment. */
async function changesOf(
  tracker: Tracker,
  segments: readonly string[],
): Promise<Record<string, number>> {
  const changes: Record<string, number> = {};
  for (const segment of segments) {
    const { changesAt } = await tracker.explain(segment, { at: worldNow() });
    if (changesAt !== null) changes[segment] = changesAt;
  }
  return changes;
}
