interface PageWatcher {
  /** The page may be on its way out: nothing may happen on it after this. */
  readonly onHidden: () => void;
  /** The page is looked at again, the network is back, or the machine has slept. */
  readonly onWake: () => void;
  /** The page is kept for the way back, and is not to hold a lock or a connection meanwhile. */
  readonly onFrozen: () => void;
  readonly onThawed: () => void;
  /** Another tab has changed localStorage. */
  readonly onStorage: (event: StorageEvent) => void;
}

/** Listens to what becomes of the page; the function that it answers ends it. */
export function watchPage(watcher: PageWatcher): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const { onHidden, onWake, onFrozen, onThawed, onStorage } = watcher;
  const onVisibility = () => {
    if (document.visibilityState === "hidden") onHidden();
    else onWake();
  };
  document.addEventListener("visibilitychange", onVisibility, { signal });
  document.addEventListener("resume", onWake, { signal });
  addEventListener("online", onWake, { signal });
  addEventListener("focus", onWake, { signal });
  addEventListener("storage", onStorage, { signal });
  const onPageHide = ({ persisted }: PageTransitionEvent) => {
    onHidden();
    if (persisted) onFrozen();
  };
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) onThawed();
    onWake();
  };
  addEventListener("pagehide", onPageHide, { signal });
  addEventListener("pageshow", onPageShow, { signal });
  return () => ended.abort();
}
