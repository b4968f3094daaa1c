import { newId } from "#lib/protocol/ids";
import { joinCrowd } from "./crowd.ts";
import type { World } from "./world.ts";

/** The browser's own signs. Nothing is touched before someone subscribes, so it may be named on a server. */
export const browserWorld: World = {
  isOnline: () => typeof navigator === "undefined" || navigator.onLine !== false,

  isVisible: () => typeof document === "undefined" || document.visibilityState !== "hidden",

  subscribe(listener) {
    const left = new AbortController();
    const crowd = joinBrowserCrowd(() => listener("crowded"));
    const listen = (target: EventTarget, name: string, tell: (event: Event) => void) =>
      target.addEventListener(name, tell, { signal: left.signal });
    const seen = () => {
      crowd?.seen();
      listener("visible");
    };
    const hidden = () => {
      crowd?.hidden();
      listener("hidden");
    };

    listen(window, "online", () => listener("online"));
    listen(window, "offline", () => listener("offline"));
    listen(document, "visibilitychange", () => (browserWorld.isVisible() ? seen() : hidden()));
    // A page that comes back whole from the browser's cache was frozen: its timers and sockets are old.
    listen(window, "pageshow", (event) => {
      if ((event as PageTransitionEvent).persisted) seen();
    });
    listen(window, "pagehide", () => crowd?.left());
    return () => {
      left.abort();
      crowd?.leave();
    };
  },
};

const isHidden = () => !browserWorld.isVisible();

/** Over HTTP/2 and later a browser's tabs share one connection, and there is room for all their lines. */
function joinBrowserCrowd(onCrowded: () => void) {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (typeof BroadcastChannel === "undefined" || /^h[23]/.test(page?.nextHopProtocol ?? "")) return undefined;
  return joinCrowd(new BroadcastChannel("rejoin.crowd"), { tab: newId(), isHidden, onCrowded });
}
