export type WorldEvent = "online" | "offline" | "visible";

/** What a tab is told about the network and about being looked at. */
export type World = {
  /** What the browser believes. It is wrong behind some adapters, and for servers on the same machine. */
  isOnline(): boolean;
  subscribe(listener: (event: WorldEvent) => void): () => void;
};

/** The browser's own signs. Nothing is touched before someone subscribes, so it may be made on a server. */
export const browserWorld: World = {
  isOnline: () => typeof navigator === "undefined" || navigator.onLine !== false,

  subscribe(listener) {
    const left = new AbortController();
    const listen = (target: EventTarget, name: string, tell: (event: Event) => void) =>
      target.addEventListener(name, tell, { signal: left.signal });

    listen(window, "online", () => listener("online"));
    listen(window, "offline", () => listener("offline"));
    listen(document, "visibilitychange", () => {
      if (document.visibilityState === "visible") listener("visible");
    });
    // A page that comes back whole from the browser's cache was frozen: its timers and sockets are old.
    listen(window, "pageshow", (event) => {
      if ((event as PageTransitionEvent).persisted) listener("visible");
    });
    return () => left.abort();
  },
};
